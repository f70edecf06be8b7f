package io.cloudelements.connectwise.instance;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An annotation by which a person confirms something once. Its value names what is confirmed: an
 * instance by its id, or {@linkplain #toBeginAnew what is left behind and the account to begin anew
 * in}. A value that names something else, or nothing as {@code "true"} does, confirms nothing.
 */
public enum Confirmation {
  TAKE_OVER("cloudelements.io/take-over") {
    @Override
    Optional<String> given(DesiredInstance desired) {
      return desired.takeOver();
    }
  },
  RECREATE("cloudelements.io/confirm-recreate") {
    @Override
    Optional<String> given(DesiredInstance desired) {
      return desired.confirmations().recreate();
    }
  },
  /** An account object has the same annotation, for all its deletions that are held. */
  DELETE("cloudelements.io/confirm-deletion") {
    @Override
    Optional<String> given(DesiredInstance desired) {
      return desired.confirmations().deletion();
    }
  };

  private static final int LONGEST_QUOTE = 64;

  private static final String REQUEST = "annotate this resource with ";
  private static final Pattern REQUESTED =
      Pattern.compile(Pattern.quote(REQUEST) + "\\S+: \"([^\"]*)\"");

  private final String annotation;

  Confirmation(String annotation) {
    this.annotation = annotation;
  }

  abstract Optional<String> given(DesiredInstance desired);

  public String annotation() {
    return annotation;
  }

  /**
   * What names that an instance may be made in an account although the recorded one, or what the
   * open attempt made, may exist: {@code ID@FINGERPRINT} or {@code TIME@FINGERPRINT}. The account
   * alone would name every later loss in it as well.
   *
   * @param account fingerprint of the account
   * @return empty where nothing is recorded that may exist
   */
  public static Optional<String> toBeginAnew(Recorded recorded, String account) {
    return recorded
        .instanceId()
        .map(id -> Long.toString(id))
        .or(() -> recorded.intent().map(attempt -> attempt.startedAt().toString()))
        .map(left -> left + "@" + account);
  }

  /**
   * What names an instance that may be taken as long as that owner has it, as {@code ID@TAG}. In a
   * repository the id alone would let each cluster that follows it take the instance once.
   *
   * @param ownershipTag of the owner
   */
  public static String toTakeFrom(long id, String ownershipTag) {
    return id + "@" + ownershipTag;
  }

  /**
   * What to write, and a command line that does, as the end of a sentence; a value that does not
   * fit is refused with it.
   */
  String by(String value, DesiredInstance desired) {
    String refused =
        given(desired)
            .filter(given -> !given.equals(value))
            .map(given -> "; the value \"" + quoted(given) + "\" does not confirm this")
            .orElse("");
    return REQUEST
        + "%s: \"%s\" (kubectl annotate cwi -n %s %s --overwrite %s=%s)%s"
            .formatted(
                annotation,
                value,
                desired.resource().namespace(),
                desired.resource().name(),
                annotation,
                value,
                refused);
  }

  /** The value that a message asks for by {@link #by}. */
  public static Optional<String> valueIn(String message) {
    Matcher asked = REQUESTED.matcher(message);
    return asked.results().map(found -> found.group(1)).findFirst();
  }

  /** Others write it, and it ends up on terminals and beside a command that people copy. */
  private static String quoted(String given) {
    String plain = given.replaceAll("[^A-Za-z0-9@:._-]", "?");
    return plain.length() <= LONGEST_QUOTE ? plain : plain.substring(0, LONGEST_QUOTE) + "…";
  }
}
