package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudelements.connectwise.drift.OrphanPage;
import io.cloudelements.connectwise.drift.OrphanPage.DuplicatedResource;
import io.cloudelements.connectwise.drift.OrphanPage.ListedAccount;
import io.cloudelements.connectwise.drift.OrphanPage.OrphanedInstance;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
    name = "orphans",
    synopsisSubcommandLabel = "[COMMAND]",
    description = {
      "Shows what a running operator knows of instances without a resource, and of duplicates.",
      "It asks the operator's port for probes and metrics, for example after:"
          + " kubectl -n connectwise-operator port-forward deploy/connectwise-operator 8080",
      "Exit code: 0 neither was found, 1 the operator cannot tell, 2 the command line is wrong,"
          + " 3 some were found."
    })
final class OrphansCommand implements Callable<Integer> {
  /** What kubectl prints where there is no value. */
  private static final String ABSENT = "<none>";

  private final Terminal terminal;

  @Mixin private final OperatorUrlOption operator = new OperatorUrlOption();
  @Mixin private final OutputOption output = new OutputOption(Output.TABLE);

  OrphansCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    OperatorPort port = operator.port();
    String document = port.page(OrphanPage.PATH);
    OrphanPage page = OrphanLookup.read(port, document).page();
    terminal.out().print(output.form().render(tree(document), () -> text(page)));
    return page.accounts().stream()
            .allMatch(account -> account.orphans().isEmpty() && account.duplicates().isEmpty())
        ? ExitCode.OK
        : CommandLineTool.FOUND;
  }

  /** JSON and YAML show the document as it is, with what a later operator adds. */
  private static JsonNode tree(String document) {
    try {
      return new JsonMapper().readTree(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("it has been read once", e);
    }
  }

  private static String text(OrphanPage page) {
    return section("orphans", orphans(page)) + "\n" + section("duplicates", duplicates(page));
  }

  private static String section(String name, TextTable table) {
    return table.isEmpty()
        ? "No " + name + ".\n"
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + ":\n" + table;
  }

  private static TextTable orphans(OrphanPage page) {
    TextTable table =
        new TextTable(
            "ACCOUNT", "INSTANCE", "NAME", "ELEMENT", "CAUSE", "CLAIMED BY", "CREATED", "TAGS");
    for (ListedAccount account : page.accounts()) {
      for (OrphanedInstance orphan : account.orphans()) {
        table.row(
            account.account(),
            Long.toString(orphan.id()),
            shown(orphan.name()),
            shown(orphan.element()),
            orphan.cause(),
            orphan.claimedBy() == null ? ABSENT : String.join(",", orphan.claimedBy()),
            shown(orphan.createdAt()),
            String.join(",", orphan.tags()));
      }
    }
    return table;
  }

  private static TextTable duplicates(OrphanPage page) {
    TextTable table = new TextTable("ACCOUNT", "NAMESPACE", "NAME", "IN USE", "FURTHER");
    for (ListedAccount account : page.accounts()) {
      for (DuplicatedResource duplicate : account.duplicates()) {
        table.row(
            account.account(),
            duplicate.namespace(),
            duplicate.name(),
            shown(duplicate.inUse()),
            duplicate.others().stream().map(String::valueOf).collect(Collectors.joining(",")));
      }
    }
    return table;
  }

  private static String shown(@Nullable Object value) {
    return value == null ? ABSENT : value.toString();
  }
}
