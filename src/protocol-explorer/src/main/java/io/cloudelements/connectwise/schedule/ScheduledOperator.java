package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cloudelements.HttpInstancesApi;
import io.cloudelements.connectwise.cloudelements.HttpSettings;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.cloudelements.QueueSettings;
import io.cloudelements.connectwise.cloudelements.RateLimitedInstancesApi;
import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.CrdState;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.cloudelements.connectwise.reconcile.Reconciliation;
import io.cloudelements.connectwise.reconcile.RecreationGuard;
import io.cloudelements.connectwise.reconcile.ResyncIntervals;
import io.cloudelements.connectwise.reconcile.UnwrittenOutcome;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One running operator: its caches, timers and memory, all of which a crash loses. It does what the
 * shell around the passes does: gather, run, remember, look again.
 */
final class ScheduledOperator {
  private static final ReconcileSettings SETTINGS =
      new ReconcileSettings(
          ScheduledService.CLUSTER_NAME,
          ScheduledService.BASE_URL,
          ScheduledService.BASE_URL::equals,
          Bounds.WINDOW,
          ResyncIntervals.withListings(Bounds.RESYNC, true));

  private static final AllowedBaseUrls ALLOWED =
      AllowedBaseUrls.parse(List.of(ScheduledService.BASE_URL.toString()));
  private static final Duration CACHE_CATCHES_UP = Duration.ofMillis(100);

  /** What a pass rests on. */
  record Gathered(ReconcileInput input, Map<String, Long> revisions) {}

  private final String name;
  private final World world;
  private final Variant variant;
  private final Reconciliation reconciliation;
  private final Map<String, Long> shown = new HashMap<>();

  private Optional<CredentialsResult.Complete> lastKnown = Optional.empty();
  private String lastKnownOf = "";
  private Optional<UnwrittenOutcome> unwritten = Optional.empty();
  private String unwrittenOf = "";
  private int failures;
  private long coveredEvent = -1;
  private Optional<Instant> timer = Optional.empty();
  private Optional<Instant> look = Optional.empty();
  private boolean lookIsAsked;
  private boolean rested;
  private Optional<Gathered> running = Optional.empty();
  private int callsInPass;

  ScheduledOperator(String name, World world, Variant variant, Ports ports, int brakeLimit) {
    this.name = name;
    this.world = world;
    this.variant = variant;
    AccountPauses wire = new AccountPauses(world, this::secretsRead);
    InstancesApi adapter =
        new HttpInstancesApi(
            new InMemoryTransport(wire, world.time().wallClock()),
            HttpSettings.DEFAULTS,
            ALLOWED,
            world.time().wallClock(),
            wire);
    InstancesApi gated =
        new RateLimitedInstancesApi(adapter, QueueSettings.DEFAULTS, world.time().wallClock());
    ClusterWrites writes = new OperatorWrites(world.cluster(), world::happened);
    this.reconciliation =
        new Reconciliation(
            variant.instances(new ObservedInstances(gated, ports, this), world),
            variant.cluster(new ObservedCluster(writes, ports, this), world),
            SETTINGS,
            new RecreationGuard(brakeLimit, Bounds.RESYNC, _ -> 1),
            world.time().wallClock());
  }

  String name() {
    return name;
  }

  /** What the pass that is under way rests on. */
  Optional<Gathered> running() {
    return running;
  }

  private Set<String> secretsRead() {
    return running.stream()
        .flatMap(gathered -> gathered.input().secrets().values().stream())
        .flatMap(secret -> secret.getData().values().stream())
        .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
        .collect(Collectors.toSet());
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
      ReconcileResult result = reconciliation.run(variant.input(gathered.get().input()));
      remember(result, gathered.get().input());
      rested = result.nextFullCheck().isPresent() && callsInPass == 0;
      timer = result.requeueAfter().map(world.time().now()::plus);
    } finally {
      running = Optional.empty();
    }
    if (!lag.none()) {
      timer = timer.map(_ -> world.time().now().plus(CACHE_CATCHES_UP));
    }
  }

  private void remember(ReconcileResult result, ReconcileInput input) {
    lookIsAsked &= !input.fullCheckIsDue();
    failures = result.failed() ? failures + 1 : 0;
    look = Optional.of(world.time().now().plus(result.nextFullCheck().orElse(Duration.ZERO)));
    unwritten = result.unwritten();
    unwrittenOf = input.resource().getMetadata().getUid();
    if (result.credentials().isPresent()) {
      lastKnown = result.credentials();
      lastKnownOf = input.resource().getMetadata().getUid();
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
      Set<String> names = new TreeSet<>(ReconcileInput.secretNames(seen));
      cluster.secretsOwnedBy(uid).forEach(owned -> names.add(owned.getMetadata().getName()));
      left.map(UnwrittenOutcome::formerSecrets).ifPresent(names::addAll);
      for (String secret : names) {
        read(secret, cluster.secretHistory(secret), lag.secrets(), revisions)
            .ifPresent(found -> secrets.put(secret, found));
      }
      boolean same = uid.equals(lastKnownOf);
      return new Gathered(
          new ReconcileInput(
                  seen, secrets, same ? lastKnown : Optional.empty(), failures, nextFullCheck())
              .with(crdState(seen))
              .resuming(left),
          revisions);
    });
  }

  /** Never from a cache. */
  private CrdState crdState(ConnectWiseInstance resource) {
    return ReconcileInput.needsCrd(resource)
        ? CrdState.of(Optional.of(world.cluster().crd()), resource.getMetadata())
        : CrdState.IN_USE;
  }

  private Optional<Duration> nextFullCheck() {
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
}
