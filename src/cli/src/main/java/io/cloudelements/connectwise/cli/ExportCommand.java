package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.account.Consent;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.FailureOutcomes;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.AccountOutcomes;
import io.cloudelements.connectwise.schema.CustomResourceSchema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = {
      "Writes a manifest for every ConnectWise instance of an account, which adopts it when it is"
          + " applied. Instances that a resource owns already are left out, with a note.",
      "The account's Secret is read from a file, or from standard input:",
      "kubectl get secret cloud-elements -o yaml | connectwise-operator export --account-secret -",
      "With --account it is an account of the cluster: without its owner's consent nothing is"
          + " read.",
      "Exit code: 0 written, 1 the account may not be used or read, 2 the command line is wrong."
    })
final class ExportCommand implements Runnable {
  private final OperatorServices parts;
  private final Terminal terminal;

  @Option(
      names = "--account-secret",
      paramLabel = "FILE",
      description =
          "manifest of a Secret with userSecret and organizationSecret; - for standard input. The"
              + " resources refer to it by its name")
  private Optional<String> accountSecret = Optional.empty();

  @Option(
      names = "--account",
      paramLabel = "NAMESPACE/NAME",
      description =
          "instead of --account-secret, a CloudElementsAccount that the resources refer to, if"
              + " their --namespace may use it for adoptions; it and its Secret are read from the"
              + " cluster, with your rights")
  private Optional<String> account = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final ClusterOptions where = new ClusterOptions();

  @Option(
      names = "--credentials-secret",
      paramLabel = "NAME",
      description =
          "Secret with the ConnectWise entries that all resources refer to; default: one for each,"
              + " called <name of the resource>-connectwise")
  private Optional<String> credentialsSecret = Optional.empty();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "namespace of the resources; default: none is named")
  private Optional<String> namespace = Optional.empty();

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "of the account's API, also of the resources; default: the operator's")
  private Optional<URI> baseUrl = Optional.empty();

  @Option(
      names = "--deletion-policy",
      paramLabel = "POLICY",
      description =
          "Retain or Delete: what a deleted resource does to its instance; default: Retain, since"
              + " the operator did not make it")
  private DeletionPolicy deletionPolicy = DeletionPolicy.RETAIN;

  @Option(
      names = "--management-policy",
      paramLabel = "POLICY",
      description = "Manage, Observe or Plan; default: none is named, which means Manage")
  private Optional<ManagementPolicy> managementPolicy = Optional.empty();

  @Mixin private final OutputOption output = new OutputOption(Output.YAML);

  ExportCommand(OperatorServices parts, Terminal terminal) {
    this.parts = parts;
    this.terminal = terminal;
  }

  /** An account, and what opens it. */
  private record Opened(ExportedAccount account, AccountAccess access) {}

  @Override
  public void run() {
    if (account.isPresent() == accountSecret.isPresent()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "One of --account-secret and --account is needed.");
    }
    OperatorConfig config = parts.config();
    Opened opened = account.map(name -> ofObject(config, name)).orElseGet(() -> ofSecret(config));
    AccountAccess access = opened.access();
    ExportSettings settings =
        new ExportSettings(
            namespace,
            opened.account(),
            credentialsSecret,
            baseUrl.map(URI::toString),
            deletionPolicy.key(),
            managementPolicy.map(ManagementPolicy::key));
    AccountExport export =
        new AccountExport(settings, CustomResourceSchema.ofInstances(), terminal::progress);
    try {
      AccountExport.ExportedManifests result =
          parts.calling(config, instances -> export.of(instances, access));
      terminal.progress("");
      terminal.out().print(render(result.manifests()));
      result.notes().forEach(terminal::note);
      terminal.note(summary(result));
    } catch (InstancesApiException e) {
      terminal.progress("");
      throw CommandFailure.failed(
          FailureOutcomes.of(e.failure(), access.account().fingerprint(), Instant.EPOCH).message());
    }
  }

  private Opened ofSecret(OperatorConfig config) {
    AccountSecretFile secret = AccountSecretFile.read(accountSecret.orElseThrow(), terminal.in());
    return new Opened(
        new ExportedAccount.OfSecret(secret.name()),
        secret.access(baseUrl.orElse(config.remote().baseUrl())));
  }

  /** Consent comes first: without it the Secret is not read. */
  private Opened ofObject(OperatorConfig config, String named) {
    if (namespace.isEmpty() || baseUrl.isPresent()) {
      throw CommandFailure.usage(
          "--account needs --namespace, whose resources have to be allowed to use it, and no"
              + " --base-url, which the account has.");
    }
    ResourceId name = AccountOptions.parsed(named);
    Consent.ConsentRequest asked =
        new Consent.ConsentRequest(
            namespace.get(),
            Optional.empty(),
            Optional.of("taking over instances by spec.adoptInstanceId"),
            false,
            Optional.empty());
    AccountSource found =
        parts.inCluster(
            where,
            cluster ->
                new AccountAuthorizer(new UserAccounts(cluster, config.remote().baseUrl()))
                    .open(name, asked));
    AccountOutcomes.inTheWay(found, namespace.get())
        .ifPresent(outcome -> {
          throw CommandFailure.failed(outcome.reason().label() + ": " + outcome.message());
        });
    return switch (found) {
      case AccountSource.Open open ->
          new Opened(new ExportedAccount.OfObject(name), AccountAccess.to(open.account()));
      case AccountSource.OwnSecrets _,
          AccountSource.NotUsable _,
          AccountSource.Limited _,
          AccountSource.Suspended _,
          AccountSource.NotReady _ ->
          throw new IllegalStateException("what is in the way has been told");
    };
  }

  private String render(List<ObjectNode> manifests) {
    return switch (output.form()) {
      case YAML -> manifests.stream().map(Output::yaml).collect(Collectors.joining("---\n"));
      case JSON -> {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("apiVersion", "v1").put("kind", "List").putArray("items").addAll(manifests);
        yield Output.json(list) + "\n";
      }
      case TABLE -> {
        TextTable table = new TextTable("NAME", "HUB", "INSTANCE", "CREDENTIALS", "INSTANCE NAME");
        manifests.forEach(manifest ->
            table.row(
                manifest.at("/metadata/name").asText(),
                manifest.at("/spec/hub").asText(),
                manifest.at("/spec/adoptInstanceId").asText(),
                manifest.at("/spec/credentialsSecretRef/name").asText(),
                manifest.at("/spec/name").asText()));
        yield table.toString();
      }
    };
  }

  private static String summary(AccountExport.ExportedManifests result) {
    long secrets =
        result.manifests().stream()
            .map(manifest -> manifest.at("/spec/credentialsSecretRef/name").asText())
            .distinct()
            .count();
    return "%d manifests. They refer to Secrets with the ConnectWise entries (%d in number), which must exist before a resource is ready."
        .formatted(result.manifests().size(), secrets);
  }
}
