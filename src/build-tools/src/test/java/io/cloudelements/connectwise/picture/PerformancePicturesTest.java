package io.cloudelements.connectwise.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pictures of the performance report say what its tables say. */
class PerformancePicturesTest {
  static Set<String> pictures() throws IOException {
    return drawn().keySet();
  }

  private static Map<String, String> drawn() throws IOException {
    return PerformancePictures.draw(Files.readString(PerformancePictures.REPORT));
  }

  /** Compared by texts: where they stand depends on the fonts of the machine. */
  @ParameterizedTest
  @MethodSource("pictures")
  void picturesShowTheFiguresOfTheTables(String file) throws IOException {
    // Given
    List<String> expected = PictureTexts.of(drawn().get(file));
    // When
    String svg = Files.readString(PerformancePictures.REPORT.resolveSibling(file));
    // Then
    assertThat(PictureTexts.of(svg))
        .as("%s is older than the tables: %s", file, PerformancePictures.COMMAND)
        .isEqualTo(expected);
  }

  @Test
  void readsMediansOfEachContenderAndLeavesOutMissingOnes() {
    // Given
    String report =
        """
        ![Remote calls](performance/rest-calls.svg)

        **create-1000**

        | | operator |
        |---|---:|
        | remote calls | 7 |

        **create-1000, a minute of rest**

        | | operator | floor | textbook |
        |---|---:|---:|---:|
        | its CPU, s | 0.11 (0.10–0.12) | 1 | 6.29 |
        | remote calls | 12 (10–14) | – | 2,345 (2,000–3,000) |
        """;
    // When
    Map<String, String> drawn = PerformancePictures.draw(report);
    // Then
    assertThat(drawn).containsOnlyKeys("performance/rest-calls.svg");
    assertThat(PictureTexts.of(drawn.get("performance/rest-calls.svg")))
        .contains("Remote calls", "operator", "12 calls", "textbook", "2.35k calls")
        .doesNotContain("floor");
  }
}
