package io.cloudelements.connectwise.picture;

import java.awt.BasicStroke;
import java.text.NumberFormat;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** Takes from the library's charts what is not data: frames, backgrounds, tick marks. */
final class Look {
  private Look() {}

  static void clear(JFreeChart chart) {
    chart.setBackgroundPaint(null);
    chart.setPadding(RectangleInsets.ZERO_INSETS);
    Plot plot = chart.getPlot();
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setInsets(RectangleInsets.ZERO_INSETS);
    switch (plot) {
      case CategoryPlot bars -> {
        bars.setAxisOffset(RectangleInsets.ZERO_INSETS);
        bars.setRangeZeroBaselineVisible(true);
        bars.setRangeZeroBaselinePaint(Card.BASE);
        bars.setRangeZeroBaselineStroke(Card.HAIRLINE);
        bars.setRangeGridlinePaint(Card.GRID);
        bars.setRangeGridlineStroke(Card.HAIRLINE);
      }
      case XYPlot lines -> {
        lines.setAxisOffset(RectangleInsets.ZERO_INSETS);
        lines.setDomainGridlinesVisible(false);
        lines.setRangeZeroBaselineVisible(true);
        lines.setRangeZeroBaselinePaint(Card.BASE);
        lines.setRangeZeroBaselineStroke(Card.HAIRLINE);
        lines.setRangeGridlinePaint(Card.GRID);
        lines.setRangeGridlineStroke(Card.HAIRLINE);
      }
      default -> throw new IllegalArgumentException("No look for a " + plot.getPlotType());
    }
  }

  static void thin(ValueAxis axis, NumberFormat labels) {
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    axis.setTickLabelFont(Card.SMALL);
    axis.setTickLabelPaint(Card.QUIET);
    ((NumberAxis) axis).setNumberFormatOverride(labels);
  }

  static BasicStroke line(float width, float... dashes) {
    return dashes.length == 0
        ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
  }
}
