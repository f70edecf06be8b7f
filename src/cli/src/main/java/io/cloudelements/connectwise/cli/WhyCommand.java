package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.GoDuration;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.why.AdmissionView;
import io.cloudelements.connectwise.why.Chain;
import io.cloudelements.connectwise.why.WhyFacts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "why",
    description = {
      "Says why a ConnectWiseInstance is not ready: a chain from its account to what uses its"
          + " token, and one cause with the command that mends it. It reads the cluster with your"
          + " rights, and says what you may not see.",
      "Exit code: 0 ready, 1 there is no such resource, it may not be read, or the cluster does not"
          + " answer, 2 the command line is wrong, 3 not ready."
    })
final class WhyCommand implements Callable<Integer> {
  /** A change that was made just before the command may not have been noticed yet. */
  private static final Duration UNTIL_STALLED_COUNTS = Duration.ofSeconds(10);

  private final OperatorServices parts;
  private final Terminal terminal;

  @Parameters(paramLabel = "NAME", description = "of the ConnectWiseInstance")
  private String name = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "of the resource; default: the one of the context")
  private Optional<String> namespace = Optional.empty();

  @Option(
      names = {"-w", "--watch"},
      description =
          "print it again with every change until the resource is ready; it ends with exit code 3"
              + " when the resource has been Stalled for 10 s, or after --timeout")
  private boolean watch;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "of --watch, such as 90s or 5m; default: ${DEFAULT-VALUE}")
  private String timeout = "5m";

  @Option(
      names = "--operator-url",
      paramLabel = "URL",
      description = "of the operator's port, for the account's queue and circuit breaker")
  private Optional<URI> operatorUrl = Optional.empty();

  @Option(
      names = "--operator-namespace",
      paramLabel = "NAME",
      description =
          "instead of --operator-url: where the operator runs; its port is forwarded with your"
              + " kubeconfig")
  private Optional<String> operatorNamespace = Optional.empty();

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description =
          "write a zip archive for support: the chain, the resource, its account, events, versions,"
              + " settings, metrics and the end of the log, as far as you may read them. Of Secrets"
              + " it has names of keys and lengths. What is in it is listed first")
  private Optional<Path> bundle = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final ClusterOptions where = new ClusterOptions();
  @Mixin private final OutputOption output = new OutputOption(Output.TABLE);

  WhyCommand(OperatorServices parts, Terminal terminal) {
    this.parts = parts;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Duration limit =
        GoDuration.parse(timeout)
            .orElseThrow(() ->
                CommandFailure.usage("--timeout is a duration such as 90s or 5m, not " + timeout));
    if ((operatorUrl.isPresent() && operatorNamespace.isPresent())
        || (watch && bundle.isPresent())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--operator-url and --operator-namespace exclude each other, and --watch and --bundle.");
    }
    URI baseUrl = parts.config().remote().baseUrl();
    return parts.inCluster(
        where,
        cluster -> {
          WhyReader reader = new WhyReader(cluster, baseUrl, operator(cluster));
          ResourceId id = new ResourceId(namespace.orElseGet(cluster::namespace), name);
          bundle.ifPresent(file -> write(reader, id, file));
          return watch ? follow(reader, id, limit) : show(reader, id);
        });
  }

  private AdmissionSource operator(UserCluster cluster) {
    return operatorUrl
        .<AdmissionSource>map(url -> new OperatorPort(url, "--operator-url"))
        .or(() -> operatorNamespace.map(cluster::operator).map(ForwardedOperator::new))
        .orElse((_, _) -> new AdmissionView.NotAsked());
  }

  private void write(WhyReader reader, ResourceId id, Path file) {
    InstalledOperator operator =
        reader.cluster().operator(operatorNamespace.orElse(InstalledOperator.SELECTOR_VALUE));
    Supplier<String> metrics =
        operatorUrl
            .map(url -> new OperatorPort(url, "--operator-url"))
            .<Supplier<String>>map(port -> port::metrics)
            .orElse(new ForwardedOperator(operator)::metrics);
    WhyFacts facts = reader.facts(reader.resource(id));
    SupportBundle archive =
        new BundleReader(reader.cluster(), operator, metrics, parts.version())
            .read(facts, parts.clock().instant())
            .without(reader.secrets(facts));
    terminal.note(file + " gets:");
    archive.contents().lines().forEach(terminal::note);
    archive.write(file);
    terminal.note("");
  }

  private int show(WhyReader reader, ResourceId id) {
    Chain chain = Chain.of(reader.facts(reader.resource(id)));
    print(chain);
    return chain.ready() ? ExitCode.OK : CommandLineTool.FOUND;
  }

  private int follow(WhyReader reader, ResourceId id, Duration limit) {
    Instant end = parts.clock().instant().plus(limit);
    Optional<Chain> shown = Optional.empty();
    while (true) {
      ConnectWiseInstance resource = reader.resource(id);
      Chain chain = Chain.of(reader.facts(resource));
      if (!shown.equals(Optional.of(chain))) {
        print(chain);
      }
      shown = Optional.of(chain);
      Duration left = Duration.between(parts.clock().instant(), end);
      Duration patience =
          chain.stalled() && UNTIL_STALLED_COUNTS.compareTo(left) < 0 ? UNTIL_STALLED_COUNTS : left;
      if (chain.ready()) {
        return ExitCode.OK;
      }
      if (!patience.isPositive() || !reader.cluster().awaitChange(resource, patience)) {
        return CommandLineTool.FOUND;
      }
    }
  }

  private void print(Chain chain) {
    WhyScreen screen = new WhyScreen(chain, parts.clock().instant());
    terminal.out().print(output.form().render(screen.data(), screen::text));
    terminal.out().flush();
  }
}
