package io.cloudelements.connectwise.picture;

import java.awt.Color;
import java.awt.Paint;
import java.awt.Rectangle;
import java.util.List;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * One number of several programs.
 *
 * @param highlighted the name of the bar in colour
 */
public record BarPicture(String title, Unit unit, List<Bar> bars, String highlighted) {
  private static final int BAR_HEIGHT = 34;

  /** A program and its number. */
  public record Bar(String name, double value) {}

  public String svg() {
    Card card = new Card(bars.size() * BAR_HEIGHT + 76);
    card.text(title, Card.MARGIN, 28, Card.TITLE, Card.TEXT);
    Rectangle area =
        new Rectangle(Card.MARGIN, 40, Card.WIDTH - 2 * Card.MARGIN, bars.size() * BAR_HEIGHT + 28);
    chart().draw(card.graphics(), area);
    return card.svg();
  }

  private JFreeChart chart() {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    bars.forEach(bar -> data.addValue(bar.value(), "", bar.name()));
    JFreeChart chart =
        ChartFactory.createBarChart(
            null, null, null, data, PlotOrientation.HORIZONTAL, false, false, false);
    Look.clear(chart);
    CategoryPlot plot = chart.getCategoryPlot();
    plot.setRenderer(renderer());
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    CategoryAxis names = plot.getDomainAxis();
    names.setAxisLineVisible(false);
    names.setTickMarksVisible(false);
    names.setTickLabelFont(Card.LABEL);
    names.setTickLabelPaint(Card.QUIET);
    names.setTickLabelPaint(highlighted, Card.OPERATOR);
    names.setMaximumCategoryLabelWidthRatio(0.4f);
    names.setCategoryMargin(0.35);
    names.setLowerMargin(0.02);
    names.setUpperMargin(0.02);
    NumberAxis values = (NumberAxis) plot.getRangeAxis();
    Look.thin(values, new LabelFormat(unit::label));
    double largest = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    // room for the label of the longest bar, less than a fifth: that would be one more step
    Steps.upTo(largest, 5, unit).applyTo(values, 0.18);
    return chart;
  }

  private BarRenderer renderer() {
    BarRenderer renderer =
        new BarRenderer() {
          private static final long serialVersionUID = 1L;

          @Override
          public Paint getItemPaint(int row, int column) {
            return color(column);
          }

          @Override
          public Paint getItemLabelPaint(int row, int column) {
            return color(column) == Card.OPERATOR ? Card.OPERATOR : Card.TEXT;
          }
        };
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDefaultItemLabelGenerator(
        new StandardCategoryItemLabelGenerator("{2}", new LabelFormat(unit::label)));
    renderer.setDefaultItemLabelFont(Card.LABEL);
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setItemLabelAnchorOffset(6);
    renderer.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
    return renderer;
  }

  private Color color(int place) {
    return bars.get(place).name().equals(highlighted) ? Card.OPERATOR : Card.OTHER;
  }
}
