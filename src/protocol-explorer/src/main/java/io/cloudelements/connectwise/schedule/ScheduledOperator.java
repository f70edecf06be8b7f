package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.ObservedInputs;
import io.cloudelements.connectwise.reconcile.ReconcileEnd;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileMemory;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.cloudelements.connectwise.reconcile.Reconciliation;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.cloudelements.connectwise.reconcile.ResyncIntervals;
import io.cloudelements.connectwise.reconcile.WrittenVersions;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One running operator: its watches, timers and memory, all of which a crash loses. It does what
 * the shell around the reconciles does, with the memory and the filters of the production code.
 */
final class ScheduledOperator {
  private static final ReconcileSettings SETTINGS =
      new ReconcileSettings(
          ScheduledService.CLUSTER_NAME,
          ScheduledService.BASE_URL,
          ScheduledAccounts.ALLOWED,
          Bounds.WINDOW,
          ResyncIntervals.withListings(Bounds.RESYNC, true));

  private static final ResourceId ID = new ResourceId(Cluster.NAMESPACE, Cluster.NAME);

  /**
   * What a reconcile rests on.
   *
   * @param revisions of what was read, by name; the resource has none
   * @param account the account object as it was seen then
   */
  record Gathered(ReconcileInput input, Map<String, Long> revisions, SeenAccount account) {}

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
  private final ScheduledAccounts accounts;
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
    this.accounts = new ScheduledAccounts(world, variant, watch::resource);
    this.reader = new ScheduledReader(world.cluster(), watch, written, accounts);
    this.last = new LastReconcile(world);
    RateLimitedInstancesApi limited = ScheduledConnection.of(world, variant, this::running);
    this.queue = new ScheduledQueue(limited, ID, world);
    ClusterWrites writes = new OperatorWrites(world.cluster(), world::happened);
    ClusterWrites observed = variant.cluster(new ObservedCluster(writes, ports, this), world);
    InstancesApi instances = variant.instances(new ObservedInstances(limited, ports, this), world);
    accounts.begin(new ScheduledAccountWrites(world, ports, this), instances);
    this.reconciliation =
        new Reconciliation(
            instances,
            variant.permits(queue, observed, world),
            observed,
            SETTINGS,
            ScheduledGuards.of(world, variant, accounts, watch::resource, guardLimit),
            world.time().wallClock());
  }

  String name() {
    return name;
  }

  /** What the reconcile that is under way rests on. */
  Optional<Gathered> running() {
    return running;
  }

  /** Whether the account is not as it will be once the service answers. */
  boolean accountIsUnsettled() {
    return accounts.isUnsettled();
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
    return Stream.of(ownDue(), accounts.due())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private Optional<Instant> ownDue() {
    return event || watch.hasEvent()
        ? Optional.of(world.time().now())
        : Stream.concat(timer.stream(), queue.wokenAt().stream()).min(Comparator.naturalOrder());
  }

  /**
   * As a listing that differs does: the next reconcile reads the service, also when the cluster
   * shows no change.
   */
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
   */
  void writeSecret(Secret about, Function<Supplier<String>, String> port, Runnable effect) {
    String name = about.getMetadata().getName();
    History<Secret> secret = world.cluster().secretHistory(name);
    Supplier<String> write =
        () ->
            writing(() -> {
              effect.run();
              last.knows(secret);
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
    return last.missedWhenIdle()
        .or(() ->
            accounts.due().isPresent() ? Optional.empty() : last.missedOfAccount(accounts.seen()));
  }

  /**
   * What an event or a timer brings.
   *
   * @param lag by how much the caches are behind
   */
  void reconcile(Disturbance.Lag lag) {
    boolean due = ownDue().filter(then -> !then.isAfter(world.time().now())).isPresent();
    callsInReconcile = 0;
    foundNothingToDo = true;
    reconciled = false;
    watch.show(lag);
    // Before the resource, as where the account is older; a cache that is behind shows the rest.
    if (accounts.reconcile(lag.resource()) || due) {
      reconcileResource(lag);
    }
  }

  private void reconcileResource(Disturbance.Lag lag) {
    event = false;
    timer = Optional.empty();
    queue.begins();
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
        ObservedInputs.inCaches(cached, watch, accounts.authorizer())
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
    return new Gathered(
        memory.resumed(gathered.input(), world.time().now()),
        gathered.revisions(),
        gathered.account());
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
    last.ends(input, result);
    foundNothingToDo = result.remembered().nextFullCheck().isPresent() && callsInReconcile == 0;
  }

  private Optional<Duration> run(Gathered gathered) {
    running = Optional.of(gathered);
    callsInReconcile = 0;
    reconciled = true;
    last.begins(gathered);
    try {
      ReconcileInput input = gathered.input();
      ReconcileEnd end = reconciliation.run(variant.input(input, world));
      memory.ended(input, end, () -> variant.remembered(written.leftBy(input)), world.time().now());
      switch (end) {
        case ReconcileEnd.Queued _ -> world.happened(new Step.Queued(callsInReconcile));
        case ReconcileResult result -> ended(input, result);
      }
      return end.requeueAfter();
    } finally {
      running = Optional.empty();
    }
  }
}
