package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.platform.GateSettings;
import io.cloudelements.connectwise.platform.GatedInstancesApi;
import io.cloudelements.connectwise.platform.HttpSettings;
import io.cloudelements.connectwise.platform.InMemoryInstancesApi;
import io.cloudelements.connectwise.platform.InMemoryInstancesApi.Outcome;
import io.cloudelements.connectwise.platform.InMemoryInstancesApi.Sent;
import io.cloudelements.connectwise.platform.InstancesApi;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.CrdState;
import io.cloudelements.connectwise.reconcile.InstanceReconciliation;
import io.cloudelements.connectwise.reconcile.PassResult;
import io.cloudelements.connectwise.reconcile.PassSettings;
import io.cloudelements.connectwise.reconcile.RecreationBrake;
import io.cloudelements.connectwise.reconcile.Rhythm;
import io.cloudelements.connectwise.reconcile.Snapshot;
import io.cloudelements.connectwise.reconcile.UnwrittenOutcome;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One running operator: its caches, timers and memory, all of which a crash loses. It does what the
 * shell around the passes does: gather, run, remember, look again.
 */
final class OperatorProcess {
  private static final PassSettings SETTINGS =
      new PassSettings(
          Service.CLUSTER_NAME,
          Service.BASE_URL,
          Service.BASE_URL::equals,
          Bounds.WINDOW,
          Rhythm.withListings(Bounds.RESYNC, true));

  /** The shortest for which a breaker is open. */
  private static final Duration BREAKER_PAUSE = Duration.ofSeconds(4);

  private static final Duration CACHE_CATCHES_UP = Duration.ofMillis(100);

  /** What a pass rests on. */
  record Gathered(Snapshot snapshot, Map<String, Long> revisions) {}

  private final String name;
  private final World world;
  private final Variant variant;
  private final InstanceReconciliation reconciliation;
  private final Map<String, Long> shown = new HashMap<>();

  private Optional<CredentialsResult.Complete> lastKnown = Optional.empty();
  private final Map<String, Integer> failedInARow = new HashMap<>();
  private String lastKnownOf = "";
  private Optional<UnwrittenOutcome> unwritten = Optional.empty();
  private String unwrittenOf = "";
  private int failures;
  private long coveredEvent = -1;
  private Optional<Instant> timer = Optional.empty();
  private Optional<Instant> look = Optional.empty();
  private boolean lookIsAsked;
  private boolean rested;
  private final Map<String, Instant> askedToStayAwayUntil = new HashMap<>();
  private Optional<Gathered> running = Optional.empty();
  private int callsInPass;

  OperatorProcess(String name, World world, Variant variant, Ports ports, int brakeLimit) {
    this.name = name;
    this.world = world;
    this.variant = variant;
    InstancesApi wire =
        new InMemoryInstancesApi(
            (account, sent) -> send(account.fingerprint(), sent),
            HttpSettings.DEFAULTS,
            world.time().wallClock());
    InstancesApi gated =
        new GatedInstancesApi(wire, GateSettings.DEFAULTS, world.time().wallClock());
    ClusterWrites writes = new OperatorWrites(world.cluster(), world::happened);
    this.reconciliation =
        new InstanceReconciliation(
            variant.instances(new ObservedInstances(gated, ports, this), world),
            variant.cluster(new ObservedCluster(writes, ports, this), world),
            SETTINGS,
            new RecreationBrake(brakeLimit, Bounds.RESYNC, _ -> 1),
            world.time().wallClock());
  }

  String name() {
    return name;
  }

  /** What the pass that is under way rests on. */
  Optional<Gathered> running() {
    return running;
  }

  /** Whether the last pass found nothing to do in the cluster, and did not look further. */
  boolean rested() {
    return rested;
  }

  /** Counts a port call of the pass that is under way. */
  int countCall() {
    callsInPass++;
    return callsInPass;
  }

  /** When the next pass is due; empty when only an event can bring one. */
  Optional<Instant> due() {
    boolean now = lookIsAsked || world.cluster().lastEvent() > coveredEvent;
    return now ? Optional.of(world.time().now()) : timer;
  }

  /** As a drift round does: the next pass asks the service, whatever the cluster shows. */
  void askForLook() {
    lookIsAsked = true;
  }

