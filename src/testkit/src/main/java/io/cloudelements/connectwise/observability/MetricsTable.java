package io.cloudelements.connectwise.observability;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of the operator's own metrics in {@code docs/metrics.md}, as a scrape has them. */
final class MetricsTable {
  static final String BEGIN = "<!-- metrics:begin -->\n";
  static final String END = "<!-- metrics:end -->\n";

  private static final String OURS = "connectwise_";
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(\\{[^}]*})? .*");
  private static final Pattern ROUTE_BRACES = Pattern.compile("\\{[a-z]+}");

  private record Family(String type, String help, TreeSet<String> labels) {}

  private MetricsTable() {}

  /** Names without the {@code _max} that the client adds to each histogram. */
  static Map<String, String> rows(String scrape) {
    Map<String, Family> families = new TreeMap<>();
    Map<String, String> helps = new LinkedHashMap<>();
    for (String line : scrape.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP " + OURS)) {
        helps.put(words[2], words[3]);
      } else if (line.startsWith("# TYPE " + OURS) && !words[2].endsWith("_max")) {
        families.put(words[2], new Family(words[3], helps.get(words[2]), new TreeSet<>()));
      } else if (line.startsWith(OURS)) {
        Matcher sample = SAMPLE.matcher(ROUTE_BRACES.matcher(line).replaceAll("id"));
        if (sample.matches() && sample.group(2) != null) {
          addLabels(families, sample.group(1), sample.group(2));
        }
      }
    }
    Map<String, String> rows = new TreeMap<>();
    families.forEach((name, family) ->
        rows.put(
            name,
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    name,
                    family.type(),
                    family.labels().isEmpty()
                        ? ""
                        : "`" + String.join("`, `", family.labels()) + "`",
                    family.help())));
    return rows;
  }

  private static void addLabels(Map<String, Family> families, String sample, String labels) {
    families.forEach((name, family) -> {
      boolean ofHistogram =
          family.type().equals("histogram") && sample.matches(name + "_(bucket|count|sum)");
      if (sample.equals(name) || ofHistogram) {
        LABEL.matcher(labels).results().map(found -> found.group(1)).forEach(family.labels()::add);
        family.labels().remove("le");
      }
    });
  }

  static String render(String scrape) {
    return "| name | type | labels | meaning |\n|---|---|---|---|\n"
        + String.join("", rows(scrape).values());
  }

  /** What stands between the marks of a page. */
  static String in(String page) {
    return page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
  }
}
