package io.cloudelements.connectwise.crd;

import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.instance.Element;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What the API server checks in an account's {@code spec}. As for instances, nothing has a default.
 * Lists and selectors that are empty where they have no use are accepted: they widen nothing.
 */
final class AccountSpecSchema {
  /** As many as the operator's setting can be; a larger one would have no effect. */
  private static final int MOST_REQUESTS = 1_000;

  /** Far more than one operator serves. */
  private static final int MOST_INSTANCES = 100_000;

  private AccountSpecSchema() {}

  static void constrain(Schema spec) {
    spec.description("What opens the account, who may use it, and for what.");
    BaseUrlRules.constrain(spec);
    spec.ruleAt(
        ".baseUrl",
        "has(self.baseUrl) == has(oldSelf.baseUrl)"
            + " && (!has(self.baseUrl) || self.baseUrl == oldSelf.baseUrl)",
        "spec.baseUrl cannot be changed, added or removed: create another account with the wanted"
            + " URL, then refer to it in spec.accountRef of the resources");
    secrets(spec);
    allowedNamespaces(spec.field("allowedNamespaces"));
    spec.field("permit")
        .field("elements")
        .listAsSet()
        .maxItems(Element.values().length)
        .items()
        .oneOf(Arrays.stream(Element.values()).map(Element::key));
    spec.field("permit")
        .field("adoption")
        .oneOf(Stream.of(AccountTerms.ADOPTION_FORBIDDEN, AccountTerms.ADOPTION_ALLOWED));
    Schema limits = spec.field("limits");
    limits.field("concurrentRequests").int32().between(1, MOST_REQUESTS);
    limits.field("instances").int32().between(1, MOST_INSTANCES);
    limits.field("instancesPerNamespace").int32().between(1, MOST_INSTANCES);
  }

  private static void secrets(Schema spec) {
    NameRules.secret(spec.field("secretRef").field("name"));
    NameRules.secret(spec.field("applicationUser").field("secretRef").field("name"));
    spec.ruleAt(
        ".applicationUser.secretRef.name",
        "!has(self.applicationUser)"
            + " || self.applicationUser.secretRef.name != self.secretRef.name",
        "spec.applicationUser.secretRef.name must differ from spec.secretRef.name: applications"
            + " would be given the account's own secrets. Name a Secret of a user that may only use"
            + " instances");
  }

  private static void allowedNamespaces(Schema allowed) {
    allowed
        .field("from")
        .oneOf(Arrays.stream(AccountTerms.From.values()).map(AccountTerms.From::key));
    NameRules.namespace(allowed.field("names").listAsSet().maxItems(256).items());
    allowed
        .ruleAt(
            ".names",
            "self.from != 'Names' || (has(self.names) && size(self.names) > 0)",
            "must name at least one namespace with from: Names; for the account's own namespace"
                + " alone set from: Same")
        .ruleAt(
            ".names",
            "self.from == 'Names' || !has(self.names) || size(self.names) == 0",
            "has no effect without from: Names: set that, or remove the names")
        .ruleAt(
            ".selector",
            "self.from != 'Selector' || (has(self.selector) && (%s || %s))"
                .formatted(isNotEmpty("matchLabels"), isNotEmpty("matchExpressions")),
            "must have matchLabels or matchExpressions with from: Selector, since an empty selector"
                + " matches no namespace; for every namespace set from: All")
        .ruleAt(
            ".selector",
            "self.from == 'Selector' || !has(self.selector) || !(%s || %s)"
                .formatted(isNotEmpty("matchLabels"), isNotEmpty("matchExpressions")),
            "has no effect without from: Selector: set that, or remove the selector");
    selector(allowed.field("selector"));
  }

  private static String isNotEmpty(String field) {
    return "(has(self.selector.%1$s) && size(self.selector.%1$s) > 0)".formatted(field);
  }

  private static void selector(Schema selector) {
    Schema labels =
        selector
            .field("matchLabels")
            .description("Labels that a namespace must have, with these values.")
            .maxEntries(32)
            .rule(NameRules.QUALIFIED_KEYS, NameRules.NOT_QUALIFIED_KEYS);
    NameRules.labelValue(labels.values());
    Schema expression =
        selector
            .field("matchExpressions")
            .description("Conditions on labels, all of which must hold.")
            .maxItems(32)
            .items()
            .description("A condition on one label.")
            .required("key", "operator");
    NameRules.labelKey(expression.field("key").description("Key of the label."));
    expression
        .field("operator")
        .description(
            "In: the label has one of values. NotIn: it has none of them or is absent. Exists: it"
                + " is there. DoesNotExist: it is absent.")
        .oneOf(Stream.of("In", "NotIn", "Exists", "DoesNotExist"));
    NameRules.labelValue(
        expression
            .field("values")
            .description("Values for In and NotIn.")
            .listAsSet()
            .maxItems(64)
            .items());
    expression
        .ruleAt(
            ".values",
            "!(self.operator in ['In', 'NotIn']) || (has(self.values) && size(self.values) > 0)",
            "must have at least one value with the operators In and NotIn")
        .ruleAt(
            ".values",
            "self.operator in ['In', 'NotIn'] || !has(self.values) || size(self.values) == 0",
            "must be empty with the operators Exists and DoesNotExist: remove the values");
  }
}
