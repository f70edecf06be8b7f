package io.cloudelements.connectwise.picture;

import io.cloudelements.connectwise.picture.BarPicture.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Draws the pictures of docs/performance.md from its tables, so that no benchmark has to run. */
public final class PerformancePictures {
  static final Path REPORT = Path.of("docs", "performance.md");

  /** What a person types to draw them anew. */
  static final String COMMAND = "./mvnw -q test-compile exec:exec@pictures";

  private static final String OPERATOR = "operator";
  private static final String READY = "until all are Ready, s";
  private static final String PEAK = "peak RSS, MiB";
  private static final Unit WRITES = new Unit.Counted("write", "writes");
  private static final Unit CALLS = new Unit.Counted("call", "calls");
  private static final Unit RESOURCES = new Unit.Counted("resource", "resources");

  /** Title and file. */
  private static final Pattern SHOWN =
      Pattern.compile("!\\[(.+)]\\((performance/[\\w-]+\\.svg)\\)");

  /** By file: what draws it from a title and the figures. */
  private static final Map<String, BiFunction<String, ReportTables, String>> PICTURES =
      Map.of(
          "performance/create.svg",
          (title, tables) -> bars(title, Unit.SECONDS, tables.row("create-1000", READY)),
          "performance/create-cpu.svg",
          (title, tables) -> bars(title, Unit.SECONDS, tables.row("create-1000", "its CPU, s")),
          "performance/create-rss.svg",
          (title, tables) -> bars(title, Unit.MEBIBYTES, tables.row("create-1000", PEAK)),
          "performance/create-writes.svg",
          (title, tables) ->
              bars(title, WRITES, tables.row("create-1000", "kube writes per resource")),
          "performance/rest-calls.svg",
          (title, tables) ->
              bars(title, CALLS, tables.row("create-1000, a minute of rest", "remote calls")),
          "performance/growth.svg",
          (title, tables) ->
              new GrowthPicture(title, RESOURCES, Unit.SECONDS, true, lines(tables, READY)).svg(),
          "performance/growth-rss.svg",
          (title, tables) ->
              new GrowthPicture(title, RESOURCES, Unit.MEBIBYTES, false, lines(tables, PEAK))
                  .svg());

  private PerformancePictures() {}

  public static void main(String[] arguments) throws IOException {
    for (var picture : draw(Files.readString(REPORT)).entrySet()) {
      Files.writeString(REPORT.resolveSibling(picture.getKey()), picture.getValue());
    }
  }

  /** SVG, by file, of each picture that the report shows. */
  static Map<String, String> draw(String report) {
    ReportTables tables = ReportTables.of(report);
    Map<String, String> drawn = new LinkedHashMap<>();
    SHOWN
        .matcher(report)
        .results()
        .forEach(shown -> drawn.put(shown.group(2), draw(shown.group(2), shown.group(1), tables)));
    return drawn;
  }

  private static String draw(String file, String title, ReportTables tables) {
    BiFunction<String, ReportTables, String> picture = PICTURES.get(file);
    if (picture == null) {
      throw new IllegalArgumentException(REPORT + " shows an unknown picture: " + file);
    }
    return picture.apply(title, tables);
  }

  private static String bars(String title, Unit unit, Map<String, Double> row) {
    List<Bar> bars =
        row.entrySet().stream().map(cell -> new Bar(cell.getKey(), cell.getValue())).toList();
    return new BarPicture(title, unit, bars, OPERATOR).svg();
  }

  private static List<Line> lines(ReportTables tables, String row) {
    List<Line> lines = new ArrayList<>();
    for (String contender : List.of(OPERATOR, "floor")) {
      List<Line.Point> points = new ArrayList<>();
      for (String table : List.of("create-100", "create-1000", "scale-10000")) {
        Double number = tables.row(table, row).get(contender);
        if (number != null) {
          points.add(new Line.Point(Double.parseDouble(table.replaceAll("\\D", "")), number));
        }
      }
      if (!points.isEmpty()) {
        lines.add(new Line(contender, points));
      }
    }
    return lines;
  }
}
