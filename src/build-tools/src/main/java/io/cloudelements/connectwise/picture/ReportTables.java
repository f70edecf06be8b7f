package io.cloudelements.connectwise.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures of the benchmarks' report, read from its tables.
 *
 * @param rows by the name of the table and of the row, each with its numbers by column
 */
record ReportTables(Map<String, Map<String, Map<String, Double>>> rows) {
  private static final Pattern NAME = Pattern.compile("\\*\\*(.+)\\*\\*");

  /** The median; the range of several runs stands behind it. */
  private static final Pattern NUMBER = Pattern.compile("(\\d[\\d,]*(?:\\.\\d+)?)(?: \\(.*\\))?");

  static ReportTables of(String report) {
    Map<String, Map<String, Map<String, Double>>> tables = new HashMap<>();
    String name = "";
    List<String> head = List.of();
    for (String line : report.lines().toList()) {
      Matcher named = NAME.matcher(line);
      if (named.matches()) {
        name = named.group(1);
      } else if (!line.startsWith("|")) {
        head = List.of();
      } else if (head.isEmpty()) {
        head = cells(line);
      } else {
        List<String> cells = cells(line);
        tables
            .computeIfAbsent(name, _ -> new HashMap<>())
            .put(cells.getFirst(), numbers(head, cells));
      }
    }
    return new ReportTables(tables);
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.substring(1).split("\\|")) {
      cells.add(cell.strip());
    }
    return cells;
  }

  /** By column, in the order of the columns; a cell without a number is left out. */
  private static Map<String, Double> numbers(List<String> head, List<String> cells) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (int i = 1; i < Math.min(head.size(), cells.size()); i++) {
      Matcher number = NUMBER.matcher(cells.get(i));
      if (number.matches()) {
        numbers.put(head.get(i), Double.valueOf(number.group(1).replace(",", "")));
      }
    }
    return numbers;
  }

  Map<String, Double> row(String table, String row) {
    return rows.getOrDefault(table, Map.of()).getOrDefault(row, Map.of());
  }
}
