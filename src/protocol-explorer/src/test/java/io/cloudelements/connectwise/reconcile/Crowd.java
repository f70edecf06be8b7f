package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.ProviderAccount;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Many resources in memory and in virtual time: each is reconciled when it is due, one after the
 * other, and all of them at once when something happens.
 */
final class Crowd extends CrowdCluster implements InstantSource {
  static final String USER = "user+canary/1=";
  static final String ORGANIZATION = "ca4a7a00000000000000000000000001";
  static final String BASE_URL = "https://api.cloud-elements.com/elements/api-v2";

  private record Due(Instant at, String name) {}

  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::name));
  private final Map<String, ReconcileResult> results = new HashMap<>();
  private ReconcileMemory memory = new ReconcileMemory();
  private RecreationGuard guard = guard();
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private AccountAuthorizer accounts = new AccountAuthorizer(AccountDirectory.NONE);
  private int reconciles;
  private int deletionLimit;
  private DeletionGuard deletions = DeletionGuard.off();
  private ManagementPolicy mode = ManagementPolicy.MANAGE;

  /** A platform with the account of the crowd, in the crowd's time. */
  Simulator platform() {
    Simulator simulator = new Simulator(this);
    simulator.platform().outsideWorld().addUser(USER, ORGANIZATION);
    simulator.platform().outsideWorld().acceptLogin(ProviderAccount.of("acme", "api1", "canary"));
    return simulator;
  }

  /** They use an account object. */
  void shares(CrowdAccount shared) {
    accounts = new AccountAuthorizer(shared);
    refersTo(CrowdAccount.NAME);
  }

  @Override
  void event() {
    timers.clear();
    names().forEach(name -> timers.add(new Due(now, name)));
  }

  /** The operator starts again and finds all of them. */
  void restart() {
    memory = new ReconcileMemory();
    guard = guard();
    deletions = deletions();
    event();
  }

  /** So many may be deleted at once. */
  void deletionLimit(int limit) {
    deletionLimit = limit;
    deletions = deletions();
  }

  private DeletionGuard deletions() {
    return new DeletionGuard(deletionLimit, this::inAccount);
  }

  /** The operator starts again in another mode. */
  void restart(ManagementPolicy operating) {
    mode = operating;
    restart();
  }

  /** Lets time pass, and everything happen that is due by then. */
  void passes(Duration time, InstancesApi instances) {
    CallPermits permits =
        instances instanceof CallPermits limited ? limited : CallPermits.UNLIMITED;
    if (instances instanceof RateLimitedInstancesApi limited) {
      limited.onReserved(resource -> timers.add(new Due(now, resource.name())));
    }
    Reconciliation reconciliation =
        new Reconciliation(
            instances,
            permits,
            this,
            settings(),
            new FleetGuards(guard, new InstanceQuota(_ -> Stream.empty()), deletions),
            this);
    Instant end = now.plus(time);
    while (!timers.isEmpty() && !timers.peek().at().isAfter(end)) {
      Due due = timers.remove();
      now = due.at();
      reconcile(due.name(), reconciliation)
          .ifPresent(wait -> timers.add(new Due(now.plus(wait), due.name())));
    }
    now = end;
  }

  private ReconcileSettings settings() {
    return new ReconcileSettings(
        "test",
        URI.create(BASE_URL),
        _ -> true,
        ProvisioningWindow.of(ProvisioningWindow.DEFAULT_DEADLINE),
        new ResyncIntervals(Duration.ofMinutes(10), Duration.ofMinutes(10), true),
        mode);
  }

  private static RecreationGuard guard() {
    return new RecreationGuard(5, Duration.ofMinutes(10), _ -> 1);
  }

  private Optional<Duration> reconcile(String name, Reconciliation reconciliation) {
    ConnectWiseInstance resource = resourceNamed(name);
    ReconcileInput input = memory.resumed(gathered(resource), now);
    ResourceRef ref = input.ref();
    Optional<Duration> remaining =
        memory.remaining(ref.id(), ref.uid(), ObservedInputs.of(input), now);
    if (remaining.isPresent()) {
      return remaining;
    }
    reconciles++;
    ReconcileEnd end = reconciliation.run(input);
    memory.ended(input, end, () -> written().leftBy(input), now);
    if (end instanceof ReconcileResult result) {
      results.put(name, result);
    }
    return end.requeueAfter();
  }

  private ReconcileInput gathered(ConnectWiseInstance resource) {
    return new ReconcileInput(resource, secretsOf(resource))
        .with(AccountObjectAccess.open(accounts, resource));
  }

  /** How long the first one waits for its next reconcile. */
  Optional<Duration> waits() {
    return results.get("acme-0").requeueAfter();
  }

  /** How many there were. */
  int reconciles() {
    return reconciles;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
