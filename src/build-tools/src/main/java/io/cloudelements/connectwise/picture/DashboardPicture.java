package io.cloudelements.connectwise.picture;

import java.awt.Font;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;

/**
 * All panels of a dashboard, in their order, row by row. A line without data is left out, and one
 * that stayed at zero where another did not.
 *
 * @param about how the lines came about
 */
public record DashboardPicture(String title, String about, List<PicturePanel> panels) {
  private static final int COLUMNS = 2;
  private static final int GAP = 20;
  private static final int PANEL_WIDTH = (Card.WIDTH - 2 * Card.MARGIN - GAP) / COLUMNS;
  private static final int PANEL_HEIGHT = 176;
  private static final int HEAD = 66;
  private static final int SCALE_WIDTH = 62;
  private static final int NAMES = 134;
  private static final int SAMPLE = 14;
  private static final double NAME_HEIGHT = 12;
  private static final Font PANEL_TITLE = Card.font(Font.BOLD, 12);
  private static final Font TINY = Card.font(Font.PLAIN, 10);

  /**
   * One graph over time.
   *
   * @param question what a reader wants to know when looking here
   * @param lines over seconds
   */
  public record PicturePanel(String title, String question, Unit unit, List<Line> lines) {
    /** With the time counted from the first point of the dashboard. */
    private PicturePanel from(double begin) {
      return new PicturePanel(
          title, question, unit, lines.stream().map(line -> line.from(begin)).toList());
    }

    /** What is drawn, the line that rises highest first. */
    List<Line> drawn() {
      List<Line> found =
          lines.stream()
              .filter(Line::hasData)
              .sorted(Comparator.comparingDouble(Line::peak).reversed())
              .toList();
      boolean allZero = found.stream().allMatch(Line::staysAtZero);
      return allZero
          ? found.stream()
              .limit(1)
              .map(line -> new Line("all: " + unit.label(0), line.points()))
              .toList()
          : found.stream().filter(line -> !line.staysAtZero()).toList();
    }
  }

  public String svg() {
    int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
    Card card = new Card(HEAD + rows * PANEL_HEIGHT + Card.MARGIN);
    card.text(title, Card.MARGIN, 28, Card.TITLE, Card.TEXT);
    card.text(about, Card.MARGIN, 46, Card.SMALL, Card.QUIET);
    DoubleSummaryStatistics times =
        panels.stream()
            .flatMap(panel -> panel.lines().stream())
            .flatMap(line -> line.points().stream())
            .mapToDouble(Line.Point::x)
            .summaryStatistics();
    for (int i = 0; i < panels.size(); i++) {
      int left = Card.MARGIN + i % COLUMNS * (PANEL_WIDTH + GAP);
      int top = HEAD + i / COLUMNS * PANEL_HEIGHT;
      draw(card, panels.get(i).from(times.getMin()), left, top, times.getMax() - times.getMin());
    }
    return card.svg();
  }

  private static void draw(Card card, PicturePanel panel, int left, int top, double end) {
    card.text(panel.title(), left, top + 12, PANEL_TITLE, Card.TEXT);
    card.text(panel.question(), left, top + 27, TINY, Card.QUIET);
    List<Line> lines = panel.drawn();
    NumberAxis up = axis(panel.unit());
    up.setFixedDimension(SCALE_WIDTH);
    double peak = lines.stream().mapToDouble(Line::peak).max().orElse(0);
    Steps.upTo(peak, 3, panel.unit()).applyTo(up, 0.04);
    NumberAxis across = axis(Unit.SECONDS);
    Steps.upTo(end, 4, Unit.SECONDS).applyTo(across, 0);
    Rectangle place = new Rectangle(left, top + 34, PANEL_WIDTH, PANEL_HEIGHT - 34 - Card.MARGIN);
    LinePlot plot = LinePlot.draw(card, place, NAMES, 1, lines, across, up);
    name(card, lines, plot);
  }

  private static NumberAxis axis(Unit unit) {
    NumberAxis axis = new NumberAxis();
    Look.thin(axis, new LabelFormat(unit::label));
    axis.setTickLabelFont(TINY);
    return axis;
  }

  /** To the right, each as near to the end of its line as the others let it. */
  private static void name(Card card, List<Line> lines, LinePlot plot) {
    double[] heights =
        Spread.of(
            lines.stream().mapToDouble(line -> plot.y(line.last())).toArray(),
            NAME_HEIGHT,
            plot.area().getMaxY());
    double left = plot.area().getMaxX() + 6;
    for (int i = 0; i < lines.size(); i++) {
      LinePlot.Style style = LinePlot.Style.of(i);
      card.graphics().setPaint(style.color());
      card.graphics().setStroke(style.stroke());
      card.graphics().draw(new Line2D.Double(left, heights[i], left + SAMPLE, heights[i]));
      card.text(
          lines.get(i).name(),
          left + SAMPLE + 4,
          heights[i] + 3.5,
          TINY,
          i == 0 ? Card.OPERATOR : Card.QUIET);
    }
  }
}
