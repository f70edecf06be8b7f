package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.account.AccountGate;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cloudelements.HttpInstancesApi;
import io.cloudelements.connectwise.cloudelements.HttpSettings;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.instance.AllowedBaseUrls;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.FleetGuards;
import io.cloudelements.connectwise.reconcile.ObservedInputs;
import io.cloudelements.connectwise.reconcile.ReconcileEnd;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileMemory;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.cloudelements.connectwise.reconcile.Reconciliation;
import io.cloudelements.connectwise.reconcile.RecreationGuard;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.cloudelements.connectwise.reconcile.ResyncIntervals;
import io.cloudelements.connectwise.reconcile.WrittenVersions;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One running operator: its watches, timers and memory, all of which a crash loses. It does what
 * the shell around the reconciles does, with the memory and the filters of the production code.
 */
final class ScheduledOperator {
  private static final AccountGate ACCOUNTS = new AccountGate(AccountDirectory.NONE);

  private static final ReconcileSettings SETTINGS =
      new ReconcileSettings(
          ScheduledService.CLUSTER_NAME,
          ScheduledService.BASE_URL,
          ScheduledService.BASE_URL::equals,
          Bounds.WINDOW,
          ResyncIntervals.withListings(Bounds.RESYNC, true));

  private static final AllowedBaseUrls ALLOWED =
      AllowedBaseUrls.parse(List.of(ScheduledService.BASE_URL.toString()));
  private static final ResourceId ID = new ResourceId(Cluster.NAMESPACE, Cluster.NAME);

  /** A queued resource asks again, called or not. */
  private static final Duration ASKS_AGAIN = Duration.ofMinutes(1);

  /**
   * What a reconcile rests on.
   *
   * @param revisions of what was read, by name; the resource has none
   */
  record Gathered(ReconcileInput input, Map<String, Long> revisions) {}

  private final String name;
  private final World world;
  private final Variant variant;
  private final ScheduledQueue queue;
  private final Reconciliation reconciliation;
  private final WrittenVersions written = new WrittenVersions();
  private final ReconcileMemory memory = new ReconcileMemory();
  private final ScheduledWatch watch;
  private final LastReconcile last;
  private final ScheduledReader reader;
  private boolean event = true;
  private Optional<Instant> timer = Optional.empty();
  private boolean foundNothingToDo;
  private boolean reconciled;
  private Optional<Gathered> running = Optional.empty();
  private int callsInReconcile;

  ScheduledOperator(String name, World world, Variant variant, Ports ports, int guardLimit) {
    this.name = name;
    this.world = world;
    this.variant = variant;
    this.watch = new ScheduledWatch(world.cluster(), variant, written);
    this.reader = new ScheduledReader(world.cluster(), watch, written);
    this.last = new LastReconcile(world);
    AccountPauses wire = new AccountPauses(world, this::secretsRead);
    InstancesApi adapter =
        new HttpInstancesApi(
            new InMemoryTransport(wire, world.time().wallClock()),
            HttpSettings.DEFAULTS.timeouts(),
            ALLOWED,
            world.time().wallClock(),
            wire);
    RateLimitedInstancesApi limited =
        new RateLimitedInstancesApi(
            adapter,
            ScheduledQueue.SETTINGS,
            world.time().wallClock(),
            variant.queueClock(world.time().trueClock()),
            QueueObserver.NONE);
    this.queue = new ScheduledQueue(limited, ID, world);
    ClusterWrites writes = new OperatorWrites(world.cluster(), world::happened);
    ClusterWrites observed = variant.cluster(new ObservedCluster(writes, ports, this), world);
    this.reconciliation =
        new Reconciliation(
            variant.instances(new ObservedInstances(limited, ports, this), world),
            variant.permits(queue, observed, world),
            observed,
            SETTINGS,
            FleetGuards.of(new RecreationGuard(guardLimit, Bounds.RESYNC, _ -> 1)),
            world.time().wallClock());
  }

  String name() {
    return name;
  }

  /** What the reconcile that is under way rests on. */
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

  /** Whether the last reconcile found nothing to do in the cluster, and did not look further. */
  boolean foundNothingToDo() {
    return foundNothingToDo;
  }

  /** Whether the last reconcile was no skipped one. */
  boolean reconciled() {
    return reconciled;
  }

  /** The account's queue, as this process has it. */
  ScheduledQueue queue() {
    return queue;
  }

  /** Counts a port call of the reconcile that is under way. */
  int countCall() {
    callsInReconcile++;
    return callsInReconcile;
  }

  /** When the next reconcile is due; empty when only an event can bring one. */
  Optional<Instant> due() {
    return event || watch.hasEvent()
        ? Optional.of(world.time().now())
        : Stream.concat(timer.stream(), queue.calledAt().stream()).min(Comparator.naturalOrder());
  }

