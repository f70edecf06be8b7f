package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.BoundedText;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.SecretValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.regex.Pattern;

/**
 * Makes the service's words fit for a condition, an event or a log: secrets are replaced in every
 * spelling of {@link SecretSpellings}; markup, control characters and halves of surrogate pairs go;
 * and the length is bounded. ConnectWise's own text reaches the user verbatim otherwise (contract
 * §6), and providers do quote credentials.
 *
 * <p>Immutable, and made once for an account: its answers are many.
 */
final class SecretScrubber {
  /** Characters that are kept of one text. */
  static final int MAX_LENGTH = 300;

  /** Characters of a text that are searched: a tenant's own server may answer with a mebibyte. */
  static final int MAX_READ = 4_096;

  private static final Pattern MARKUP = Pattern.compile("<[^<>]*>|[<>]");
  private static final Pattern UNFINISHED_MARKUP = Pattern.compile("<[^<>]*$");

  /** Halves of surrogate pairs among them: JSON can name them, and no UTF-8 text can hold them. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\s]+");

  private final List<SecretSpellings> known;

  private SecretScrubber(List<SecretSpellings> known) {
    this.known = List.copyOf(known);
  }

  static SecretScrubber of(Collection<SecretValue> secrets) {
    return new SecretScrubber(List.of(new SecretSpellings(secrets)));
  }

  /** This scrubber for a call that sends further secrets, or an answer that contains a token. */
  SecretScrubber and(Collection<SecretValue> secrets) {
    List<SecretValue> unknown =
        secrets.stream()
            .filter(secret -> known.stream().noneMatch(spellings -> spellings.isOf(secret)))
            .toList();
    if (unknown.isEmpty()) {
      return this;
    }
    List<SecretSpellings> more = new ArrayList<>(known);
    more.add(new SecretSpellings(unknown));
    return new SecretScrubber(more);
  }

  /** The text, fit to be shown; empty when nothing readable is left. */
  Optional<String> clean(String text) {
    boolean complete = text.length() <= MAX_READ;
    String read = complete ? text : text.substring(0, MAX_READ);
    // before the markup goes, which may be a part of a password, and after, since it may hide one
    String masked = scrub(read, complete);
    String finished = complete ? masked : UNFINISHED_MARKUP.matcher(masked).replaceAll("");
    String plain = withoutControls(withoutMarkup(finished));
    String shown = (plain.equals(masked) ? masked : scrub(plain, complete)).strip();
    return shown.isEmpty() ? Optional.empty() : Optional.of(BoundedText.of(shown, MAX_LENGTH));
  }

  /** The text with a space in place of each tag and angle bracket. */
  static String withoutMarkup(String text) {
    return MARKUP.matcher(text).replaceAll(" ");
  }

  /** The text with one space in place of what cannot be shown and of white space. */
  static String withoutControls(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ");
  }

  /**
   * The text with {@link Configuration#MASK} in place of each secret; secrets that overlap are
   * hidden together.
   *
   * @param complete false: the text goes on, and its end is hidden when a secret may begin there
   */
  private String scrub(String text, boolean complete) {
    String folded = SecretSpellings.fold(text);
    StringBuilder shown = new StringBuilder(text.length());
    int hiddenUntil = 0;
    for (int at = 0; at < text.length(); at++) {
      int end = endOfSecret(folded, at, complete);
      if (end > at && at >= hiddenUntil) {
        shown.append(Configuration.MASK);
      }
      hiddenUntil = Math.max(hiddenUntil, end);
      if (at >= hiddenUntil) {
        shown.append(text.charAt(at));
      }
    }
    return shown.toString();
  }

  private int endOfSecret(String folded, int at, boolean complete) {
    int end = at;
    for (SecretSpellings spellings : known) {
      end = Math.max(end, spellings.endOfMatch(folded, at, complete));
    }
    return end;
  }

  /** One scrubber for each account and its secrets, as long as a reconcile holds the account. */
  static final class Cache {
    private final Map<AccountAccess, SecretScrubber> scrubbers =
        Collections.synchronizedMap(new WeakHashMap<>());

    /** Knows what the answer to a call may quote. */
    SecretScrubber scrubber(AccountAccess access, InstanceCall<?> call) {
      return scrubbers
          .computeIfAbsent(access, known -> SecretScrubber.of(known.secrets()))
          .and(call.secrets());
    }
  }
}
