package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.Hub;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.secret.ControllerKeys;
import io.cloudelements.connectwise.secret.TemplatePlaceholder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this version cannot follow in a spec. The API server refuses most of it; it is checked again
 * since an object may be older than the schema, or made for a newer version.
 */
final class SpecChecks {
  private static final List<Function<ReconcileInput, Optional<String>>> CHECKS =
      List.of(
          // the hub chooses the element, and with it the entries and their prefix
          SpecChecks::unknownHub,
          SpecChecks::unknownElement,
          // a policy of a newer version may forbid what this one would do
          SpecChecks::unknownManagementPolicy,
          SpecChecks::unknownDeletionPolicy,
          // by such a tag an instance would seem to belong to another resource
          SpecChecks::reservedTag,
          // the token would be copied elsewhere
          SpecChecks::keyOfAnotherController,
          // no Secret could be written, or one without what applications rely on
          SpecChecks::unusableTemplateKey,
          // an application would get the reference in the place of a value
          SpecChecks::unknownPlaceholder,
          // secrets are sent there
          SpecChecks::malformedBaseUrl,
          // the secrets of one account would be sent to the address of another
          SpecChecks::twoAccounts);

  private SpecChecks() {}

  /** The first problem, as a sentence without its full stop. */
  static Optional<String> problem(ReconcileInput input) {
    return CHECKS.stream().flatMap(check -> check.apply(input).stream()).findFirst();
  }

  private static Optional<String> unknownHub(ReconcileInput input) {
    return unless(
        input.spec().hub().isPresent(),
        () ->
            "spec.hub \""
                + spec(input).hub()
                + "\" is unknown; use "
                + Arrays.stream(Hub.values()).map(Hub::key).collect(Collectors.joining(" or ")));
  }

  private static Optional<String> unknownElement(ReconcileInput input) {
    return unless(
        input.spec().element().isPresent(),
        () ->
            "spec.element \""
                + spec(input).element()
                + "\" is not an element of hub "
                + spec(input).hub()
                + ", which has "
                + keys(
                    Arrays.stream(Element.values())
                        .filter(e -> Optional.of(e.hub()).equals(input.spec().hub()))
                        .map(Element::key)));
  }

  private static Optional<String> unknownManagementPolicy(ReconcileInput input) {
    return unless(
        input.spec().policy().isPresent(),
        () ->
            "spec.managementPolicy \""
                + spec(input).managementPolicy()
                + "\" is unknown to this version; use "
                + keys(Arrays.stream(ManagementPolicy.values()).map(ManagementPolicy::key)));
  }

  private static Optional<String> unknownDeletionPolicy(ReconcileInput input) {
    return unless(
        input.spec().deletionPolicy().isPresent(),
        () ->
            "spec.deletionPolicy \""
                + spec(input).deletionPolicy()
                + "\" is unknown to this version; use "
                + keys(Arrays.stream(DeletionPolicy.values()).map(DeletionPolicy::key)));
  }

  private static Optional<String> reservedTag(ReconcileInput input) {
    return input.spec().tags().stream()
        .filter(OwnershipTag::isReserved)
        .findFirst()
        .map(tag -> "spec.tags contains the reserved tag " + tag + "; remove it");
  }

  /** A deletion writes no Secret. */
  private static Optional<String> keyOfAnotherController(ReconcileInput input) {
    return ControllerKeys.wanted(input.spec().tokenSecret())
        .filter(_ -> !input.deleting())
        .map(key ->
            "spec.tokenSecret wants the label or annotation "
                + key
                + ", by which another controller would act on the generated Secret"
                + " (docs/security.md); remove it");
  }

  private static Optional<String> unusableTemplateKey(ReconcileInput input) {
    return input
        .spec()
        .tokenSecret()
        .unusableKey()
        .filter(_ -> !input.deleting())
        .map(key ->
            "spec.tokenSecret.template has the key "
                + key
                + ", which the operator writes itself or no Secret can have; choose another one");
  }

  private static Optional<String> unknownPlaceholder(ReconcileInput input) {
    return input
        .spec()
        .tokenSecret()
        .keyOfUnknownReference()
        .filter(_ -> !input.deleting())
        .map(key ->
            "spec.tokenSecret.template has an unknown placeholder in the text of "
                + key
                + "; there are "
                + TemplatePlaceholder.references()
                + ", and a literal $( is written $$(");
  }

  private static Optional<String> malformedBaseUrl(ReconcileInput input) {
    return unless(
        input.spec().hasValidBaseUrl(),
        () ->
            "spec.baseUrl is not a URL; it looks like"
                + " https://api.cloud-elements.com/elements/api-v2");
  }

  private static Optional<String> twoAccounts(ReconcileInput input) {
    return unless(
        !input.spec().namesTwoAccounts(),
        () ->
            "spec.accountRef excludes spec.accountSecretRef and spec.baseUrl, which the account"
                + " says itself; remove these");
  }

  private static Optional<String> unless(boolean right, Supplier<String> problem) {
    return right ? Optional.empty() : Optional.of(problem.get());
  }

  private static ConnectWiseInstanceSpec spec(ReconcileInput input) {
    return input.resource().getSpec();
  }

  private static String keys(Stream<String> keys) {
    return keys.collect(Collectors.joining(", "));
  }
}