  /** As a drift round does: the next reconcile asks the service, whatever the cluster shows. */
  void requestFullCheck() {
    memory.requestFullCheck(ID);
    last.fullCheckIsRequested();
    event = true;
  }

  /** What this process made of a write that was answered. */
  void resourceWritten(ResourceRef ref, String version) {
    written.resourceWritten(ref.id(), ref.uid(), version);
  }

  /**
   * Writes a Secret. The watch shows it before the write has an answer.
   *
   * @param port makes a write, and answers as it does
   * @param effect at the API server
   */
  void writeSecret(Secret about, Function<Supplier<String>, String> port, Runnable effect) {
    String name = about.getMetadata().getName();
    History<Secret> secret = world.cluster().secretHistory(name);
    Supplier<String> write =
        () ->
            writing(() -> {
              effect.run();
              event |= watch.showSecret(name, 0);
              return secret.now().orElseThrow().getMetadata().getResourceVersion();
            });
    written.secretWriteBegins(about);
    Optional<String> version = Optional.empty();
    try {
      version = Optional.of(port.apply(write));
    } finally {
      event |= !written.secretWriteEnds(about, version).isEmpty();
    }
    reader.isWritten(name);
  }

  /** Notes what an effect at the API server writes. */
  <T> T writing(Supplier<T> effect) {
    long before = world.cluster().revision();
    T result = effect.get();
    last.wroteSince(before);
    return result;
  }

  /** What is wrong with letting time pass now. */
  Optional<String> missedWhenIdle() {
    return last.missedWhenIdle();
  }

  /**
   * What an event or a timer brings.
   *
   * @param lag by how much the caches are behind
   */
  void reconcile(Disturbance.Lag lag) {
    watch.show(lag);
    event = false;
    timer = Optional.empty();
    queue.begins();
    foundNothingToDo = true;
    reconciled = false;
    Optional<ConnectWiseInstance> cached = watch.resource();
    if (cached.isEmpty()) {
      memory.forget(ID);
      written.forget(ID);
    }
    timer = cached.flatMap(seen -> next(seen, lag)).map(world.time().now()::plus);
  }

  private Optional<Duration> next(ConnectWiseInstance cached, Disturbance.Lag lag) {
    String uid = cached.getMetadata().getUid();
    if (memory.isFinished(ID, uid)) {
      return skipped(Optional.empty());
    }
    // Where the caches are behind, a timer fires before they catch up.
    Optional<Duration> remaining =
        ObservedInputs.inCaches(cached, watch, ACCOUNTS)
            .filter(_ -> lag.none())
            .flatMap(inputs -> remaining(uid, inputs));
    if (remaining.isPresent()) {
      return skipped(remaining);
    }
    Optional<Gathered> gathered = reader.current(cached).map(resource -> gather(resource, lag));
    return gathered.flatMap(input ->
        remaining(uid, ObservedInputs.of(input.input()))
            .filter(_ -> lag.none())
            .map(wait -> skipped(Optional.of(wait)))
            .orElseGet(() -> run(input)));
  }

  private Gathered gather(History.Version<ConnectWiseInstance> resource, Disturbance.Lag lag) {
    String uid = resource.object().orElseThrow().getMetadata().getUid();
    Gathered gathered = reader.gather(resource, lag, memory.unwritten(ID, uid));
    return new Gathered(memory.resumed(gathered.input(), world.time().now()), gathered.revisions());
  }

  private Optional<Duration> remaining(String uid, ObservedInputs inputs) {
    return variant.remaining(
        memory.remaining(ID, uid, variant.remembered(inputs), world.time().now()));
  }

  private Optional<Duration> skipped(Optional<Duration> next) {
    world.happened(new Step.NotReconciled(last.missedWhenSkipped(next)));
    return next;
  }

  private void ended(ReconcileInput input, ReconcileResult result) {
    queue.withdraw(ID);
    memory.ended(input, result, variant.remembered(written.leftBy(input)), world.time().now());
    last.ends(input, result);
    foundNothingToDo = result.remembered().nextFullCheck().isPresent() && callsInReconcile == 0;
  }

  private Optional<Duration> run(Gathered gathered) {
    running = Optional.of(gathered);
    callsInReconcile = 0;
    reconciled = true;
    last.begins(gathered.revisions());
    try {
      ReconcileInput input = gathered.input();
      return switch (reconciliation.run(variant.input(input))) {
        case ReconcileEnd.Queued(var account) -> {
          world.happened(new Step.Queued(callsInReconcile));
          memory.queued(input, account);
          yield Optional.of(ASKS_AGAIN);
        }
        case ReconcileResult result -> {
          ended(input, result);
          yield result.requeueAfter();
        }
      };
    } finally {
      running = Optional.empty();
    }
  }
}
