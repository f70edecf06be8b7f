package io.cloudelements.connectwise.crd;

import static java.util.stream.Collectors.joining;

import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.Hub;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.secret.ControllerKeys;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.TemplatePlaceholder;
import io.cloudelements.connectwise.secret.TemplateText;
import io.cloudelements.connectwise.secret.TokenSecretTemplate;
import io.cloudelements.connectwise.secret.TokenSecretValues;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the API server checks in {@code spec}. Nothing has a default, so that what is stored is what
 * the user wrote; every message says what to do.
 */
final class SpecSchema {
  /**
   * Names of configuration entries that look like secrets: those that end, in any letter case, in
   * {@code password}, {@code passwd}, {@code passphrase}, {@code secret}, {@code token} or {@code
   * key}. So {@code private.key}, {@code oauth.api.secret}, {@code refresh_token} and {@code
   * apiKey} are refused, {@code oauth.token.url} and {@code key.id} are not. It errs on the safe
   * side ({@code public.key} is refused too), since the Secret takes every entry of the platform,
   * whose names have dots, under its full name.
   */
  static final String SECRET_ENTRY = "(?i)(password|passwd|passphrase|secret|token|key)$";

  private static final String NOT_ACTED_UPON =
      "!self.exists(key, key.matches('%s'))".formatted(ControllerKeys.PATTERN);

  private static final String ACTED_UPON =
      "must not have a key by which another controller would copy, adopt or use the generated"
          + " Secret (Argo CD, Flux, Helm, replicators and others, listed in docs/security.md):"
          + " remove it";

  private SpecSchema() {}

  static void constrain(Schema spec) {
    spec.description("What is wanted.");
    identity(spec);
    presentation(spec);
    secrets(spec);
    account(spec);
    BaseUrlRules.constrain(spec);
    configuration(spec);
    tokenSecret(spec);
    policies(spec);
  }

  private static void identity(Schema spec) {
    spec.field("hub")
        .oneOf(Arrays.stream(Hub.values()).map(Hub::key))
        .rule(
            "self == oldSelf",
            "spec.hub cannot be changed: create another resource for the other hub, then delete"
                + " this one");
    spec.field("element").oneOf(Arrays.stream(Element.values()).map(Element::key));
    spec.ruleAt(
        ".element",
        "has(self.element) == has(oldSelf.element)"
            + " && (!has(self.element) || self.element == oldSelf.element)",
        "spec.element cannot be changed, added or removed: create another resource with the wanted"
            + " element, then delete this one");
    spec.ruleAt(
        ".element",
        "!has(self.element) || "
            + perHub("(self.hub == '%s' && self.element in ['%s'])", "', '", " || "),
        "spec.element must belong to spec.hub: " + perHub("%s has %s", ", ", "; "));
    spec.field("adoptInstanceId").int64().atLeast(1);
    spec.ruleAt(
        ".adoptInstanceId",
        "!has(oldSelf.adoptInstanceId) || (has(self.adoptInstanceId)"
            + " && self.adoptInstanceId == oldSelf.adoptInstanceId)",
        "spec.adoptInstanceId cannot be changed or removed once set: create another resource for"
            + " the other instance, with deletionPolicy Retain on this one if its instance is to"
            + " stay");
  }

  private static String perHub(String form, String elementSeparator, String hubSeparator) {
    return Arrays.stream(Hub.values())
        .map(hub -> form.formatted(hub.key(), elements(hub).collect(joining(elementSeparator))))
        .collect(joining(hubSeparator));
  }

  private static Stream<String> elements(Hub hub) {
    return Arrays.stream(Element.values()).filter(e -> e.hub() == hub).map(Element::key);
  }

  private static void presentation(Schema spec) {
    spec.field("name")
        .length(1, 128)
        .rule(
            "!self.matches('[<>]')",
            "must not contain < or >, which Cloud Elements strips from names");
    spec.field("tags")
        .listAsSet()
        .maxItems(32)
        .items()
        .length(1, 64)
        .rule(
            "!self.matches('[<>,]')",
            "must not contain <, > or a comma: Cloud Elements strips or splits such tags")
        .rule(
            "!self.matches('%s')".formatted(OwnershipTag.RESERVED),
            "is reserved: the operator sets this tag itself, remove it");
  }

  private static void secrets(Schema spec) {
    Schema credentials = spec.field("credentialsSecretRef");
    NameRules.secret(credentials.field("name"));
    credentials
        .field("entries")
        .listAsSet()
        .maxItems(64)
        .items()
        .length(1, 253)
        .rule(
            "self.matches('^[A-Za-z0-9._-]+$')",
            "must be a key of the Secret: letters, digits, '.', '_' and '-'")
        .rule(
            "!(self in ['%s'])".formatted(String.join("', '", CredentialsReader.ACCOUNT_KEYS)),
            "opens the account and is never sent as a configuration entry: remove it");
    NameRules.secret(spec.field("accountSecretRef").field("name"));
    NameRules.secret(spec.field("tokenSecret").field("name"));
    for (String source : List.of("credentialsSecretRef", "accountSecretRef")) {
      spec.ruleAt(
          ".tokenSecret.name",
          "!has(self.tokenSecret) || !has(self.tokenSecret.name) || !has(self.%1$s) || self.tokenSecret.name != self.%1$s.name"
              .formatted(source),
          "spec.tokenSecret.name must differ from spec.%s.name: the operator would overwrite the"
                  .formatted(source)
              + " Secret it reads");
    }
  }

