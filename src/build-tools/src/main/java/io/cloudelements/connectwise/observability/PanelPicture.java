package io.cloudelements.connectwise.observability;

import io.cloudelements.connectwise.chart.Dashboard;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.time.Millisecond;
import org.jfree.data.time.TimeSeries;
import org.jfree.data.time.TimeSeriesCollection;
import org.jfree.svg.SVGGraphics2D;

/** A picture of what a panel of the dashboard shows. */
final class PanelPicture {
  /** A folder to draw into; unset: nothing is drawn. */
  private static final String FOLDER = "dashboard.pictures";

  private static final int WIDTH = 560;
  private static final int HEIGHT = 260;
  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

  /** A line with its name. */
  record Line(String name, List<PrometheusServer.Point> points) {
    static Line of(String legend, PrometheusServer.Series series) {
      String name = legend;
      for (var label : series.labels().entrySet()) {
        name = name.replace("{{" + label.getKey() + "}}", label.getValue());
      }
      return new Line(name, series.points());
    }
  }

  private PanelPicture() {}

  static void drawIfConfigured(Dashboard.Panel panel, List<Line> lines) throws IOException {
    String folder = System.getProperty(FOLDER);
    if (folder != null && !lines.isEmpty()) {
      String file = panel.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".svg";
      Files.createDirectories(Path.of(folder));
      Files.writeString(Path.of(folder, file), draw(panel, lines));
    }
  }

  private static String draw(Dashboard.Panel panel, List<Line> lines) {
    TimeSeriesCollection data = new TimeSeriesCollection();
    for (Line line : lines) {
      TimeSeries series = new TimeSeries(line.name());
      line.points()
          .forEach(
              point -> series.addOrUpdate(new Millisecond(Date.from(point.at())), point.value()));
      data.addSeries(series);
    }
    JFreeChart chart = ChartFactory.createTimeSeriesChart(panel.title(), null, panel.unit(), data);
    chart.getTitle().setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
    chart.getLegend().setItemFont(SMALL);
    XYPlot plot = chart.getXYPlot();
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    plot.getDomainAxis().setTickLabelFont(SMALL);
    NumberAxis axis = (NumberAxis) plot.getRangeAxis();
    axis.setTickLabelFont(SMALL);
    axis.setAutoRangeIncludesZero(true);
    axis.setAutoRangeMinimumSize(0.1);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true); // a tenth of the size
    renderer.setDefaultStroke(new BasicStroke(1.6f));
    renderer.setAutoPopulateSeriesStroke(false);
    plot.setRenderer(renderer);
    SVGGraphics2D svg = new SVGGraphics2D(WIDTH, HEIGHT);
    svg.setGeomDoubleConverter(PanelPicture::brief);
    svg.setTransformDoubleConverter(PanelPicture::brief);
    chart.draw(svg, new Rectangle(WIDTH, HEIGHT));
    return svg.getSVGElement() + "\n";
  }

  private static String brief(double number) {
    return Double.toString(Math.round(number * 10) / 10.0);
  }
}
