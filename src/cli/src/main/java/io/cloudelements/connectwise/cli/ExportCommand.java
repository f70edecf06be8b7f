package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.FailureOutcomes;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.reconcile.CredentialsOutcomes;
import io.cloudelements.connectwise.schema.CustomResourceSchema;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.SecretContent;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = {
      "Writes a manifest for every ConnectWise instance of an account, which adopts it when it is"
          + " applied. Instances that a resource owns already are left out, with a note.",
      "The account's Secret is read from a file, or from standard input:",
      "kubectl get secret cloud-elements -o yaml | connectwise-operator export --account-secret -"
    })
final class ExportCommand implements Runnable {
  private final OperatorServices parts;
  private final Terminal terminal;

  @Option(
      names = "--account-secret",
      required = true,
      paramLabel = "FILE",
      description =
          "manifest of a Secret with userSecret and organizationSecret; - for standard input. The"
              + " resources refer to it by its name")
  private String accountSecret = Manifest.STANDARD_INPUT;

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

  @Override
  public void run() {
    OperatorConfig config = parts.config();
    Secret secret = secret();
    AccountAccess access = access(secret, baseUrl.orElse(config.remote().baseUrl()));
    ExportSettings settings =
        new ExportSettings(
            namespace,
            secret.getMetadata().getName(),
            credentialsSecret,
            baseUrl.map(URI::toString),
            deletionPolicy.key(),
            managementPolicy.map(ManagementPolicy::key));
    AccountExport export =
        new AccountExport(settings, CustomResourceSchema.ofInstances(), terminal::progress);
    try {
      AccountExport.Result result =
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

  private Secret secret() {
    List<Secret> secrets =
        Manifest.read(accountSecret, terminal.in()).stream()
            .filter(Manifest::isSecret)
            .map(SecretManifests::stored)
            .toList();
    if (secrets.size() != 1 || secrets.getFirst().getMetadata() == null) {
      throw CommandFailure.usage(
          "--account-secret needs the manifest of one Secret; there are " + secrets.size());
    }
    return secrets.getFirst();
  }

  private static AccountAccess access(Secret secret, URI baseUrl) {
    CredentialsResult result = CredentialsReader.account(SecretContent.of(secret), baseUrl);
    if (result instanceof CredentialsResult.Complete(AccountAccess access, _)) {
      return access;
    }
    throw CommandFailure.usage(CredentialsOutcomes.of(result).message());
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

  private static String summary(AccountExport.Result result) {
    long secrets =
        result.manifests().stream()
            .map(manifest -> manifest.at("/spec/credentialsSecretRef/name").asText())
            .distinct()
            .count();
    return "%d manifests. They refer to Secrets with the ConnectWise entries (%d in number), which must exist before a resource is ready."
        .formatted(result.manifests().size(), secrets);
  }
}
