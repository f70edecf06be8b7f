package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.AccountLimits;
import io.cloudelements.connectwise.api.v1.AccountOrganization;
import io.cloudelements.connectwise.api.v1.AllowedNamespaces;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountSpec;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An account as a process saw it when a reconcile began, judged without the code under test.
 *
 * @param account empty: there was none
 * @param labels of the tenant's namespace
 * @param neighbours resources of others
 * @param application the revision of the application user's Secret
 */
record SeenAccount(
    Optional<CloudElementsAccount> account,
    Map<String, String> labels,
    List<ConnectWiseInstance> neighbours,
    long application) {

  static SeenAccount of(Optional<CloudElementsAccount> account, AccountObjects cluster) {
    return new SeenAccount(
        account,
        cluster.labels(),
        List.copyOf(cluster.neighbours()),
        cluster.secret(AccountObjects.APPLICATION).latest().revision());
  }

  /** Whether its owner lets the resource's namespace use it, or lets the resource leave. */
  boolean serves(ConnectWiseInstance resource) {
    return account.isPresent()
        && (allows(resource.getMetadata().getNamespace()) || isLeaving(resource));
  }

  private boolean allows(String namespace) {
    Optional<AllowedNamespaces> allowed =
        account.map(CloudElementsAccount::getSpec).map(CloudElementsAccountSpec::allowedNamespaces);
    return allowed
        .filter(rule ->
            switch (rule.from()) {
              case "All" -> true;
              case "Names" -> rule.names().contains(namespace);
              case "Selector" -> matches(rule.selector().getMatchLabels());
              default -> false;
            })
        .isPresent();
  }

  private boolean matches(Map<String, String> wanted) {
    return !wanted.isEmpty() && labels.entrySet().containsAll(wanted.entrySet());
  }

  /** A resource that once had consent may delete its own instance. */
  private boolean isLeaving(ConnectWiseInstance resource) {
    return resource.getMetadata().getDeletionTimestamp() != null && hasInstance(resource);
  }

  /** Whether the resource recorded this account. */
  boolean hasInstance(ConnectWiseInstance resource) {
    return resource.getStatus() != null
        && resource.getStatus().account() != null
        && status()
            .filter(known -> resource.getStatus().account().equals(known.fingerprint()))
            .isPresent();
  }

  boolean letsAdopt() {
    return account
        .map(CloudElementsAccount::getSpec)
        .map(CloudElementsAccountSpec::permit)
        .filter(permit -> AccountTerms.ADOPTION_ALLOWED.equals(permit.adoption()))
        .isPresent();
  }

  /** Whether others have as many instances in it as its owner lets all have. */
  boolean isFull() {
    long others = neighbours.stream().filter(this::hasInstance).count();
    return account
        .map(CloudElementsAccount::getSpec)
        .map(CloudElementsAccountSpec::limits)
        .map(AccountLimits::instances)
        .filter(most -> others >= most)
        .isPresent();
  }

  boolean suspended() {
    return account
        .map(CloudElementsAccount::getSpec)
        .map(CloudElementsAccountSpec::suspend)
        .orElse(false);
  }

  /** The organization whose the account is; empty before the service has told it. */
  Optional<String> organization() {
    return status().map(CloudElementsAccountStatus::organization).map(AccountOrganization::id);
  }

  /** The organization that its owner confirmed. */
  Optional<String> confirmed() {
    return account
        .map(found -> found.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(AccountCheck.CONFIRM_IDENTITY));
  }

  private Optional<CloudElementsAccountStatus> status() {
    return account.map(CloudElementsAccount::getStatus);
  }
}
