package io.cloudelements.connectwise.secret;

import java.util.Map;

/**
 * What a resource decides of the generated Secret.
 *
 * @param name of the Secret
 * @param labels besides the operator's own
 */
public record TokenSecretTemplate(
    String name, Map<String, String> labels, Map<String, String> annotations) {
  public TokenSecretTemplate {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }
}
