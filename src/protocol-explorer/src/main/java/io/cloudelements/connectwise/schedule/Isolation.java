package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.AccountOrganization;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.simulator.model.Instance;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Whether tenants are kept apart, and whether what an account's owner says holds: judged by what a
 * reconcile saw when it began, without the code under test.
 */
final class Isolation {
  private final World world;
  private final Deque<SeenAccount> underWay = new ArrayDeque<>();

  Isolation(World world) {
    this.world = world;
  }

  /** A reconcile of the account object begins, perhaps within another process's. */
  void reconcileBegins(SeenAccount seen) {
    underWay.push(seen);
  }

  void reconcileEnds() {
    underWay.pop();
  }

  /** What breaks the isolation of tenants; empty when nothing does. */
  Optional<String> fault(Step step, Evidence e) {
    return switch (step) {
      case Step.CredentialsRead(var resource, var seen) ->
          faultIf(!seen.serves(resource), "credentials are read without consent");
      case Step.CredentialsSent sent -> ofRequest(sent, e);
      case Step.SecretWritten(String name) -> ofSecret(name, e);
      case Step.StatusWritten _,
          Step.FinalizerRemoved _,
          Step.TextsShown _,
          Step.RequestSent _,
          Step.AccountStatusWritten _,
          Step.AccountReleased _,
          Step.PortCalled _,
          Step.NotReconciled _,
          Step.Queued _,
          Step.Other _ ->
          Optional.empty();
    };
  }

  private Optional<String> ofRequest(Step.CredentialsSent sent, Evidence e) {
    Optional<PlatformAccount.Pair> shared = PlatformAccount.in(sent.authorization());
    String host =
        (shared.isPresent() ? PlatformAccount.BASE_URL : ScheduledService.BASE_URL).getHost();
    return faultIf(!host.equals(sent.host()), "credentials of " + host + " go to " + sent.host())
        .or(() -> tenant(e).flatMap(of -> ofTenant(of, sent, shared.isPresent())));
  }

  private Optional<String> ofTenant(
      IsolatedResource of, Step.CredentialsSent sent, boolean shared) {
    if (of.resource().getSpec().accountRef() == null) {
      return faultIf(shared, "a resource without an account object uses one");
    }
    return faultIf(!shared, "a resource that refers to an account falls back to its own Secrets")
        .or(() ->
            faultIf(!of.seen().serves(of.resource()), "a request for a namespace without consent"))
        .or(() ->
            faultIf(
                sent.changes() && !of.seen().letsAdopt() && isOthers(sent.target()),
                "an instance of others is taken without permission"));
  }

  /** Whether a request is about an instance that does not carry the resource's tag. */
  private boolean isOthers(String target) {
    String[] parts = target.split("[/?]");
    return parts.length > 2
        && parts[1].equals("instances")
        && world
            .service()
            .platform()
            .instance(Long.parseLong(parts[2]))
            .filter(Instance::isLive)
            .filter(instance -> !instance.tags().contains(ScheduledService.TAG.value()))
            .isPresent();
  }

  private Optional<String> ofSecret(String name, Evidence e) {
    Optional<String> ofNeighbour =
        world.service().platform().live().stream()
            .filter(instance -> instance.tags().contains(PlatformAccount.NEIGHBOURS_TAG.value()))
            .filter(instance -> e.token(name).equals(Optional.of(instance.token())))
            .findFirst()
            .map(
                instance -> "Secret " + name + " has the token of another namespace's " + instance);
    Optional<String> ofOwner =
        PlatformAccount.ALL.stream()
            .filter(pair -> e.holds(name, pair.user()))
            .findFirst()
            .map(_ -> "Secret " + name + " has what opens the account itself");
    return ofNeighbour
        .or(() -> ofOwner)
        .or(() -> e.wronglyTakenUp(name))
        .or(() ->
            tenant(e)
                .filter(of -> of.resource().getSpec().accountRef() != null)
                .filter(of -> !of.seen().serves(of.resource()))
                .map(_ -> "Secret " + name + " is written without consent"));
  }

  /** In what an account's owner is disregarded; empty when in nothing. */
  Optional<String> disregarded(Step step, Evidence e) {
    return switch (step) {
      case Step.CredentialsSent sent ->
          PlatformAccount.in(sent.authorization()).flatMap(pair -> ofOwner(pair, sent, e));
      case Step.AccountStatusWritten(var before, var after) ->
          ofIdentity(SeenAccount.of(Optional.of(before), world.accounts()), after);
      case Step.AccountReleased(var account) ->
          ofRelease(SeenAccount.of(Optional.of(account), world.accounts()), e);
      case Step.StatusWritten(var before, var after) -> ofLimit(before, after, e);
      case Step.CredentialsRead _,
          Step.SecretWritten _,
          Step.FinalizerRemoved _,
          Step.TextsShown _,
          Step.RequestSent _,
          Step.PortCalled _,
          Step.NotReconciled _,
          Step.Queued _,
          Step.Other _ ->
          Optional.empty();
    };
  }

  private Optional<String> ofOwner(
      PlatformAccount.Pair pair, Step.CredentialsSent sent, Evidence e) {
    Optional<SeenAccount> seen =
        tenant(e).map(IsolatedResource::seen).or(() -> Optional.ofNullable(underWay.peek()));
    String organization = world.service().inAccount().organization(pair);
    boolean elsewhere =
        seen.flatMap(SeenAccount::organization)
            .filter(known -> !known.equals(organization))
            .isPresent();
    return faultIf(seen.filter(SeenAccount::suspended).isPresent(), "called while suspended")
        .or(() ->
            faultIf(sent.changes() && elsewhere, "changes something in another organization"));
  }

  /**
   * Others may have come or gone while the reconcile was under way; and a lost status is taken for
   * an attempt that may be under way, which no limit ends.
   */
  private Optional<String> ofLimit(
      Optional<ConnectWiseInstanceStatus> before, ConnectWiseInstanceStatus after, Evidence e) {
    boolean begins =
        after.provisioning() != null
            && before
                .filter(old -> old.provisioning() != null || old.instanceId() != null)
                .isEmpty();
    SeenAccount now = SeenAccount.of(world.accounts().account(), world.accounts());
    return tenant(e)
        .filter(of -> of.resource().getSpec().accountRef() != null)
        .filter(of -> begins && !e.statusLost() && of.seen().isFull() && now.isFull())
        .map(_ -> "a creation is begun beyond the limit of instances");
  }

  private static Optional<String> ofIdentity(SeenAccount before, CloudElementsAccountStatus after) {
    Optional<String> now = Optional.ofNullable(after.organization()).map(AccountOrganization::id);
    boolean changed = before.organization().isPresent() && !before.organization().equals(now);
    return faultIf(
        changed && !before.confirmed().equals(now), "another organization, and no confirmation");
  }

  private static Optional<String> ofRelease(SeenAccount account, Evidence e) {
    return e.resource()
        .filter(resource -> resource.getSpec().accountRef() != null)
        .filter(resource -> resource.getStatus() != null)
        .filter(resource -> resource.getStatus().instanceId() != null)
        .filter(account::hasInstance)
        .map(_ -> "the account is released before its last resource");
  }

  private static Optional<IsolatedResource> tenant(Evidence e) {
    return e.running()
        .map(under -> new IsolatedResource(under.input().resource(), under.account()));
  }

  private record IsolatedResource(ConnectWiseInstance resource, SeenAccount seen) {}

  private static Optional<String> faultIf(boolean isFault, String what) {
    return isFault ? Optional.of(what) : Optional.empty();
  }
}
