package io.cloudelements.connectwise.installed;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.operator.OperatorRights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of permissions in docs/security.md, held against the roles that the chart renders. */
class PermissionsTableTest {
  private static final Pattern CELL = Pattern.compile("`([a-z/]+)`(?: \\([a-z0-9.]+\\))?: (.+)");
  private static final Pattern OF_NAME = Pattern.compile(" of `([a-z.-]+)`");
  private static final Pattern VERB =
      Pattern.compile("\\b(get|list|watch|create|update|patch|delete|deletecollection)\\b");

  /** A permission is granted exactly when a row explains it. */
  @Test
  void everyPermissionHasItsRow() throws IOException {
    // Given
    Map<String, String> everything =
        Map.of("LEADER_ELECTION", "true", "ACCOUNT_NAMESPACE_SELECTORS", "true");
    // When
    Set<String> granted = granted(everything);
    // Then
    assertThat(documented(row -> true)).containsExactlyInAnyOrderElementsOf(granted);
  }

  /** A row that says how to do without has to be right: the setting takes the permission away. */
  @Test
  void documentedSettingsRemoveTheirPermissions() throws IOException {
    // Given
    Map<String, String> least =
        Map.of(
            "LEADER_ELECTION",
            "false",
            "SECRETS_WATCH",
            "false",
            "CLUSTER_NAME",
            "test",
            "WATCH_NAMESPACES",
            "team");
    // When
    Set<String> granted = granted(least);
    // Then
    assertThat(documented(row -> row.spared().isEmpty()))
        .containsExactlyInAnyOrderElementsOf(granted);
  }

  private static Set<String> granted(Map<String, String> environment) {
    return Permission.of(OperatorRights.of(environment).objects()).stream()
        .map(it -> text(it.resource(), it.verb(), it.name()))
        .collect(Collectors.toSet());
  }

  private interface Choice {
    boolean takes(Row row);
  }

  /**
   * A line of the table.
   *
   * @param permission a resource, and clauses of verbs, each perhaps about one name
   * @param spared how to do without; empty: not at all
   */
  private record Row(String permission, String spared) {
    static Stream<Row> of(String line) {
      String[] cells = line.split("\\|", -1);
      return cells.length == 5 && cells[1].strip().startsWith("`")
          ? Stream.of(new Row(cells[1].strip(), cells[3].strip()))
          : Stream.empty();
    }

    Stream<String> permissions() {
      Matcher cell = CELL.matcher(permission);
      assertThat(cell.matches()).as(permission).isTrue();
      return Stream.of(cell.group(2).split(", and ", -1))
          .flatMap(clause -> {
            Matcher named = OF_NAME.matcher(clause);
            String name = named.find() ? named.group(1) : "";
            return VERB.matcher(clause)
                .results()
                .map(verb -> text(cell.group(1), verb.group(), name));
          });
    }
  }

  private static List<String> documented(Choice choice) throws IOException {
    String section =
        Files.readString(Path.of("docs", "security.md")).split("\n## Permissions\n", 2)[1];
    return section
        .lines()
        .takeWhile(line -> !line.startsWith("## "))
        .flatMap(Row::of)
        .filter(choice::takes)
        .flatMap(Row::permissions)
        .toList();
  }

  private static String text(String resource, String verb, String name) {
    return "%s %s %s".formatted(verb, resource, name).strip();
  }
}