  /**
   * One pass over what the caches show.
   *
   * @param lag by how much they are behind
   */
  void pass(Disturbance.Lag lag) {
    timer = Optional.empty();
    long event = world.cluster().lastEvent();
    Optional<Gathered> gathered = gather(lag);
    if (lag.none()) {
      coveredEvent = event;
    }
    if (gathered.isEmpty()) {
      lookIsAsked = false;
      return;
    }
    running = gathered;
    callsInPass = 0;
    rested = false;
    try {
      PassResult result = reconciliation.run(variant.snapshot(gathered.get().snapshot()));
      remember(result, gathered.get().snapshot());
      rested = result.nextLook().isPresent() && callsInPass == 0;
      timer = result.requeueAfter().map(world.time().now()::plus);
    } finally {
      running = Optional.empty();
    }
    if (!lag.none()) {
      timer = timer.map(_ -> world.time().now().plus(CACHE_CATCHES_UP));
    }
  }

  private void remember(PassResult result, Snapshot snapshot) {
    lookIsAsked &= !snapshot.lookIsDue();
    failures = result.failed() ? failures + 1 : 0;
    look = Optional.of(world.time().now().plus(result.nextLook().orElse(Duration.ZERO)));
    unwritten = result.unwritten();
    unwrittenOf = snapshot.resource().getMetadata().getUid();
    if (result.credentials().isPresent()) {
      lastKnown = result.credentials();
      lastKnownOf = snapshot.resource().getMetadata().getUid();
    }
  }

  private Optional<Gathered> gather(Disturbance.Lag lag) {
    Cluster cluster = world.cluster();
    Map<String, Long> revisions = new HashMap<>();
    Optional<ConnectWiseInstance> resource =
        read("", cluster.resourceHistory(), lag.resource(), revisions);
    return resource.map(seen -> {
      Map<String, Secret> secrets = new HashMap<>();
      String uid = seen.getMetadata().getUid();
      Optional<UnwrittenOutcome> left = unwritten.filter(_ -> unwrittenOf.equals(uid));
      Set<String> names = new TreeSet<>(Snapshot.secretNames(seen));
      cluster.secretsOwnedBy(uid).forEach(owned -> names.add(owned.getMetadata().getName()));
      left.map(UnwrittenOutcome::formerSecrets).ifPresent(names::addAll);
      for (String secret : names) {
        read(secret, cluster.secretHistory(secret), lag.secrets(), revisions)
            .ifPresent(found -> secrets.put(secret, found));
      }
      boolean same = uid.equals(lastKnownOf);
      return new Gathered(
          new Snapshot(seen, secrets, same ? lastKnown : Optional.empty(), failures, nextLook())
              .with(crdState(seen))
              .resuming(left),
          revisions);
    });
  }

  /** Never from a cache. */
  private CrdState crdState(ConnectWiseInstance resource) {
    return Snapshot.needsCrd(resource)
        ? CrdState.of(Optional.of(world.cluster().crd()), resource.getMetadata())
        : CrdState.IN_USE;
  }

  private Optional<Duration> nextLook() {
    if (lookIsAsked) {
      return Optional.of(Duration.ZERO);
    }
    return look.map(then -> Duration.between(world.time().now(), then))
        .map(wait -> wait.isPositive() ? wait : Duration.ZERO);
  }

  /** A cache may be behind, but what it showed it does not take back. */
  private <T> Optional<T> read(
      String key, History<T> history, int lag, Map<String, Long> revisions) {
    History.Version<T> version = history.behind(lag, shown.getOrDefault(key, 0L));
    shown.put(key, version.revision());
    revisions.put(key, version.revision());
    return version.object();
  }

  /** No more than the account's breaker counts, so that it must be open when this says so. */
  private static boolean surelyFailed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Lost _, Outcome.Silence _, Outcome.Refused _ -> true;
      case Outcome.Answered(int status, var _, String body) ->
          status >= 500 && !body.contains("providerMessage");
      case Outcome.BrokenOff _ -> false;
    };
  }

  private Outcome send(String account, Sent sent) {
    boolean held =
        world.time().now().isBefore(askedToStayAwayUntil.getOrDefault(account, Instant.MIN));
    Outcome outcome = world.service().send(sent, held);
    if (surelyFailed(outcome)) {
      failedInARow.merge(account, 1, Integer::sum);
    } else {
      failedInARow.remove(account);
    }
    if (failedInARow.getOrDefault(account, 0) >= GateSettings.DEFAULTS.breakerFailures()) {
      askedToStayAwayUntil.put(account, world.time().now().plus(BREAKER_PAUSE));
    }
    if (outcome instanceof Outcome.Answered(int status, var headers, _) && status == 429) {
      Optional.ofNullable(headers.get("Retry-After"))
          .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
          .ifPresent(pause -> askedToStayAwayUntil.put(account, world.time().now().plus(pause)));
    }
    return outcome;
  }
}
