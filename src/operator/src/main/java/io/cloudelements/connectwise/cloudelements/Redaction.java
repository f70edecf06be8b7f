package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.SecretValue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes the service's words fit for a condition, an event or a log: secrets are replaced, markup
 * and control characters go, and the length is bounded. ConnectWise's own text reaches the user
 * verbatim otherwise (contract §6), and providers do quote credentials.
 */
final class Redaction {
  /** Characters that are kept of one text. */
  static final int MAX_LENGTH = 300;

  /** Characters of a text that are looked at: a tenant's own server may answer with a mebibyte. */
  static final int MAX_READ = 4_096;

  private static final Pattern MARKUP = Pattern.compile("<[^<>]*>|[<>]");
  private static final Pattern UNFINISHED_MARKUP = Pattern.compile("<[^<>]*$");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");

  private final SecretScrubber scrubber;

  Redaction(SecretScrubber scrubber) {
    this.scrubber = scrubber;
  }

  static Redaction of(Collection<SecretValue> secrets) {
    return new Redaction(SecretScrubber.of(secrets));
  }

  /** This redaction for an answer that contains another secret, such as a token. */
  Redaction and(SecretValue secret) {
    return new Redaction(scrubber.and(List.of(secret)));
  }

  /** The text, fit to be shown; empty when nothing readable is left. */
  Optional<String> clean(String text) {
    boolean complete = text.length() <= MAX_READ;
    String read = complete ? text : text.substring(0, MAX_READ);
    // before the markup goes, which may be a part of a password, and after, since it may hide one
    String masked = scrubber.scrub(read, complete);
    String finished = complete ? masked : UNFINISHED_MARKUP.matcher(masked).replaceAll("");
    String plain = withoutControls(withoutMarkup(finished));
    String shown = (plain.equals(masked) ? masked : scrubber.scrub(plain, complete)).strip();
    return shown.isEmpty() ? Optional.empty() : Optional.of(bounded(shown));
  }

  /** The text with a space in place of each tag and angle bracket. */
  static String withoutMarkup(String text) {
    return MARKUP.matcher(text).replaceAll(" ");
  }

  /** The text with one space in place of control characters and white space. */
  static String withoutControls(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ");
  }

  private static String bounded(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    int end = MAX_LENGTH - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
