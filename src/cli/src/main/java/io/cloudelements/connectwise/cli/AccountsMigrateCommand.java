package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cli.AccountMigration.Group;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.secret.CredentialsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "migrate",
    description = {
      "Prints how resources that open an account by their own Secrets come to use a"
          + " CloudElementsAccount: its manifest, and a patch for each resource. Nothing is"
          + " changed, and no Secret is read: resources belong together whose status.account is the"
          + " same.",
      "With the same secrets a migration makes no call that changes anything and no new token.",
      "Exit code: 0 printed, 1 the resources may not be listed or the cluster does not answer, 2"
          + " the command line is wrong."
    })
final class AccountsMigrateCommand implements Runnable {
  /** Which of the two halves: they may belong to different people and repositories. */
  enum Half {
    ACCOUNT,
    RESOURCES
  }

  private final OperatorServices parts;
  private final Terminal terminal;

  @Option(
      names = "--account-namespace",
      required = true,
      paramLabel = "NAME",
      description = "where the account and its Secret are to be")
  private String accountNamespace = "";

  @Option(
      names = "--account-name",
      required = true,
      paramLabel = "NAME",
      description =
          "of the account; with several accounts each name ends in the account's fingerprint")
  private String accountName = "";

  @Option(
      names = "--account-secret",
      paramLabel = "NAME",
      description =
          "of the account's Secret; with several accounts it ends as theirs; default: as the"
              + " account")
  private Optional<String> secret = Optional.empty();

  @Option(
      names = "--fingerprint",
      paramLabel = "HEX",
      description = "only resources with this status.account; default: all")
  private Optional<String> fingerprint = Optional.empty();

  @Option(
      names = "--only",
      paramLabel = "HALF",
      description = "account or resources; default: both")
  private Optional<Half> only = Optional.empty();

  @Mixin private final NamespaceScope scope = new NamespaceScope();
  @Mixin private final ClusterOptions where = new ClusterOptions();
  @Mixin private final OutputOption output = new OutputOption(Output.YAML);

  AccountsMigrateCommand(OperatorServices parts, Terminal terminal) {
    this.parts = parts;
    this.terminal = terminal;
  }

  /**
   * What there is in the namespaces that are looked at.
   *
   * @param accounts whose Secrets are not to be emptied
   */
  private record Found(
      String where,
      List<ConnectWiseInstance> resources,
      ClusterRead<List<CloudElementsAccount>> accounts) {
    static Found of(UserCluster cluster, Optional<String> namespaces) {
      String where = NamespaceScope.words(namespaces);
      return new Found(
          where,
          cluster
              .instances(namespaces)
              .orFail("You may not list ConnectWiseInstances of " + where + "."),
          cluster.accounts(namespaces));
    }
  }

  @Override
  public void run() {
    Found found = parts.inCluster(where, cluster -> Found.of(cluster, scope.in(cluster)));
    AccountMigration.MigrationResult result =
        new AccountMigration(new ResourceId(accountNamespace, accountName), secret)
            .of(found.resources(), found.accounts().seen().orElse(List.of()), fingerprint);
    terminal.out().print(render(result));
    result.leftOut().forEach((resource, why) -> terminal.note(resource + " is left out: " + why));
    if (result.groups().isEmpty()) {
      terminal.note("No resource is to be migrated.");
    }
    MigrationManifests.steps(result).forEach(terminal::note);
    if (found.accounts().seen().isEmpty() && !result.groups().isEmpty()) {
      terminal.note(
          ("You may not list CloudElementsAccounts of %s: before you remove keys from a Secret,"
                  + " ask whether one uses it.")
              .formatted(found.where()));
    }
  }

  private String render(AccountMigration.MigrationResult result) {
    return switch (output.form()) {
      case YAML ->
          documents(result).stream().map(Output::yaml).collect(Collectors.joining("---\n"));
      case JSON -> Output.json(data(result)) + "\n";
      case TABLE -> text(result);
    };
  }

  private List<ObjectNode> documents(AccountMigration.MigrationResult result) {
    List<ObjectNode> documents = new ArrayList<>();
    for (Group group : result.groups()) {
      if (wants(Half.ACCOUNT)) {
        documents.add(MigrationManifests.account(group));
      }
      if (wants(Half.RESOURCES)) {
        group.users().stream()
            .map(resource -> MigrationManifests.patch(group, resource))
            .forEach(documents::add);
      }
    }
    return documents;
  }

  private boolean wants(Half half) {
    return only.isEmpty() || only.get() == half;
  }

  private ObjectNode data(AccountMigration.MigrationResult result) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    var accounts = data.putArray("accounts");
    for (Group group : result.groups()) {
      ObjectNode account = accounts.addObject().put("fingerprint", group.fingerprint());
      if (wants(Half.ACCOUNT)) {
        account.set("manifest", MigrationManifests.account(group));
      }
      if (wants(Half.RESOURCES)) {
        var patches = account.putArray("patches");
        group.users().forEach(user -> patches.add(MigrationManifests.patch(group, user)));
      }
      if (group.copies()) {
        ObjectNode copy = account.putObject("copy");
        copy.put("from", group.sources().first().toString()).put("to", group.secret().toString());
        CredentialsReader.ACCOUNT_KEYS.forEach(copy.putArray("keys")::add);
      }
      var removable = account.putArray("removable");
      result.removable(group).forEach(source -> removable.add(source.toString()));
    }
    ObjectNode leftOut = data.putObject("leftOut");
    result.leftOut().forEach(leftOut::put);
    return data;
  }

  private static String text(AccountMigration.MigrationResult result) {
    TextTable table = new TextTable("RESOURCE", "FINGERPRINT", "FROM SECRET", "TO ACCOUNT");
    result
        .groups()
        .forEach(group ->
            group
                .users()
                .forEach(user ->
                    table.row(
                        SpecDefaults.id(user).toString(),
                        group.fingerprint(),
                        AccountMigration.source(user).toString(),
                        group.name().toString())));
    return table.isEmpty() ? "" : table.toString();
  }
}
