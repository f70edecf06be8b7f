package io.cloudelements.connectwise.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Lines drawn on a card, and where a value lies there.
 *
 * @param area of the lines, without the labels of the axes
 */
record LinePlot(NumberAxis across, NumberAxis up, Rectangle2D area) {
  private static final double DOT = 5;

  /** What a line looks like, by its place in the list: the first is in colour. */
  private static final List<Style> STYLES =
      List.of(
          new Style(Card.OPERATOR, Look.line(2)),
          new Style(new Color(0x6E7781), Look.line(1.4f)),
          new Style(new Color(0x6E7781), Look.line(1.4f, 5, 3)),
          new Style(new Color(0xA3ACB5), Look.line(1.4f)),
          new Style(new Color(0xA3ACB5), Look.line(1.4f, 5, 3)),
          new Style(new Color(0x6E7781), Look.line(1.4f, 1.5f, 2)),
          new Style(new Color(0xA3ACB5), Look.line(1.4f, 1.5f, 2)));

  record Style(Color color, BasicStroke stroke) {
    static Style of(int place) {
      return STYLES.get(Math.min(place, STYLES.size() - 1));
    }
  }

  /**
   * Draws the lines, the last first, so that the one in colour is on top.
   *
   * @param names how wide the room at the right is
   * @param marked up to how many points of a line are marked
   */
  static LinePlot draw(
      Card card,
      Rectangle place,
      int names,
      int marked,
      List<Line> lines,
      NumberAxis across,
      NumberAxis up) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      XYSeries series = new XYSeries(i + " " + line.name());
      line.points().forEach(point -> series.add(point.x(), point.y()));
      data.addSeries(series);
      renderer.setSeriesPaint(i, Style.of(i).color());
      renderer.setSeriesStroke(i, Style.of(i).stroke());
      renderer.setSeriesShape(i, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
      renderer.setSeriesShapesVisible(i, line.points().size() <= marked);
    }
    renderer.setDrawSeriesLineAsPath(true);
    XYPlot plot = new XYPlot(data, across, up, renderer);
    JFreeChart chart = new JFreeChart(null, null, plot, false);
    Look.clear(chart);
    plot.setInsets(new RectangleInsets(0, 0, 0, names));
    ChartRenderingInfo info = new ChartRenderingInfo();
    chart.draw(card.graphics(), place, info);
    return new LinePlot(across, up, info.getPlotInfo().getDataArea());
  }

  double x(double value) {
    return across.valueToJava2D(value, area, RectangleEdge.BOTTOM);
  }

  double y(double value) {
    return up.valueToJava2D(value, area, RectangleEdge.LEFT);
  }
}
