package io.cloudelements.connectwise.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** The figures that are better seen than read, as SVG. */
record Plots(Results results) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  /** A file in the report's folder {@code performance}. */
  record Plot(String file, String title) {
    String markdown() {
      return "\n![%s](performance/%s.svg)\n".formatted(title, file);
    }
  }

  /** Draws what there are figures for. */
  List<Plot> write(Path directory) throws IOException {
    List<Plot> drawn = new ArrayList<>();
    for (Optional<Plot> plot :
        List.of(
            bars(directory, "create-1000", Metric.ALL_READY, "create", "1,000 created at 50 ms"),
            bars(directory, "create-1000", Metric.CPU, "create-cpu", "CPU for 1,000 creations"),
            bars(directory, "create-1000", Metric.PEAK_RSS, "create-rss", "Peak RSS for 1,000"),
            bars(
                directory,
                "create-1000",
                Metric.WRITES_EACH,
                "create-writes",
                "Kube writes per creation"),
            bars(
                directory,
                "create-1000, a minute of rest",
                Metric.REMOTE_CALLS,
                "rest-calls",
                "Remote calls of 1,000 resources in a minute of rest"),
            growth(directory, Metric.ALL_READY, "growth", "Creation, by number of resources"),
            growth(directory, Metric.PEAK_RSS, "growth-rss", "Peak RSS, by number of resources"))) {
      plot.ifPresent(drawn::add);
    }
    return drawn;
  }

  private Optional<Plot> bars(
      Path directory, String benchmark, Metric metric, String file, String title)
      throws IOException {
    List<String> contenders =
        Stream.of(Contender.values())
            .map(Contender::label)
            .filter(label -> results.median(benchmark, label, metric).isPresent())
            .toList();
    if (contenders.isEmpty()) {
      return Optional.empty();
    }
    List<Double> values =
        contenders.stream()
            .map(label -> results.median(benchmark, label, metric).getAsDouble())
            .toList();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(metric.label())
            .build();
    chart.getStyler().setLegendVisible(false).setChartTitleBoxVisible(false);
    chart.getStyler().setLabelsVisible(true).setAvailableSpaceFill(0.5);
    chart.addSeries(metric.label(), contenders, values);
    return saved(directory, chart, file, title);
  }

  private Optional<Plot> growth(Path directory, Metric metric, String file, String title)
      throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("resources")
            .yAxisTitle(metric.label())
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisMin(0.0);
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.InsideNW)
        .setChartTitleBoxVisible(false);
    for (Contender contender : List.of(Contender.OPERATOR, Contender.FLOOR)) {
      List<Double> counts = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (String benchmark : List.of("create-100", "create-1000", "scale-10000")) {
        OptionalDouble value = results.median(benchmark, contender.label(), metric);
        if (value.isPresent()) {
          counts.add(Double.valueOf(benchmark.substring(benchmark.indexOf('-') + 1)));
          values.add(value.getAsDouble());
        }
      }
      if (counts.size() > 1) {
        chart.addSeries(contender.label(), counts, values);
      }
    }
    return chart.getSeriesMap().isEmpty() ? Optional.empty() : saved(directory, chart, file, title);
  }

  private static Optional<Plot> saved(Path directory, Chart<?, ?> chart, String file, String title)
      throws IOException {
    VectorGraphicsEncoder.saveVectorGraphic(
        chart, directory.resolve(file).toString(), VectorGraphicsFormat.SVG);
    return Optional.of(new Plot(file, title));
  }
}
