package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.Hub;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.ControllerKeys;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.SecretContent;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From a snapshot to the desired instance, or to the verdict that says what is in the way. Whatever
 * the API server already refuses is checked again: an object may be older than the schema.
 */
final class DesiredResolver {
  /** The desired instance, or why there is none. */
  sealed interface Resolution {
    record Resolved(DesiredInstance desired, CredentialsResult.Complete credentials)
        implements Resolution {}

    record Blocked(Outcome outcome) implements Resolution {}
  }

  private final ReconcileSettings settings;

  DesiredResolver(ReconcileSettings settings) {
    this.settings = settings;
  }

  Resolution resolve(ReconcileInput input) {
    ConnectWiseInstanceSpec spec = input.resource().getSpec();
    Optional<String> problem = problem(spec, input.deleting());
    if (problem.isPresent()) {
      return invalid(problem.get());
    }
    URI baseUrl;
    try {
      baseUrl = spec.baseUrl() == null ? settings.defaultBaseUrl() : normalized(spec.baseUrl());
    } catch (IllegalArgumentException e) {
      return invalid(
          "spec.baseUrl is not a URL; it looks like https://api.cloud-elements.com/elements/api-v2");
    }
    if (!settings.allowed().test(baseUrl)) {
      return blocked(
          Reason.BASE_URL_NOT_ALLOWED,
          "spec.baseUrl "
              + baseUrl
              + " is not on the operator's list of allowed base URLs, so no secret is sent there. Use an"
              + " allowed one, or have CLOUD_ELEMENTS_ALLOWED_BASE_URLS extended.");
    }
    Element element = SpecDefaults.element(spec).orElseThrow();
    CredentialsResult result =
        input.deleting() ? readForDeletion(input, element, baseUrl) : read(input, element, baseUrl);
    return usable(result, input)
        .<Resolution>map(
            complete -> new Resolution.Resolved(desired(input, element, complete), complete))
        .orElseGet(() ->
            new Resolution.Blocked(
                input.deleting()
                    ? CredentialsOutcomes.ofDeletion(result)
                    : CredentialsOutcomes.of(result)));
  }

  /** What this version cannot follow, though the schema may have let it pass. */
  private static Optional<String> problem(ConnectWiseInstanceSpec spec, boolean deleting) {
    return unknownHub(spec)
        .or(() -> unknownElement(spec))
        .or(() -> unknownManagementPolicy(spec))
        .or(() -> unknownDeletionPolicy(spec))
        .or(() -> reservedTag(spec))
        .or(() -> deleting ? Optional.empty() : keyOfAnotherController(spec));
  }

  private static Optional<String> unknownHub(ConnectWiseInstanceSpec spec) {
    return Hub.ofKey(spec.hub()).isPresent()
        ? Optional.empty()
        : Optional.of("spec.hub \"" + spec.hub() + "\" is unknown; use helpdesk or crm");
  }

  private static Optional<String> unknownElement(ConnectWiseInstanceSpec spec) {
    return SpecDefaults.element(spec).isPresent()
        ? Optional.empty()
        : Optional.of(
            "spec.element \""
                + spec.element()
                + "\" is not an element of hub "
                + spec.hub()
                + ", which has "
                + keys(
                    Arrays.stream(Element.values())
                        .filter(e -> Optional.of(e.hub()).equals(Hub.ofKey(spec.hub())))
                        .map(Element::key)));
  }

  private static Optional<String> unknownManagementPolicy(ConnectWiseInstanceSpec spec) {
    return SpecDefaults.policy(spec).isPresent()
        ? Optional.empty()
        : Optional.of(
            "spec.managementPolicy \""
                + spec.managementPolicy()
                + "\" is unknown to this version; use "
                + keys(Arrays.stream(ManagementPolicy.values()).map(ManagementPolicy::key)));
  }

  private static Optional<String> unknownDeletionPolicy(ConnectWiseInstanceSpec spec) {
    return deletionPolicy(spec).isPresent()
        ? Optional.empty()
        : Optional.of(
            "spec.deletionPolicy \""
                + spec.deletionPolicy()
                + "\" is unknown to this version; use "
                + keys(Arrays.stream(DeletionPolicy.values()).map(DeletionPolicy::key)));
  }

  private static Optional<String> reservedTag(ConnectWiseInstanceSpec spec) {
    return SpecDefaults.tags(spec).stream()
        .filter(OwnershipTag::isReserved)
        .findFirst()
        .map(tag -> "spec.tags contains the reserved tag " + tag + "; remove it");
  }

  private static Optional<String> keyOfAnotherController(ConnectWiseInstanceSpec spec) {
    return Optional.ofNullable(spec.tokenSecret())
        .flatMap(ControllerKeys::wanted)
        .map(key ->
            "spec.tokenSecret wants the label or annotation "
                + key
                + ", by which another controller would act on the generated Secret"
                + " (docs/security.md); remove it");
  }

