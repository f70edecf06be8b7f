package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.cloudelements.connectwise.api.v1.TokenSecret;
import io.cloudelements.connectwise.instance.BaseUrlReader;
import io.cloudelements.connectwise.instance.DeletionPolicy;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.GoDuration;
import io.cloudelements.connectwise.instance.Hub;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.secret.TokenSecretTemplate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a resource's spec asks for, without any Secret. Here, and nowhere else, the nulls of the
 * CRD's spec become values, and what is left out gets its default.
 */
public final class SpecDefaults {
  private final ConnectWiseInstance resource;

  private SpecDefaults(ConnectWiseInstance resource) {
    this.resource = resource;
  }

  public static SpecDefaults of(ConnectWiseInstance resource) {
    return new SpecDefaults(resource);
  }

  public static ResourceId id(ConnectWiseInstance resource) {
    return new ResourceId(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
  }

  /** Whether it names no Secret, which an object from before the schema may not. */
  public boolean namesNoSecret() {
    return spec().flatMap(spec -> Optional.ofNullable(spec.credentialsSecretRef())).isEmpty();
  }

  /** The instance's name; default: the resource's. */
  public String name() {
    return Optional.ofNullable(resource.getSpec().name())
        .orElseGet(() -> resource.getMetadata().getName());
  }

  /** The user's tags. */
  public Set<String> tags() {
    return distinct(Optional.ofNullable(resource.getSpec().tags()));
  }

  public OwnershipTag ownershipTag(String clusterName) {
    return OwnershipTag.of(clusterName, id(resource));
  }

  /** The tags that the instance shall carry: the user's and the operator's. */
  public Set<String> instanceTags(String clusterName) {
    return ownershipTag(clusterName).with(tags());
  }

  /** Default: the hub's usual one. Empty when the hub is unknown or has no such element. */
  public Optional<Element> element() {
    Optional<String> key = Optional.ofNullable(resource.getSpec().element());
    return hub()
        .flatMap(hub ->
            key.isEmpty()
                ? Optional.of(Element.defaultOf(hub))
                : key.flatMap(Element::ofKey).filter(known -> known.hub() == hub));
  }

  /** Empty when this version knows no such hub. */
  public Optional<Hub> hub() {
    return Hub.ofKey(resource.getSpec().hub());
  }

  /** Default: Manage. Empty when this version knows no such policy. */
  public Optional<ManagementPolicy> policy() {
    return Optional.ofNullable(resource.getSpec().managementPolicy())
        .map(ManagementPolicy::ofKey)
        .orElse(Optional.of(ManagementPolicy.MANAGE));
  }

  /** Default: Delete. Empty when this version knows no such policy. */
  public Optional<DeletionPolicy> deletionPolicy() {
    return Optional.ofNullable(resource.getSpec().deletionPolicy())
        .map(DeletionPolicy::ofKey)
        .orElse(Optional.of(DeletionPolicy.DELETE));
  }

  public boolean suspended() {
    return spec().filter(spec -> Boolean.TRUE.equals(spec.suspend())).isPresent();
  }

  /** Empty: the operator only reports it. */
  public Optional<Boolean> enabled() {
    return Optional.ofNullable(resource.getSpec().enabled());
  }

  /** Id of an existing instance to take over. */
  public Optional<Long> adoptInstanceId() {
    return Optional.ofNullable(resource.getSpec().adoptInstanceId());
  }

  /** Empty: the operator's default, or what cannot be read as a duration. */
  public Optional<Duration> resyncInterval() {
    return spec()
        .flatMap(spec -> Optional.ofNullable(spec.resyncInterval()))
        .flatMap(GoDuration::parse);
  }

  /**
   * The base URL as {@link BaseUrlReader} reads it.
   *
   * @param operatorsDefault for a resource that names none
   * @return empty when it is no URL
   */
  public Optional<URI> baseUrl(URI operatorsDefault) {
    return Optional.ofNullable(resource.getSpec().baseUrl())
        .map(BaseUrlReader::parse)
        .orElse(Optional.of(operatorsDefault));
  }

  public boolean hasValidBaseUrl() {
    return baseUrl(URI.create("")).isPresent();
  }

  /** Name of the Secret with the ConnectWise entries. */
  public String credentialsSecret() {
    return resource.getSpec().credentialsSecretRef().name();
  }

  /** Further keys of that Secret that are entries. */
  public Set<String> listedEntries() {
    return distinct(Optional.ofNullable(resource.getSpec().credentialsSecretRef().entries()));
  }

  /** Name of the Secret that opens the account; default: the one with the ConnectWise entries. */
  public String accountSecret() {
    return Optional.ofNullable(resource.getSpec().accountSecretRef())
        .map(SecretReference::name)
        .orElseGet(this::credentialsSecret);
  }

  /** The account object to use instead of a Secret; without a namespace, its own. */
  public Optional<ResourceId> accountRef() {
    String own = resource.getMetadata().getNamespace();
    return spec()
        .flatMap(spec -> Optional.ofNullable(spec.accountRef()))
        .map(ref ->
            new ResourceId(
                Optional.ofNullable(ref.namespace())
                    .filter(namespace -> !namespace.isEmpty())
                    .orElse(own),
                ref.name()));
  }

  /** Whether it refers to an account object, and says itself what that says. */
  boolean namesTwoAccounts() {
    return spec()
        .filter(spec -> spec.accountRef() != null)
        .filter(spec -> spec.accountSecretRef() != null || spec.baseUrl() != null)
        .isPresent();
  }

  /** Prefix of the ConnectWise entries; default: the element's. */
  public String configurationPrefix(Element element) {
    return Optional.ofNullable(resource.getSpec().configurationPrefix())
        .orElseGet(element::defaultPrefix);
  }

  /** Further configuration entries without secrets. */
  public Map<String, String> configuration() {
    return Optional.ofNullable(resource.getSpec().configuration()).orElseGet(Map::of);
  }

  /** Name of the generated Secret; default: the resource's, followed by {@code -token}. */
  public String tokenSecretName() {
    return tokenSecret().name();
  }

  /** Name, labels, annotations and further keys of the generated Secret. */
  public TokenSecretTemplate tokenSecret() {
    Optional<TokenSecret> asked = Optional.ofNullable(resource.getSpec().tokenSecret());
    return new TokenSecretTemplate(
        asked.map(TokenSecret::name).orElseGet(() -> resource.getMetadata().getName() + "-token"),
        asked.map(TokenSecret::labels).orElseGet(Map::of),
        asked.map(TokenSecret::annotations).orElseGet(Map::of),
        asked.map(TokenSecret::template).orElseGet(Map::of));
  }

  /**
   * Canonical text of the fields that concern the service; a change that leaves it equal needs no
   * call.
   */
  String serviceFields() {
    return spec().map(spec -> spec.withoutTokenSecret().toString()).orElse("");
  }

  private Optional<ConnectWiseInstanceSpec> spec() {
    return Optional.ofNullable(resource.getSpec());
  }

  private static Set<String> distinct(Optional<List<String>> values) {
    return values.<Set<String>>map(Set::copyOf).orElseGet(Set::of);
  }
}
