package io.cloudelements.connectwise.cloudelements;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer whose head arrived.
 *
 * @param headers by name, which is looked up without regard to case
 */
public record Response(int status, Map<String, String> headers, Body body) {

  /** What came after the head. */
  public sealed interface Body {}

  /** The whole body; empty when there was none. */
  public record Complete(String text) implements Body {}

  /** The body is larger than an answer may be. */
  public record TooLarge() implements Body {}

  /**
   * The body could not be had.
   *
   * @param why a few words without anything of the body
   */
  public record Unreadable(String why) implements Body {}

  public Response {
    Map<String, String> lowerCase = new TreeMap<>();
    headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lowerCase);
  }

  /** One header; its name is looked up without regard to case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The body decides; the type is asked only where there is none, as some send it with nothing. */
  boolean isHtml() {
    return switch (body) {
      case Complete(String text) -> text.stripLeading().startsWith("<");
      case Unreadable _, TooLarge _ ->
          header("Content-Type")
              .map(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
              .orElse(false);
    };
  }
}
