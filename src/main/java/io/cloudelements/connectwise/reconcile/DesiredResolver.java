package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.Hub;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Redacted;
import io.cloudelements.connectwise.instance.Verdict;
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

    record Blocked(Verdict verdict) implements Resolution {}
  }

  private final PassSettings settings;

  DesiredResolver(PassSettings settings) {
    this.settings = settings;
  }

  Resolution resolve(Snapshot snapshot) {
    ConnectWiseInstanceSpec spec = snapshot.resource().getSpec();
    Optional<String> problem = problem(spec, snapshot.deleting());
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
    Element element = Wish.element(spec).orElseThrow();
    CredentialsResult result =
        snapshot.deleting()
            ? readForDeletion(snapshot, element, baseUrl)
            : read(snapshot, element, baseUrl);
    return usable(result, snapshot)
        .<Resolution>map(
            complete -> new Resolution.Resolved(desired(snapshot, element, complete), complete))
        .orElseGet(() ->
            new Resolution.Blocked(
                snapshot.deleting()
                    ? CredentialsVerdicts.ofDeletion(result)
                    : CredentialsVerdicts.of(result)));
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
    return Wish.element(spec).isPresent()
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
    return Wish.policy(spec).isPresent()
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
    return Wish.tags(spec).stream()
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
      CredentialsResult result, Snapshot snapshot) {
    if (result instanceof CredentialsResult.Complete complete) {
      return Optional.of(complete);
    }
    return snapshot.deleting() ? snapshot.lastKnown() : Optional.empty();
  }

  private CredentialsResult read(Snapshot snapshot, Element element, URI baseUrl) {
    ConnectWiseInstanceSpec spec = snapshot.resource().getSpec();
    String credentialsName = spec.credentialsSecretRef().name();
    String accountName = Snapshot.accountSecretName(snapshot.resource());
    for (String name : List.of(credentialsName, accountName)) {
      if (snapshot.secret(name).isEmpty()) {
        return new CredentialsResult.NoSecret(name);
      }
    }
    String prefix = Optional.ofNullable(spec.configurationPrefix()).orElse(element.defaultPrefix());
    return new CredentialsReader(element, prefix, baseUrl, configuration(spec), listed(spec))
        .read(
            SecretContent.of(snapshot.secret(credentialsName).orElseThrow()),
            SecretContent.of(snapshot.secret(accountName).orElseThrow()));
  }

  /**
   * A deletion needs the account alone, so that no entry which only a creation sends holds it up.
   */
  private CredentialsResult readForDeletion(Snapshot snapshot, Element element, URI baseUrl) {
    CredentialsResult whole = read(snapshot, element, baseUrl);
    if (whole instanceof CredentialsResult.Complete) {
      return whole;
    }
    String accountName = Snapshot.accountSecretName(snapshot.resource());
    CredentialsResult account =
        snapshot
            .secret(accountName)
            .map(secret -> CredentialsReader.account(SecretContent.of(secret), baseUrl))
            .orElseGet(() -> new CredentialsResult.NoSecret(accountName));
    return account instanceof CredentialsResult.Complete(Account opened, var nothing)
        ? new CredentialsResult.Complete(opened.confiding(secretsBefore(snapshot)), nothing)
        : account;
  }

  /** What an earlier pass told the service, which may still quote it. */
  private static Set<Redacted> secretsBefore(Snapshot snapshot) {
    return snapshot.lastKnown().map(known -> known.account().secrets()).orElseGet(Set::of);
  }

  private DesiredInstance desired(
      Snapshot snapshot, Element element, CredentialsResult.Complete credentials) {
    ConnectWiseInstanceSpec spec = snapshot.resource().getSpec();
    return new DesiredInstance(
        snapshot.id(),
        element,
        Wish.name(snapshot.resource()),
        Wish.tags(spec),
        OwnershipTag.of(settings.clusterName(), snapshot.id()),
        credentials.configuration(),
        credentials.account().confiding(tokens(snapshot)),
        Optional.ofNullable(spec.enabled()),
        Optional.ofNullable(spec.adoptInstanceId()),
        Wish.policy(spec).orElseThrow(),
        deletionPolicy(spec).orElseThrow(),
        snapshot.annotation(Confirmation.TAKE_OVER.annotation()),
        snapshot.annotation(Confirmation.RECREATE.annotation()));
  }

  private static List<Redacted> tokens(Snapshot snapshot) {
    return snapshot.secrets().values().stream()
        .filter(secret ->
            TokenSecretContract.isOwned(secret, snapshot.metadata().getUid())
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
    return new Resolution.Blocked(Verdict.of(reason, message));
  }
}
