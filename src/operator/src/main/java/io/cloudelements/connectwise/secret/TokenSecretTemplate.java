package io.cloudelements.connectwise.secret;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a resource decides of the generated Secret.
 *
 * @param name of the Secret
 * @param labels besides the operator's own
 * @param texts of further keys, with placeholders
 */
public record TokenSecretTemplate(
    String name,
    Map<String, String> labels,
    Map<String, String> annotations,
    Map<String, String> texts) {

  /** The longest key that a Secret can have. */
  public static final int LONGEST_KEY = 253;

  /**
   * Matches what Kubernetes takes for a Secret's key; written so that Java and CEL read it alike.
   */
  public static final String KEY = "^[.]?[A-Za-z0-9_-][A-Za-z0-9._-]*$";

  private static final Pattern KEY_PATTERN = Pattern.compile(KEY);

  public TokenSecretTemplate {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    texts = Map.copyOf(texts);
  }

  /** The first key that no Secret can have, or that the operator itself writes. */
  public Optional<String> unusableKey() {
    return texts.keySet().stream()
        .filter(key ->
            key.length() > LONGEST_KEY
                || !KEY_PATTERN.matcher(key).matches()
                || TokenSecretValues.KEYS.contains(key))
        .sorted()
        .findFirst();
  }

  /** The first key whose text has a reference without a value. */
  public Optional<String> keyOfUnknownReference() {
    return texts.entrySet().stream()
        .filter(text -> new TemplateText(text.getValue()).hasUnknownReference())
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  /** Every key that the Secret has. */
  public SortedSet<String> keys() {
    SortedSet<String> keys = new TreeSet<>(texts.keySet());
    keys.addAll(TokenSecretValues.KEYS);
    return keys;
  }

  /** Everything that its texts name. */
  public Set<TemplatePlaceholder> placeholders() {
    Set<TemplatePlaceholder> named = EnumSet.noneOf(TemplatePlaceholder.class);
    texts.values().forEach(text -> named.addAll(new TemplateText(text).placeholders()));
    return named;
  }
}
