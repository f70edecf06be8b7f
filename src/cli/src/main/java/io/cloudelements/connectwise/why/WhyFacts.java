package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.status.StatusReader;
import java.util.List;
import java.util.Optional;

/**
 * What the chain is judged by.
 *
 * @param account the account object, if the resource refers to one; empty when it does not
 * @param accountSecret the Secret that opens the account, of a resource without an account object
 * @param credentials the Secret with the ConnectWise entries
 */
public record WhyFacts(
    ConnectWiseInstance resource,
    Optional<Sight<CloudElementsAccount>> account,
    Sight<SecretKeys> accountSecret,
    Sight<SecretKeys> credentials,
    Sight<DeliveredSecret> delivered,
    Sight<List<WorkloadUse>> consumers,
    AdmissionView admission) {

  ResourceId id() {
    return SpecDefaults.id(resource);
  }

  SpecDefaults spec() {
    return SpecDefaults.of(resource);
  }

  boolean deleting() {
    return resource.getMetadata().getDeletionTimestamp() != null;
  }

  public Optional<CloudElementsAccount> visibleAccount() {
    return account.flatMap(Sight::visible);
  }

  public String tokenSecret() {
    return tokenSecret(resource);
  }

  /** Name of the generated Secret: the delivered one, else the one that the spec asks for. */
  public static String tokenSecret(ConnectWiseInstance resource) {
    return StatusReader.tokenSecret(resource).orElseGet(SpecDefaults.of(resource)::tokenSecretName);
  }

  /**
   * By which the operator's metrics name the account.
   *
   * @param opened fingerprint of the account that the resource's own Secret opens, by the base URL
   *     that this command knows: the operator may have another default
   */
  public static Optional<String> meteredAccount(
      ConnectWiseInstance resource,
      Optional<CloudElementsAccount> account,
      Optional<String> opened) {
    return account
        .flatMap(known -> AccountFacts.of(known).fingerprint())
        .or(() -> StatusReader.account(resource))
        .or(() -> opened);
  }
}
