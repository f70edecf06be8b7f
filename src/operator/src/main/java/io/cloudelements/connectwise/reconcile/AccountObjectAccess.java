package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.account.Consent;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusReader;
import java.util.Optional;

/** What a resource asks of the account object that it refers to. */
public final class AccountObjectAccess {
  private AccountObjectAccess() {}

  /** Opens the resource's account; its own Secrets do where it refers to no account object. */
  public static AccountSource open(AccountAuthorizer accounts, ConnectWiseInstance resource) {
    return SpecDefaults.of(resource)
        .accountRef()
        .map(name -> accounts.open(name, of(resource)))
        .orElse(AccountSource.OWN);
  }

  /** The version of what {@link #open} gives, without reading a secret. */
  static String version(AccountAuthorizer accounts, ConnectWiseInstance resource) {
    return versionOfObject(accounts, resource).orElseGet(AccountSource.OWN::version);
  }

  /** The same; empty where it refers to no account object. */
  public static Optional<String> versionOfObject(
      AccountAuthorizer accounts, ConnectWiseInstance resource) {
    return SpecDefaults.of(resource).accountRef().map(name -> accounts.version(name, of(resource)));
  }

  /** What it asks of the account object that it refers to. */
  public static Consent.ConsentRequest of(ConnectWiseInstance resource) {
    SpecDefaults spec = SpecDefaults.of(resource);
    boolean deletion = resource.getMetadata().getDeletionTimestamp() != null;
    return new Consent.ConsentRequest(
        resource.getMetadata().getNamespace(),
        spec.element().map(Element::key).filter(_ -> !deletion),
        takes(resource).filter(_ -> !deletion),
        deletion,
        StatusReader.account(resource));
  }

  /** An adoption that is complete takes nothing any more. */
  private static Optional<String> takes(ConnectWiseInstance resource) {
    Recorded recorded = StatusReader.recorded(resource);
    Optional<String> adopts =
        SpecDefaults.of(resource)
            .adoptInstanceId()
            .filter(_ -> !hasTaken(recorded, resource))
            .map(id -> "taking over instance " + id + " by spec.adoptInstanceId");
    return adopts.or(() ->
        annotation(resource, Confirmation.TAKE_OVER)
            .filter(value -> !recorded.takenOver().equals(Optional.of(value)))
            .map(_ ->
                "taking over an instance by the annotation "
                    + Confirmation.TAKE_OVER.annotation()));
  }

  /** Only a resource that manages its instance marks it, and so has it for good. */
  private static boolean hasTaken(Recorded recorded, ConnectWiseInstance resource) {
    return SpecDefaults.of(resource).policy().equals(Optional.of(ManagementPolicy.MANAGE))
        && recorded
            .instanceId()
            .map(Adoption.Completed::new)
            .filter(taken -> recorded.adoption().equals(Optional.of(taken)))
            .isPresent();
  }

  private static Optional<String> annotation(
      ConnectWiseInstance resource, Confirmation confirmation) {
    return Optional.ofNullable(resource.getMetadata().getAnnotations())
        .map(all -> all.get(confirmation.annotation()));
  }
}
