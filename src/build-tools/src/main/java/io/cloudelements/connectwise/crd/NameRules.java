package io.cloudelements.connectwise.crd;

/** Names and labels of Kubernetes, as its API server would refuse them later. */
final class NameRules {
  private static final String SUBDOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  private static final String NAMESPACE = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

  private static final String LABEL_VALUE = "^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$";

  private static final String QUALIFIED =
      "^(%s/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$".formatted(SUBDOMAIN);

  private static final String NOT_QUALIFIED =
      "must be a name of at most 63 letters, digits, '-', '_' and '.', optionally after a DNS"
          + " domain and '/', such as example.com/team";

  /** Of a map: every key can be that of a label or an annotation. */
  static final String QUALIFIED_KEYS =
      "self.all(key, size(key) <= 253 && key.matches('%s'))".formatted(QUALIFIED);

  static final String NOT_QUALIFIED_KEYS = "every key " + NOT_QUALIFIED;

  private NameRules() {}

  static void secret(Schema name) {
    resource(name, "Secret");
  }

  /**
   * Constrains the name of an object.
   *
   * @param kind of the object
   */
  static void resource(Schema name, String kind) {
    name.atMost(253)
        .rule(
            "self.matches('^%s$')".formatted(SUBDOMAIN),
            "must be a %s's name: lower-case letters, digits, '-' and '.', beginning and ending"
                    .formatted(kind)
                + " with a letter or digit");
  }

  static void namespace(Schema name) {
    namespace(name, "^%s$", "must be a namespace's name");
  }

  /** Templates write an empty text where nothing was chosen. */
  static void namespaceOrEmpty(Schema name) {
    namespace(name, "^(%s)?$", "must be empty or a namespace's name");
  }

  private static void namespace(Schema name, String pattern, String must) {
    name.atMost(63)
        .rule(
            "self.matches('%s')".formatted(pattern.formatted(NAMESPACE)),
            must
                + ": lower-case letters, digits and '-', beginning and ending with a letter or"
                + " digit");
  }

  static void labelKey(Schema key) {
    key.atMost(253).rule("self.matches('%s')".formatted(QUALIFIED), NOT_QUALIFIED);
  }

  static void labelValue(Schema value) {
    value
        .atMost(63)
        .rule(
            "self.matches('%s')".formatted(LABEL_VALUE),
            "must be empty, or letters, digits, '-', '_' and '.', beginning and ending with a"
                + " letter or digit");
  }
}
