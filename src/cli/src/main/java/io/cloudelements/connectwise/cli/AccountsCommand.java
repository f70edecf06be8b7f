package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
    name = "accounts",
    description = {
      "Lists the accounts of a namespace, and those that its resources refer to, with their state."
          + " It says which ones you may not see.",
      "Exit code: 0 all well, 1 the accounts may not be listed or the cluster does not answer, 2"
          + " the command line is wrong."
    })
final class AccountsCommand implements Callable<Integer> {
  private final OperatorServices parts;
  private final Terminal terminal;

  @Mixin private final NamespaceScope scope = new NamespaceScope();
  @Mixin private final ClusterOptions where = new ClusterOptions();
  @Mixin private final OutputOption output = new OutputOption(Output.TABLE);

  /**
   * @param denied accounts that resources refer to and that may not be seen, with how many do
   * @param absent the same of those that are not there
   * @param listed whether all accounts of the scope are among them
   */
  private record Overview(
      List<AccountRow> rows,
      Map<String, Integer> denied,
      Map<String, Integer> absent,
      boolean listed) {}

  AccountsCommand(OperatorServices parts, Terminal terminal) {
    this.parts = parts;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return parts.inCluster(where, this::show);
  }

  private int show(UserCluster cluster) {
    Optional<String> namespaces = scope.in(cluster);
    Overview found = overview(cluster, namespaces);
    terminal.out().print(output.form().render(data(found), () -> text(found, namespaces)));
    if (!found.listed()) {
      terminal.note(
          "You may not list CloudElementsAccounts of "
              + NamespaceScope.words(namespaces)
              + ": shown are those that resources refer to and that you may get.");
    }
    found
        .denied()
        .forEach((name, users) ->
            terminal.note(
                "You may not see CloudElementsAccount "
                    + name
                    + ", to which "
                    + resources(users)
                    + "."));
    found
        .absent()
        .forEach((name, users) ->
            terminal.note(
                "There is no CloudElementsAccount "
                    + name
                    + ", to which "
                    + resources(users)
                    + "."));
    return found.listed() ? ExitCode.OK : CommandLineTool.FAILED;
  }

  private static String resources(int users) {
    return users == 1 ? "1 resource refers" : users + " resources refer";
  }

  private Overview overview(UserCluster cluster, Optional<String> namespaces) {
    Optional<List<CloudElementsAccount>> listed = cluster.accounts(namespaces).seen();
    Map<String, CloudElementsAccount> accounts = new TreeMap<>();
    listed
        .orElseGet(List::of)
        .forEach(account -> accounts.put(AccountTerms.id(account).toString(), account));
    Map<String, Integer> denied = new TreeMap<>();
    Map<String, Integer> absent = new TreeMap<>();
    Map<ResourceId, Integer> references = references(cluster, namespaces);
    references.keySet().stream()
        .filter(name -> !accounts.containsKey(name.toString()))
        .forEach(name -> {
          int users = references.getOrDefault(name, 0);
          switch (cluster.account(name)) {
            case ClusterRead.Denied<Optional<CloudElementsAccount>> _ ->
                denied.put(name.toString(), users);
            case ClusterRead.Seen<Optional<CloudElementsAccount>>(var found) ->
                found.ifPresentOrElse(
                    account -> accounts.put(name.toString(), account),
                    () -> absent.put(name.toString(), users));
          }
        });
    List<AccountRow> rows =
        accounts.values().stream().map(account -> AccountRow.of(account, parts.clock())).toList();
    return new Overview(rows, denied, absent, listed.isPresent());
  }

  /** The accounts that resources refer to, with how many do; none where resources are not seen. */
  private static Map<ResourceId, Integer> references(
      UserCluster cluster, Optional<String> namespaces) {
    Map<ResourceId, Integer> users =
        new TreeMap<>(Comparator.comparing((ResourceId name) -> name.toString()));
    List<ConnectWiseInstance> resources =
        cluster.instances(namespaces).seen().orElseGet(ArrayList::new);
    resources.stream()
        .flatMap(resource -> SpecDefaults.of(resource).accountRef().stream())
        .forEach(name -> users.merge(name, 1, Integer::sum));
    return users;
  }

  private static ObjectNode data(Overview found) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("complete", found.listed());
    var accounts = data.putArray("accounts");
    found.rows().forEach(row -> accounts.add(row.data()));
    references(data, "notVisible", found.denied());
    references(data, "absent", found.absent());
    return data;
  }

  private static void references(ObjectNode data, String field, Map<String, Integer> users) {
    var all = data.putArray(field);
    users.forEach((name, count) -> all.addObject().put("account", name).put("resources", count));
  }

  private static String text(Overview found, Optional<String> namespaces) {
    if (found.rows().isEmpty()) {
      return "No CloudElementsAccount is to be seen in " + NamespaceScope.words(namespaces) + ".\n";
    }
    TextTable table = new TextTable(AccountRow.HEADINGS);
    found.rows().forEach(row -> table.row(row.cells()));
    return table.toString();
  }
}