  /** Its rules over {@code spec} speak of the new field only: what is stored keeps them. */
  private static void account(Schema spec) {
    Schema account = spec.field("accountRef");
    NameRules.resource(account.field("name"), "CloudElementsAccount");
    NameRules.namespaceOrEmpty(account.field("namespace"));
    spec.ruleAt(
        ".accountRef",
        "!has(self.accountRef) || !has(self.accountSecretRef)",
        "spec.accountRef and spec.accountSecretRef exclude each other: remove"
            + " spec.accountSecretRef, since the account names its own Secret");
    spec.ruleAt(
        ".accountRef",
        "!has(self.accountRef) || !has(self.baseUrl)",
        "spec.accountRef and spec.baseUrl exclude each other: remove spec.baseUrl, since the"
            + " account has its own");
  }

  private static void configuration(Schema spec) {
    spec.field("configurationPrefix")
        .atMost(128)
        .rule(
            "self.matches('^[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*$')",
            "must consist of words of letters, digits, '_' and '-' with single dots between them:"
                + " the dot after the prefix is added by the operator");
    spec.field("configuration")
        .maxEntries(64)
        .rule(
            "self.all(key, key.matches('^[A-Za-z0-9._-]{1,253}$'))",
            "every key must consist of 1 to 253 letters, digits, '.', '_' and '-'")
        .rule(
            "!self.exists(key, key.matches('%s'))".formatted(SECRET_ENTRY),
            "a key that ends in password, passwd, passphrase, secret, token or key names a secret:"
                + " move the entry to the Secret of spec.credentialsSecretRef, under the same key")
        .values()
        .atMost(4096);
  }

  private static void tokenSecret(Schema spec) {
    Schema tokenSecret = spec.field("tokenSecret");
    tokenSecret
        .field("labels")
        .maxEntries(32)
        .rule(
            "!('app.kubernetes.io/managed-by' in self)",
            "app.kubernetes.io/managed-by is set by the operator, which knows its Secrets by it:"
                + " remove it")
        .rule(NOT_ACTED_UPON, ACTED_UPON)
        .rule(
            "!('%1$s' in self) || self['%1$s'] != '%2$s'"
                .formatted(ControllerKeys.HELM_OWNER, ControllerKeys.HELM),
            "owner: helm is the label of Helm's own release Secrets, which Helm reads and removes:"
                + " remove it")
        .rule(NameRules.QUALIFIED_KEYS, NameRules.NOT_QUALIFIED_KEYS);
    NameRules.labelValue(tokenSecret.field("labels").values());
    tokenSecret
        .field("annotations")
        .maxEntries(32)
        .rule(NOT_ACTED_UPON, ACTED_UPON)
        .rule(NameRules.QUALIFIED_KEYS, NameRules.NOT_QUALIFIED_KEYS)
        .values()
        .atMost(4096);
    template(tokenSecret.field("template"));
  }

  private static void template(Schema template) {
    template
        .maxEntries(32)
        .rule(
            "self.all(key, size(key) <= %d && key.matches('%s'))"
                .formatted(TokenSecretTemplate.LONGEST_KEY, TokenSecretTemplate.KEY),
            "every key must be one that a Secret can have: at most 253 letters, digits, '.', '_'"
                + " and '-', not . alone and not beginning with ..")
        .rule(
            "!self.exists(key, key in ['%s'])"
                .formatted(String.join("', '", TokenSecretValues.KEYS)),
            "must not have a key that the operator writes itself (%s): choose another one"
                .formatted(String.join(", ", TokenSecretValues.KEYS)))
        .values()
        .atMost(4096)
        .rule(
            "self.matches('%s')".formatted(TemplateText.PATTERN),
            "must have no other placeholders than %s; a literal $( is written $$("
                .formatted(TemplatePlaceholder.references()));
  }

  private static void policies(Schema spec) {
    spec.field("deletionPolicy")
        .oneOf(Arrays.stream(DeletionPolicy.values()).map(DeletionPolicy::key));
    spec.field("managementPolicy")
        .oneOf(Arrays.stream(ManagementPolicy.values()).map(ManagementPolicy::key));
    spec.field("resyncInterval")
        .atMost(32)
        .rule(
            "self.matches('^([0-9]{1,5}([.][0-9]{1,9})?[hms])+$')"
                + " && duration(self) >= duration('30s') && duration(self) <= duration('24h')",
            "must be a duration between 30s and 24h, such as 30s, 10m or 1h30m");
  }
}
