package io.cloudelements.connectwise.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.picture.DashboardPicture.PicturePanel;
import io.cloudelements.connectwise.picture.Line.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the numbers in pictures look like: those of the documents, and those of awkward figures. */
class PictureLabelsTest {
  private static final Unit CALLS = new Unit.Counted("call", "calls");

  /** A number with at most one word; a longer text is a sentence or a name. */
  private static final Pattern LABEL = Pattern.compile("-?[\\d.,]+\\S*(?: \\S+)?");

  private static final Pattern NUMBER_WITH_UNIT =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,2})?(?:[kM]? [a-z/%]\\S*| MiB| GiB)|0\\.\\d{1,4} \\S+");

  /** Not a part of a version, an address or a word. */
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.,])\\d[\\d,]*(?:\\.\\d+)?(?![\\w,]|\\.\\d)");

  static List<Path> charts() throws IOException {
    try (Stream<Path> performance = Files.list(Path.of("docs", "performance"))) {
      return Stream.concat(performance, Stream.of(Path.of("docs", "pictures", "dashboard.svg")))
          .filter(file -> file.toString().endsWith(".svg"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("charts")
  void numbersInDocumentedChartsAreShortAndHaveAUnit(Path chart) throws IOException {
    // Given
    String svg = Files.readString(chart);
    // When
    List<String> texts = PictureTexts.of(svg);
    // Then
    assertReadable(texts);
  }

  @Test
  void barsOfUnroundedFiguresHaveShortLabels() {
    // Given
    List<BarPicture.Bar> bars =
        List.of(
            new BarPicture.Bar("operator", 3.03960335),
            new BarPicture.Bar("textbook", 1_000),
            new BarPicture.Bar("floor", 0));
    // When
    List<String> texts = PictureTexts.of(new BarPicture("Calls", CALLS, bars, "operator").svg());
    // Then
    assertReadable(texts);
    assertThat(texts).contains("3.04 calls", "1k calls", "0 calls", "Calls", "operator");
  }

  @Test
  void growthOfUnroundedFiguresHasShortLabels() {
    // Given
    List<Line> lines =
        List.of(
            new Line("operator", List.of(new Point(100, 4.474747), new Point(10_000, 168.99))),
            new Line("floor", List.of(new Point(100, 2.6666), new Point(10_000, 117.01))));
    // When
    List<String> texts =
        PictureTexts.of(
            new GrowthPicture(
                    "Growth", new Unit.Counted("resource", "resources"), Unit.SECONDS, true, lines)
                .svg());
    // Then
    assertReadable(texts);
    assertThat(texts)
        .contains(
            "4.47 s", "operator 169 s", "2.67 s", "floor 117 s", "1 s", "100 s", "10k resources");
  }

  @Test
  void panelsOfUnroundedFiguresHaveShortLabels() {
    // Given
    Line rate = new Line("success", List.of(new Point(0.123456, 0), new Point(7.1, 0.04231)));
    PicturePanel panel =
        new PicturePanel("Calls by outcome", "Does it?", new Unit.Rate("calls/s"), List.of(rate));
    // When
    List<String> texts =
        PictureTexts.of(new DashboardPicture("Dashboard", "", List.of(panel)).svg());
    // Then
    assertReadable(texts);
    assertThat(texts).contains("0 calls/s", "0.02 calls/s", "0 s", "success");
  }

  private static void assertReadable(List<String> texts) {
    assertThat(texts).isNotEmpty();
    assertThat(texts)
        .as("Grafana's word for no unit, and a text cut off")
        .noneMatch(text -> text.equals("short") || text.endsWith("..."));
    assertThat(texts.stream().filter(text -> LABEL.matcher(text).matches()))
        .isNotEmpty()
        .allMatch(label -> NUMBER_WITH_UNIT.matcher(label).matches());
    assertThat(texts.stream().flatMap(text -> NUMBER.matcher(text).results()))
        .extracting(MatchResult::group)
        .allMatch(number -> significant(number) <= 3);
  }

  /** Zeros at both ends only say where the point is. */
  private static int significant(String number) {
    String digits = number.replaceAll("\\D", "");
    return digits.replaceFirst("^0+", "").replaceFirst("0+$", "").length();
  }
}
