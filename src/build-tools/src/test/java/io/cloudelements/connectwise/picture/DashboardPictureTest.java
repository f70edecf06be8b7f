package io.cloudelements.connectwise.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.chart.Dashboard;
import io.cloudelements.connectwise.picture.DashboardPicture.PicturePanel;
import io.cloudelements.connectwise.picture.Line.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardPictureTest {
  private static final Unit CALLS = new Unit.Counted("call", "calls");
  private static final Line BUSY = line("account A", 1, 3);
  private static final Line IDLE = line("account B", 0, 0);
  private static final Line UNKNOWN = new Line("account C", List.of());

  /** Nine accounts at zero would hide the one that matters. */
  @Test
  void leavesOutLinesWithoutDataAndAtZero() {
    // Given
    PicturePanel panel =
        new PicturePanel("Calls in flight", "How many?", CALLS, List.of(UNKNOWN, IDLE, BUSY));
    // When
    List<String> texts = PictureTexts.of(picture(panel));
    // Then
    assertThat(texts).contains("account A").doesNotContain("account B", "account C");
  }

  /** A panel in which nothing happened says so, instead of looking broken. */
  @Test
  void drawsOneLineForAllAtZero() {
    // Given
    PicturePanel panel =
        new PicturePanel("Retry-After", "How long?", CALLS, List.of(UNKNOWN, IDLE, IDLE));
    // When
    List<String> texts = PictureTexts.of(picture(panel));
    // Then
    assertThat(texts).contains("all: 0 calls").doesNotContain("account B");
  }

  /** The document shows the dashboard that the chart has today, in its order. */
  @Test
  void documentShowsThePanelsInTheirOrder() throws IOException {
    // Given
    List<String> panels = Dashboard.PANELS.stream().map(Dashboard.Panel::title).toList();
    // When
    String svg = Files.readString(Path.of("docs", "pictures", "dashboard.svg"));
    // Then
    assertThat(PictureTexts.of(svg)).containsSubsequence(panels);
  }

  private static Line line(String name, double first, double second) {
    return new Line(name, List.of(new Point(0, first), new Point(1, second)));
  }

  private static String picture(PicturePanel panel) {
    return new DashboardPicture("Dashboard", "", List.of(panel)).svg();
  }
}
