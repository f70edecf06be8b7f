package io.cloudelements.connectwise.config;

import io.cloudelements.connectwise.config.ParseResult.Invalid;
import io.cloudelements.connectwise.config.ParseResult.Value;
import io.cloudelements.connectwise.instance.GoDuration;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the text of a setting has to look like, and its reading. */
sealed interface SettingType {
  /** Reads a text that is neither empty nor surrounded by white space. */
  ParseResult<?> parse(String text);

  /** Ends the sentences "a value is …" and "use …"; in Markdown. */
  String form();

  /** A duration within bounds; zero means never where that is allowed. */
  record Span(Duration least, Duration most, boolean zeroMeansNever) implements SettingType {
    @Override
    public ParseResult<?> parse(String text) {
      Optional<Duration> duration = GoDuration.parse(text);
      if (duration.isEmpty()) {
        return new Invalid<>("is not a duration");
      }
      Duration value = duration.get();
      if (value.isZero() && zeroMeansNever) {
        return new Value<>(value);
      }
      if (value.compareTo(least) < 0) {
        return new Invalid<>("is shorter than " + GoDuration.print(least));
      }
      return value.compareTo(most) > 0
          ? new Invalid<>("is longer than " + GoDuration.print(most))
          : new Value<>(value);
    }

    @Override
    public String form() {
      String span = GoDuration.print(least) + " to " + GoDuration.print(most);
      return "a duration like `10m` or `1h30m`, "
          + (zeroMeansNever ? "`0` (never) or " + span : span);
    }
  }

  /** An integer within bounds. */
  record WholeNumber(int least, int most) implements SettingType {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    @Override
    public ParseResult<?> parse(String text) {
      if (text.startsWith("tcp://")) {
        return new Invalid<>(
            "comes from Kubernetes, which describes a Service of that name by such variables (set"
                + " enableServiceLinks: false in the pod)");
      }
      if (!DIGITS.matcher(text).matches()) {
        return new Invalid<>("is not a whole number");
      }
      int number = Integer.parseInt(text);
      return number < least || number > most
          ? new Invalid<>("is out of range")
          : new Value<>(number);
    }

    @Override
    public String form() {
      return "a whole number, " + least + " to " + most;
    }
  }

  /** Yes or no. */
  record Flag() implements SettingType {
    @Override
    public ParseResult<?> parse(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> new Value<>(true);
        case "false" -> new Value<>(false);
        default -> new Invalid<>("is neither true nor false");
      };
    }