  static Optional<DeletionPolicy> deletionPolicy(ConnectWiseInstanceSpec spec) {
    return spec.deletionPolicy() == null
        ? Optional.of(DeletionPolicy.DELETE)
        : DeletionPolicy.ofKey(spec.deletionPolicy());
  }

  /**
   * A deletion may work with the credentials of an earlier pass: the Secret is often deleted first.
   */
  private static Optional<CredentialsResult.Complete> usable(
      CredentialsResult result, ReconcileInput input) {
    if (result instanceof CredentialsResult.Complete complete) {
      return Optional.of(complete);
    }
    return input.deleting() ? input.lastKnown() : Optional.empty();
  }

  private CredentialsResult read(ReconcileInput input, Element element, URI baseUrl) {
    ConnectWiseInstanceSpec spec = input.resource().getSpec();
    String credentialsName = spec.credentialsSecretRef().name();
    String accountName = ReconcileInput.accountSecretName(input.resource());
    for (String name : List.of(credentialsName, accountName)) {
      if (input.secret(name).isEmpty()) {
        return new CredentialsResult.NoSecret(name);
      }
    }
    String prefix = Optional.ofNullable(spec.configurationPrefix()).orElse(element.defaultPrefix());
    return new CredentialsReader(element, prefix, baseUrl, configuration(spec), listed(spec))
        .read(
            SecretContent.of(input.secret(credentialsName).orElseThrow()),
            SecretContent.of(input.secret(accountName).orElseThrow()));
  }

  /**
   * A deletion needs the account alone, so that no entry which only a creation sends holds it up.
   */
  private CredentialsResult readForDeletion(ReconcileInput input, Element element, URI baseUrl) {
    CredentialsResult whole = read(input, element, baseUrl);
    if (whole instanceof CredentialsResult.Complete) {
      return whole;
    }
    String accountName = ReconcileInput.accountSecretName(input.resource());
    CredentialsResult account =
        input
            .secret(accountName)
            .map(secret -> CredentialsReader.account(SecretContent.of(secret), baseUrl))
            .orElseGet(() -> new CredentialsResult.NoSecret(accountName));
    return account instanceof CredentialsResult.Complete(Account opened, var nothing)
        ? new CredentialsResult.Complete(opened.withKnownSecrets(secretsBefore(input)), nothing)
        : account;
  }

  /** What an earlier pass told the service, which may still quote it. */
  private static Set<SecretValue> secretsBefore(ReconcileInput input) {
    return input.lastKnown().map(known -> known.account().secrets()).orElseGet(Set::of);
  }

  private DesiredInstance desired(
      ReconcileInput input, Element element, CredentialsResult.Complete credentials) {
    ConnectWiseInstanceSpec spec = input.resource().getSpec();
    return new DesiredInstance(
        input.id(),
        element,
        SpecDefaults.name(input.resource()),
        SpecDefaults.tags(spec),
        OwnershipTag.of(settings.clusterName(), input.id()),
        credentials.configuration(),
        credentials.account().withKnownSecrets(tokens(input)),
        Optional.ofNullable(spec.enabled()),
        Optional.ofNullable(spec.adoptInstanceId()),
        SpecDefaults.policy(spec).orElseThrow(),
        deletionPolicy(spec).orElseThrow(),
        input.annotation(Confirmation.TAKE_OVER.annotation()),
        input.annotation(Confirmation.RECREATE.annotation()));
  }

  private static List<SecretValue> tokens(ReconcileInput input) {
    return input.secrets().values().stream()
        .filter(secret ->
            TokenSecretContract.isOwned(secret, input.metadata().getUid())
                || TokenSecretContract.mayBeOurs(secret))
        .flatMap(secret -> TokenSecretContract.token(secret).stream())
        .toList();
  }

  private static Map<String, String> configuration(ConnectWiseInstanceSpec spec) {
    Map<String, String> configuration = spec.configuration();
    return configuration == null ? Map.of() : configuration;
  }

  private static Set<String> listed(ConnectWiseInstanceSpec spec) {
    List<String> entries = spec.credentialsSecretRef().entries();
    return entries == null ? Set.of() : Set.copyOf(new TreeSet<>(entries));
  }

  private static URI normalized(String url) {
    return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
  }

  private static String keys(Stream<String> keys) {
    return keys.collect(Collectors.joining(", "));
  }

  private static Resolution invalid(String message) {
    return blocked(Reason.INVALID_SPEC, message + ".");
  }

  private static Resolution blocked(Reason reason, String message) {
    return new Resolution.Blocked(Outcome.of(reason, message));
  }
}
