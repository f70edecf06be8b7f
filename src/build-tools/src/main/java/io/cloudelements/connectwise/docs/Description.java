package io.cloudelements.connectwise.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An object as {@code kubectl describe} prints it. */
final class Description {
  private static final String INDENT = "  ";

  private final List<String> lines = new ArrayList<>();

  private Description() {}

  /** One field of the object and everything below it. */
  static String of(String field, JsonNode value) {
    Description description = new Description();
    description.field(field, value, "");
    return description.aligned();
  }

  private void field(String name, JsonNode value, String indent) {
    String label = indent + label(name) + ":";
    if (value.isObject()) {
      lines.add(label);
      fields(value, indent + INDENT);
    } else if (value.isArray()) {
      lines.add(label);
      value.forEach(item -> {
        if (item.isObject()) {
          fields(item, indent + INDENT);
        } else {
          lines.add(indent + INDENT + item.asText());
        }
      });
    } else {
      lines.add(label + "\t" + value.asText());
    }
  }

  private void fields(JsonNode object, String indent) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    sorted.forEach((name, value) -> field(name, value, indent));
  }

  /** {@code lastTransitionTime} is shown as {@code Last Transition Time}. */
  private static String label(String name) {
    String words = name.replaceAll("([a-z])([A-Z])", "$1 $2");
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** Values of neighbouring lines stand below each other. */
  private String aligned() {
    StringBuilder text = new StringBuilder();
    for (int begin = 0; begin < lines.size(); ) {
      int end = begin;
      int width = 0;
      while (end < lines.size() && lines.get(end).contains("\t")) {
        width = Math.max(width, lines.get(end).indexOf('\t'));
        end++;
      }
      for (String line : lines.subList(begin, end)) {
        int tab = line.indexOf('\t');
        text.append(line, 0, tab)
            .append(" ".repeat(width - tab + 2))
            .append(line.substring(tab + 1))
            .append('\n');
      }
      if (end == begin) {
        text.append(lines.get(end)).append('\n');
        end++;
      }
      begin = end;
    }
    return text.toString();
  }
}
