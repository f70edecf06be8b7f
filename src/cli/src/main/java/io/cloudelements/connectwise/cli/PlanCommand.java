package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.config.OperatorConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    description = {
      "Checks manifests without a cluster and without a call, in the API server's words, and shows"
          + " the request that would be sent, secrets masked.",
      "Secrets in the same files are used; of others it says what they must have. The operator's"
          + " settings are read from the same environment variables.",
      "Exit code: 0 all accepted, 1 something refused, 2 a file or the command line is wrong."
    })
final class PlanCommand implements Callable<Integer> {
  private final OperatorServices parts;
  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "YAML or JSON files, folders of them, or - for standard input")
  private List<String> files = List.of();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "of manifests that name none; default: ${DEFAULT-VALUE}")
  private String namespace = "default";

  @Option(
      names = "--cluster-name",
      paramLabel = "NAME",
      description = "part of the ownership tag; default: $CLUSTER_NAME")
  private Optional<String> clusterName = Optional.empty();

  @Mixin private final OutputOption output = new OutputOption(Output.TABLE);

  PlanCommand(OperatorServices parts, Terminal terminal) {
    this.parts = parts;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    OperatorConfig config = parts.config();
    Optional<String> cluster = clusterName.or(config::clusterName);
    ManifestCheck planner =
        new ManifestCheck(
            parts.reconcileSettings(config, cluster.orElse("")), cluster.isPresent(), namespace);
    List<Manifest> manifests = new ArrayList<>();
    files.forEach(file -> manifests.addAll(Manifest.read(file, terminal.in())));
    List<CheckedManifest> planned = planner.plan(manifests);
    if (planned.isEmpty()) {
      throw CommandFailure.usage(
          "No ConnectWiseInstance and no CloudElementsAccount is in " + String.join(", ", files));
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    planned.forEach(each -> data.withArray("resources").add(each.data()));
    terminal
        .out()
        .print(
            output
                .form()
                .render(
                    data,
                    () ->
                        planned.stream().map(CheckedManifest::text).collect(Collectors.joining())));
    return planned.stream().anyMatch(CheckedManifest::isRefused)
        ? CommandLineTool.FAILED
        : ExitCode.OK;
  }
}
