package io.cloudelements.connectwise.secret;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One text of {@code spec.tokenSecret.template}, expanded as Kubernetes expands the {@code args} of
 * a container: {@code $(name)} is replaced once, {@code $$} is a literal {@code $}, and a reference
 * that names nothing known stays as it is.
 */
public record TemplateText(String text) {

  /**
   * Matches a text whose every reference is closed and names a placeholder; written for CEL. Java
   * would need a stack as deep as the text is long for it.
   */
  public static final String PATTERN =
      "^([^$]|[$][$]|[$][^$(]|[$][(](%s)[)])*[$]?$"
          .formatted(
              Arrays.stream(TemplatePlaceholder.values())
                  .map(TemplatePlaceholder::key)
                  .collect(Collectors.joining("|")));

  /** An escaped {@code $}, a reference, or the beginning of one that nothing closes. */
  private static final Pattern OPERATOR = Pattern.compile("[$](?:[$]|[(](?:[^)]*[)])?)");

  /** Whether a reference is not closed, or names what has no value. */
  boolean hasUnknownReference() {
    return references().anyMatch(reference -> placeholder(reference).isEmpty());
  }

  /** What it names. */
  Set<TemplatePlaceholder> placeholders() {
    Set<TemplatePlaceholder> named = EnumSet.noneOf(TemplatePlaceholder.class);
    references().forEach(reference -> placeholder(reference).ifPresent(named::add));
    return named;
  }

  /**
   * The text with the placeholders' values in their place; empty when that has more characters than
   * it may. Expansion stops there: a user chooses how long a value is, and how often it is named.
   *
   * @param values empty: the reference stays as it is
   */
  Optional<String> expanded(
      Function<TemplatePlaceholder, Optional<String>> values, long mostCharacters) {
    StringBuilder expanded = new StringBuilder();
    Matcher operator = OPERATOR.matcher(text);
    while (operator.find() && expanded.length() <= mostCharacters) {
      MatchResult found = operator.toMatchResult();
      String value =
          isEscape(found) ? "$" : placeholder(found).flatMap(values).orElseGet(found::group);
      operator.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    if (expanded.length() <= mostCharacters) {
      operator.appendTail(expanded);
    }
    return Optional.of(expanded.toString()).filter(whole -> whole.length() <= mostCharacters);
  }

  private Stream<MatchResult> references() {
    return OPERATOR.matcher(text).results().filter(found -> !isEscape(found));
  }

  private static boolean isEscape(MatchResult found) {
    return found.group().equals("$$");
  }

  private static Optional<TemplatePlaceholder> placeholder(MatchResult reference) {
    String written = reference.group();
    return Arrays.stream(TemplatePlaceholder.values())
        .filter(known -> known.reference().equals(written))
        .findFirst();
  }
}
