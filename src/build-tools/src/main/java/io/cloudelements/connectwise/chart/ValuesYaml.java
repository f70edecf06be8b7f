package io.cloudelements.connectwise.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;

/** Writes the chart's {@code values.yaml}: every default, and what it means. */
final class ValuesYaml {
  private static final int WIDTH = 100;
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private final StringBuilder text = new StringBuilder();

  private ValuesYaml() {}

  static String render(List<ChartValue> values) {
    ValuesYaml file = new ValuesYaml();
    file.comment("", "Generated; do not edit. To write it anew: " + ChartGenerator.COMMAND);
    for (ChartValue value : values) {
      file.value("", value);
    }
    return file.text.toString();
  }

  private void value(String indent, ChartValue value) {
    if (indent.isEmpty() && !(value instanceof ChartValue.Hidden)) {
      text.append('\n');
    }
    switch (value) {
      case ChartValue.Group group -> group(indent, group);
      case ChartValue.Leaf leaf -> {
        comment(indent, leaf.description());
        if (!leaf.example().isEmpty()) {
          block(indent + "# ", leaf.name() + ":", leaf.example());
        }
        text.append(indent)
            .append(leaf.name())
            .append(':')
            .append(written(indent, leaf.fallback()));
      }
      case ChartValue.Optional optional -> {
        text.append(indent.isEmpty() ? "" : "\n");
        comment(indent, optional.description());
        block(indent + "# ", optional.name() + ":", optional.example());
      }
      case ChartValue.Hidden _ -> {
        // who needs it knows it
      }
    }
  }

  private void group(String indent, ChartValue.Group group) {
    comment(indent, group.description());
    boolean empty = group.members().stream().allMatch(ChartValue.Optional.class::isInstance);
    text.append(indent).append(group.name()).append(empty ? ": {}\n" : ":\n");
    group.members().forEach(member -> value(indent + "  ", member));
  }

  private void block(String prefix, String key, String yaml) {
    text.append(prefix).append(key);
    if (yaml.startsWith("\n")) {
      yaml.substring(1).lines().forEach(line -> text.append('\n').append(prefix).append(line));
      text.append('\n');
    } else if (yaml.contains("\n") || yaml.startsWith("- ") || yaml.contains(": ")) {
      yaml.lines().forEach(line -> text.append('\n').append(prefix).append("  ").append(line));
      text.append('\n');
    } else {
      text.append(' ').append(yaml).append('\n');
    }
  }

  private static String written(String indent, JsonNode value) {
    if (value.isTextual() && value.asText().isEmpty()) {
      return " \"\"\n";
    }
    if (value.isTextual()) {
      return " " + value.asText() + "\n";
    }
    if (value.isEmpty() || value.isArray()) {
      return " " + value.toString().replace(",", ", ") + "\n";
    }
    try {
      return "\n" + YAML.writeValueAsString(value).indent(indent.length() + 2);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as YAML: " + value, e);
    }
  }

  private void comment(String indent, String sentences) {
    StringBuilder line = new StringBuilder();
    for (String word : sentences.split(" ")) {
      if (!line.isEmpty() && indent.length() + 3 + line.length() + word.length() > WIDTH) {
        text.append(indent).append("# ").append(line).append('\n');
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      text.append(indent).append("# ").append(line).append('\n');
    }
  }
}
