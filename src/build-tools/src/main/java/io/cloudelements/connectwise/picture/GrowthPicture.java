package io.cloudelements.connectwise.picture;

import java.awt.Color;
import java.awt.Rectangle;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;

/**
 * What becomes of a number when there is ten times as much to do: each point has its number, each
 * line its name.
 *
 * @param logarithmic whether the numbers, too, grow by a factor from line to line of the grid
 * @param lines the operator's first
 */
public record GrowthPicture(
    String title, Unit counted, Unit unit, boolean logarithmic, List<Line> lines) {
  private static final int HEIGHT = 300;
  private static final int NAMES = 96;

  public String svg() {
    Card card = new Card(HEIGHT);
    card.text(title, Card.MARGIN, 28, Card.TITLE, Card.TEXT);
    Rectangle place =
        new Rectangle(Card.MARGIN, 44, Card.WIDTH - 2 * Card.MARGIN, HEIGHT - 44 - 12);
    LinePlot plot =
        LinePlot.draw(
            card,
            place,
            NAMES,
            Integer.MAX_VALUE,
            lines.stream().map(this::scaled).toList(),
            across(),
            up());
    labelPoints(card, plot);
    labelEnds(card, plot);
    return card.svg();
  }

  private void labelPoints(Card card, LinePlot plot) {
    for (Line line : lines) {
      for (Line.Point point : line.points().subList(0, line.points().size() - 1)) {
        String text = unit.label(point.y());
        card.text(
            text,
            plot.x(Math.log10(point.x())) - card.width(text, Card.LABEL) / 2,
            height(plot, point) + (isHighest(line, point) ? -9 : 19),
            Card.LABEL,
            color(line));
      }
    }
  }

  /** The last number stands with the name. */
  private void labelEnds(Card card, LinePlot plot) {
    double[] heights =
        Spread.of(
            lines.stream().mapToDouble(line -> height(plot, line.points().getLast())).toArray(),
            16,
            plot.area().getMaxY());
    for (int i = 0; i < lines.size(); i++) {
      Line.Point last = lines.get(i).points().getLast();
      card.text(
          lines.get(i).name() + " " + unit.label(last.y()),
          plot.x(Math.log10(last.x())) + 9,
          heights[i] + 4,
          Card.LABEL,
          color(lines.get(i)));
    }
  }

  private double height(LinePlot plot, Line.Point point) {
    return plot.y(scale().applyAsDouble(point.y()));
  }

  private Color color(Line line) {
    return line == lines.getFirst() ? Card.OPERATOR : Card.QUIET;
  }

  private boolean isHighest(Line line, Line.Point point) {
    return lines.stream()
        .filter(other -> other != line)
        .flatMap(other -> other.points().stream())
        .filter(other -> other.x() == point.x())
        .allMatch(other -> other.y() <= point.y());
  }

  private DoubleUnaryOperator scale() {
    return logarithmic ? Math::log10 : DoubleUnaryOperator.identity();
  }

  private Line scaled(Line line) {
    return new Line(
        line.name(),
        line.points().stream()
            .map(point -> new Line.Point(Math.log10(point.x()), scale().applyAsDouble(point.y())))
            .toList());
  }

  private NumberAxis across() {
    List<Double> counts =
        lines.stream().flatMap(line -> line.points().stream()).map(Line.Point::x).toList();
    NumberAxis axis = new NumberAxis();
    Look.thin(axis, LabelFormat.ofLogarithms(counted));
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setRange(
        Math.log10(counts.stream().min(Double::compare).orElse(1.0)) - 0.2,
        Math.log10(counts.stream().max(Double::compare).orElse(1.0)) + 0.05);
    return axis;
  }

  private NumberAxis up() {
    double largest = lines.stream().mapToDouble(Line::peak).max().orElse(0);
    double smallest =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Line.Point::y)
            .min()
            .orElse(0);
    NumberAxis axis = new NumberAxis();
    if (logarithmic) {
      Look.thin(axis, LabelFormat.ofLogarithms(unit));
      axis.setTickUnit(new NumberTickUnit(1));
      axis.setRange(Math.floor(Math.log10(smallest)), Math.log10(largest) + 0.3);
    } else {
      Look.thin(axis, new LabelFormat(unit::label));
      Steps.upTo(largest, 5, unit).applyTo(axis, 0.1);
    }
    return axis;
  }
}
