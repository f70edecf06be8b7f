package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.cloudelements.connectwise.instance.VisibleText;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** The forms of a command's result. */
enum Output {
  TABLE,
  JSON,
  YAML;

  /** Made when the first result is written in its form: most commands print a table. */
  private static final class JsonForm {
    static final ObjectMapper WRITER =
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  }

  /** The same for YAML. */
  private static final class YamlForm {
    static final ObjectMapper WRITER =
        YAMLMapper.builder(YAMLFactory.builder().stringQuotingChecker(new Quotes()).build())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();
  }

  /**
   * A value that does not begin like a word could be a number or a date to another parser. A value
   * with hidden characters is quoted, so that their escapes keep the value.
   */
  private static final class Quotes extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needToQuoteValue(String value) {
      return super.needToQuoteValue(value)
          || isHiding(value)
          || !(Character.isLetter(value.charAt(0)) || value.charAt(0) == '/');
    }

    @Override
    public boolean needToQuoteName(String name) {
      return super.needToQuoteName(name) || isHiding(name);
    }

    private static boolean isHiding(String text) {
      return !VisibleText.lines(text).equals(text);
    }
  }

  /**
   * @param data the whole result
   * @param text the same for people
   */
  String render(JsonNode data, Supplier<String> text) {
    return switch (this) {
      case TABLE -> text.get();
      case JSON -> json(data) + "\n";
      case YAML -> yaml(data);
    };
  }

  static String json(JsonNode data) {
    return VisibleText.json(written(JsonForm.WRITER, data));
  }

  static String yaml(JsonNode data) {
    return VisibleText.lines(written(YamlForm.WRITER, data));
  }

  private static String written(ObjectMapper writer, JsonNode data) {
    try {
      return writer.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of values can always be written", e);
    }
  }
}
