package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the OSPS Baseline: nothing left out, nothing claimed without an answer. */
class OspsBaselineTest {
  /** Version 2026-08-28: of each family the controls, and of each control its requirements. */
  private static final String CONTROLS =
      """
      AC 01.01 02.01 03.01 03.02 04.01 04.02
      BR 01.01 01.03 01.04 02.01 02.02 03.01 03.02 04.01 05.01 06.01 07.01 07.02
      DO 01.01 02.01 03.01 03.02 04.01 05.01 06.01 07.01
      GV 01.01 01.02 02.01 03.01 03.02 04.01
      LE 01.01 02.01 02.02 03.01 03.02
      QA 01.01 01.02 02.01 02.02 03.01 04.01 04.02 05.01 05.02 06.01 06.02 06.03 07.01
      SA 01.01 02.01 03.01 03.02
      VM 01.01 02.01 03.01 04.01 04.02 05.01 05.02 05.03 06.01 06.02
      """;

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (OSPS-\\S+) \\| ([^|]+) \\| (\\w+) \\| (.+) \\|$");

  private static final List<Row> ROWS =
      ROW.matcher(Markdown.of(Path.of("docs", "osps-baseline.md")).text())
          .results()
          .map(row -> new Row(row.group(1), row.group(3), row.group(4)))
          .toList();

  private record Row(String control, String state, String answer) {}

  @Test
  void every_control_has_one_row() {
    // Given
    List<String> controls =
        CONTROLS
            .lines()
            .flatMap(line -> {
              List<String> words = Arrays.asList(line.split(" "));
              return words.stream().skip(1).map(id -> "OSPS-" + words.getFirst() + "-" + id);
            })
            .toList();
    // When
    Stream<String> rows = ROWS.stream().map(Row::control);
    // Then
    assertThat(controls).hasSize(64);
    assertThat(rows).containsExactlyInAnyOrderElementsOf(controls);
  }

  /** A row that is met names its evidence: a file to open or a test to run. */
  @Test
  void each_row_that_is_met_names_a_file_or_a_test() {
    assertThat(ROWS)
        .allMatch(row -> List.of("met", "platform", "open").contains(row.state()))
        .filteredOn(row -> row.state().equals("met") && !SAID_IN_WORDS.contains(row.control()))
        .isNotEmpty()
        .allSatisfy(row ->
            assertThat(row.answer()).containsPattern("]\\([^)]+\\)|`\\w+(Test|IT)`|`pom.xml`"));
  }

  /** Refers to the row before, or says that the control does not apply. */
  private static final List<String> SAID_IN_WORDS =
      List.of("OSPS-LE-03.02", "OSPS-QA-04.02", "OSPS-BR-05.01", "OSPS-DO-03.02", "OSPS-VM-05.02");
}
