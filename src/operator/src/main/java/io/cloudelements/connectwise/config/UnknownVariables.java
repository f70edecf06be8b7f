package io.cloudelements.connectwise.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Unknown variables that begin like ours: typing errors that would otherwise be ignored. */
final class UnknownVariables {
  /**
   * Kubernetes describes every Service of the namespace by such variables: a Service named {@code
   * account} must not keep the operator from starting.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          ".*_SERVICE_(HOST|PORT(_.*)?)|.*_PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?");

  private UnknownVariables() {}

  /** One error for each, in alphabetical order. Values are not shown: one may be a secret. */
  static List<SettingError> among(Set<String> variables) {
    return variables.stream()
        .filter(name -> Setting.PREFIXES.stream().anyMatch(name::startsWith))
        .filter(name -> Arrays.stream(Setting.values()).noneMatch(it -> it.name().equals(name)))
        .filter(name -> !SERVICE_LINK.matcher(name).matches())
        .sorted()
        .map(name -> new SettingError(name, "is not a setting; " + wayOut(name)))
        .toList();
  }

  private static String wayOut(String name) {
    Setting nearest =
        Arrays.stream(Setting.values())
            .min(Comparator.comparingInt(setting -> distance(name, setting.name())))
            .orElseThrow();
    if (distance(name, nearest.name()) <= name.length() / 3) {
      return "did you mean " + nearest + "?";
    }
    return Arrays.stream(Setting.values())
        .map(Setting::name)
        .filter(
            it -> Setting.PREFIXES.stream().anyMatch(p -> it.startsWith(p) && name.startsWith(p)))
        .collect(Collectors.joining(", ", "remove it; settings that begin so are ", ""));
  }

  /** Levenshtein's: insertions, deletions and replacements that make one word of the other. */
  static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    Arrays.setAll(previous, column -> column);
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(
                previous[column - 1] + replaced,
                1 + Math.min(previous[column], current[column - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