    @Override
    public String form() {
      return "`true` or `false`";
    }
  }

  /** One constant of an enum, in any case. */
  record Choice<E extends Enum<E>>(Class<E> constants, Function<E, String> word)
      implements SettingType {
    /** By their names in lower case. */
    Choice(Class<E> constants) {
      this(constants, constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public ParseResult<?> parse(String text) {
      for (E constant : constants.getEnumConstants()) {
        if (word.apply(constant).equalsIgnoreCase(text)) {
          return new Value<>(constant);
        }
      }
      return new Invalid<>("is not one of them");
    }

    List<String> words() {
      return Arrays.stream(constants.getEnumConstants()).map(word).toList();
    }

    @Override
    public String form() {
      return words().stream().map(text -> "`" + text + "`").collect(Collectors.joining(", "));
    }
  }

  /** A word of a certain shape. */
  record Text(Pattern shape, String form) implements SettingType {
    static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    static final Text NAMESPACE = new Text(DNS_LABEL, "the name of a namespace");
    static final Text CLUSTER_NAME =
        new Text(
            Pattern.compile("[A-Za-z0-9]([-._A-Za-z0-9]{0,251}[A-Za-z0-9])?"),
            "1 to 253 letters, digits, `-`, `_` and `.`, a letter or digit at both ends");

    @Override
    public ParseResult<?> parse(String text) {
      return shape.matcher(text).matches()
          ? new Value<>(text)
          : new Invalid<>("does not look like one");
    }
  }

  /** Names of namespaces. */
  record Names() implements SettingType {
    @Override
    public ParseResult<?> parse(String text) {
      return items(text, name -> Text.DNS_LABEL.matcher(name).matches());
    }

    @Override
    public String form() {
      return "names of namespaces, separated by commas";
    }
  }

  /** A label selector in kubectl's notation. */
  record LabelSelector() implements SettingType {
    private static final String VALUE = "([A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?)?";
    private static final String KEY =
        "([a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?";
    private static final String TERM =
        "\\s*(!\\s*%1$s|%1$s(\\s*(=|==|!=)\\s*%2$s)?|%1$s\\s+(in|notin)\\s*\\(\\s*%2$s(\\s*,\\s*%2$s)*\\s*\\))\\s*"
            .formatted(KEY, VALUE);
    private static final Pattern SELECTOR = Pattern.compile(TERM + "(," + TERM + ")*");

    @Override
    public ParseResult<?> parse(String text) {
      return SELECTOR.matcher(text).matches()
          ? new Value<>(text)
          : new Invalid<>("is not a label selector");
    }

    @Override
    public String form() {
      return "a label selector like `team=red` or `shard in (a,b),!legacy`";
    }
  }

  /** Base of an API: scheme, host and path only. */
  record BaseUrl() implements SettingType {
    @Override
    public ParseResult<?> parse(String text) {
      Optional<URI> url = Urls.base(text);
      return url.isPresent() ? new Value<>(url.get()) : new Invalid<>("is not a base URL");
    }

    @Override
    public String form() {
      return "a URL of scheme, host and path, without user, query or fragment";
    }
  }

  /** Base URLs in whose host {@code *} stands for one or more labels. */
  record BaseUrlPatterns() implements SettingType {
    @Override
    public ParseResult<?> parse(String text) {
      return items(text, Urls::isBasePattern);
    }

    @Override
    public String form() {
      return "base URLs, separated by commas; `*` for host labels, not for the last";
    }
  }

  /** Path of a file; whether it exists is asked elsewhere, for that is no matter of text. */
  record FilePath() implements SettingType {
    @Override
    public ParseResult<?> parse(String text) {
      try {
        Path path = Path.of(text);
        return path.isAbsolute() ? new Value<>(path) : new Invalid<>("is not an absolute path");
      } catch (InvalidPathException e) {
        return new Invalid<>("is not a path (" + e.getReason() + ")");
      }
    }

    @Override
    public String form() {
      return "the absolute path of a readable file";
    }
  }

  /** URL of an HTTP proxy, maybe with a user. */
  record ProxyUrl() implements SettingType {
    @Override
    public ParseResult<?> parse(String text) {
      Optional<URI> proxy = Urls.proxy(text);
      return proxy.isPresent() ? new Value<>(proxy.get()) : new Invalid<>("is not an HTTP proxy");
    }

    @Override
    public String form() {
      return "`http://[user:password@]host:port`";
    }
  }

  /**
   * Hosts that are reached without the proxy; the adapter reads each entry leniently, as curl does.
   */
  record ProxyExceptions() implements SettingType {
    @Override
    public ParseResult<?> parse(String text) {
      return new Value<>(split(text).toList());
    }

    @Override
    public String form() {
      return "hosts, domains, addresses or blocks of them, separated by commas; `*` for all";
    }
  }

  private static ParseResult<List<String>> items(String text, Predicate<String> valid) {
    List<String> items = split(text).toList();
    String wrong =
        items.stream()
            .filter(item -> !valid.test(item))
            .map(Quoted::of)
            .collect(Collectors.joining(", "));
    if (wrong.isEmpty()) {
      return items.isEmpty() ? new Invalid<>("holds nothing but commas") : new Value<>(items);
    }
    return new Invalid<>("holds what is none: " + wrong);
  }

  private static Stream<String> split(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .distinct();
  }
}
