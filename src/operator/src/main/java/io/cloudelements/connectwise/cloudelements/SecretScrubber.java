package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.SecretValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Replaces secrets in a text that the service wrote, in every spelling of {@link SecretSpellings}.
 * Immutable, and made once for an account: its answers are many.
 */
final class SecretScrubber {
  private final List<SecretSpellings> known;

  private SecretScrubber(List<SecretSpellings> known) {
    this.known = List.copyOf(known);
  }

  static SecretScrubber of(Collection<SecretValue> secrets) {
    return new SecretScrubber(List.of(new SecretSpellings(secrets)));
  }

  /** This scrubber for a call that tells further secrets, or an answer that contains a token. */
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

  /**
   * The text with {@link Configuration#MASK} in place of each secret; secrets that overlap are
   * hidden together.
   *
   * @param complete false: the text goes on, and its end is hidden when a secret may begin there
   */
  String scrub(String text, boolean complete) {
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
