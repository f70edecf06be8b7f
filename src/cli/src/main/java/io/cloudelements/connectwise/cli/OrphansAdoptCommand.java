package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.schema.CustomResourceSchema;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "adopt",
    description = {
      "Prints the manifest of a resource that adopts an orphan when it is applied. The instance is"
          + " read from the service with the account's secrets; nothing is changed.",
      "Exit code: 0 printed, 1 refused or failed, 2 the command line is wrong."
    })
final class OrphansAdoptCommand implements Runnable {
  private final OperatorServices parts;
  private final Terminal terminal;

  @Parameters(paramLabel = "ID", description = "of the instance")
  private long id;

  @Option(
      names = "--credentials-secret",
      paramLabel = "NAME",
      description =
          "Secret with the ConnectWise entries; default: <name of the resource>-connectwise")
  private Optional<String> credentialsSecret = Optional.empty();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "namespace of the resource; default: none is named")
  private Optional<String> namespace = Optional.empty();

  @Mixin private final OperatorUrlOption operator = new OperatorUrlOption();
  @Mixin private final AccountOptions account = new AccountOptions();

  OrphansAdoptCommand(OperatorServices parts, Terminal terminal) {
    this.parts = parts;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    OperatorConfig config = parts.config();
    OrphanLookup orphans = operator.orphans();
    List<AccountOptions.Opened> opened = account.open(parts, terminal, config);
    OrphanLookup.Confirmed orphan =
        parts.calling(config, instances -> orphans.confirmed(instances, opened, id));
    InstanceManifest manifest = manifest(orphan);
    manifest.notes(id).forEach(terminal::note);
    if (!manifest.refusals().isEmpty()) {
      throw CommandFailure.failed("The API server would refuse the manifest.");
    }
    terminal.out().print(Output.yaml(manifest.takingOver(id, orphan.tag()).content()));
  }

  private InstanceManifest manifest(OrphanLookup.Confirmed orphan) {
    RemoteInstance seen = orphan.instance();
    Element element =
        seen.elementKey()
            .flatMap(Element::ofKey)
            .orElseThrow(() ->
                CommandFailure.failed("Instance " + id + " is of no element of this operator."));
    ExportSettings settings =
        new ExportSettings(
            namespace,
            orphan.account().reference(),
            credentialsSecret,
            orphan.account().baseUrl().map(URI::toString),
            DeletionPolicy.RETAIN.key(),
            Optional.empty());
    return InstanceManifest.of(
        seen, element, ResourceNames.of(seen), settings, CustomResourceSchema.ofInstances());
  }
}
