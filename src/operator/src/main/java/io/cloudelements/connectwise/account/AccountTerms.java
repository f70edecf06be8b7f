package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.api.v1.AccountLimits;
import io.cloudelements.connectwise.api.v1.AccountPermit;
import io.cloudelements.connectwise.api.v1.AllowedNamespaces;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountSpec;
import io.cloudelements.connectwise.instance.BaseUrlReader;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of an account says of it. Here, and nowhere else, the nulls of the CRD's spec
 * become values; what is left out or unknown gives no right.
 */
public final class AccountTerms {
  /** Which namespaces are meant; the words of {@code spec.allowedNamespaces.from}. */
  public enum From {
    SAME("Same"),
    NAMES("Names"),
    SELECTOR("Selector"),
    ALL("All");

    private final String key;

    From(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }

    /** A word of another version gives no right. */
    static From ofKey(String key) {
      return List.of(values()).stream()
          .filter(from -> from.key.equals(key))
          .findFirst()
          .orElse(SAME);
    }
  }

  /** The word of {@code spec.permit.adoption} that lets other namespaces take instances. */
  public static final String ADOPTION_ALLOWED = "Allowed";

  /** The word that does not; also what no word means. */
  public static final String ADOPTION_FORBIDDEN = "Forbidden";

  private final CloudElementsAccount account;

  private AccountTerms(CloudElementsAccount account) {
    this.account = account;
  }

  public static AccountTerms of(CloudElementsAccount account) {
    return new AccountTerms(account);
  }

  public static ResourceId id(CloudElementsAccount account) {
    return new ResourceId(account.getMetadata().getNamespace(), account.getMetadata().getName());
  }

  public ResourceId id() {
    return id(account);
  }

  /** The Secret that opens it; empty for an object from before the schema. */
  public Optional<ResourceId> secret() {
    return value(CloudElementsAccountSpec::secretRef).map(ref -> inOwnNamespace(ref.name()));
  }

  /** The Secret of the user that applications call as. */
  public Optional<ResourceId> applicationSecret() {
    return value(CloudElementsAccountSpec::applicationUser)
        .map(user -> inOwnNamespace(user.secretRef().name()));
  }

  private ResourceId inOwnNamespace(String name) {
    return new ResourceId(account.getMetadata().getNamespace(), name);
  }

  /**
   * The base URL as {@link BaseUrlReader} reads it.
   *
   * @return empty when it is no URL
   */
  public Optional<URI> baseUrl(URI operatorsDefault) {
    Optional<String> asked = value(CloudElementsAccountSpec::baseUrl);
    return asked.isEmpty() ? Optional.of(operatorsDefault) : asked.flatMap(BaseUrlReader::parse);
  }

  public boolean suspended() {
    return value(CloudElementsAccountSpec::suspend).orElse(false);
  }

  public boolean deleting() {
    return account.getMetadata().getDeletionTimestamp() != null;
  }

  From from() {
    return value(CloudElementsAccountSpec::allowedNamespaces)
        .map(AllowedNamespaces::from)
        .map(From::ofKey)
        .orElse(From.SAME);
  }

  Set<String> names() {
    return value(CloudElementsAccountSpec::allowedNamespaces)
        .flatMap(allowed -> Optional.ofNullable(allowed.names()))
        .<Set<String>>map(Set::copyOf)
        .orElseGet(Set::of);
  }

  Optional<LabelSelector> selector() {
    return value(CloudElementsAccountSpec::allowedNamespaces)
        .flatMap(allowed -> Optional.ofNullable(allowed.selector()));
  }

  /** Keys of the elements that other namespaces may have; empty: any. */
  Set<String> elements() {
    return value(CloudElementsAccountSpec::permit)
        .flatMap(permit -> Optional.ofNullable(permit.elements()))
        .<Set<String>>map(Set::copyOf)
        .orElseGet(Set::of);
  }

  /** Whether other namespaces may take an instance that exists. */
  boolean letsAdopt() {
    return value(CloudElementsAccountSpec::permit)
        .map(AccountPermit::adoption)
        .filter(ADOPTION_ALLOWED::equals)
        .isPresent();
  }

  /** How many instances all its resources may have. */
  public Optional<Integer> mostInstances() {
    return limit(AccountLimits::instances);
  }

  /** How many instances the resources of one namespace may have. */
  public Optional<Integer> mostInstancesPerNamespace() {
    return limit(AccountLimits::instancesPerNamespace);
  }

  /** How many requests may be under way at the same time. */
  public Optional<Integer> mostRequests() {
    return limit(AccountLimits::concurrentRequests);
  }

  private Optional<Integer> limit(Function<AccountLimits, @Nullable Integer> of) {
    return value(CloudElementsAccountSpec::limits).map(of);
  }

  private <T> Optional<T> value(Function<CloudElementsAccountSpec, @Nullable T> field) {
    return Optional.ofNullable(account.getSpec()).map(field);
  }
}
