package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.api.v1.CredentialsReference;
import io.cloudelements.connectwise.api.v1.SecretReference;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Bounds how many passes with the same credentials are under way: each holds a thread and what it
 * has gathered while it waits for its account's turn, and ten thousand of them would hold more than
 * a process has. The other resources are only noted here, in the order in which they came, and get
 * an event when there is a place. Resources with other credentials are never waited for, nor do
 * changes and deletions wait for creations.
 */
public final class PassPlaces {
  private static final int FEWEST = 64;

  /**
   * A resource that says nothing at all looks finished to some tools; but saying that it waits is a
   * write more, and ten thousand are done by then where the service is fast.
   */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  /** Should a call get lost. */
  private static final Duration COMES_AGAIN = Duration.ofMinutes(1);

  private record Key(String namespace, String secret, Errand errand) {}

  private record Waiting(long since, boolean called) {}

  /** Those who wait, in the order in which they came; one who is called stays until it enters. */
  private static final class Places {
    private final Map<ResourceId, Waiting> waiting = new LinkedHashMap<>();
    private int taken;

    private Optional<ResourceId> callNext() {
      Optional<Map.Entry<ResourceId, Waiting>> next =
          waiting.entrySet().stream().filter(entry -> !entry.getValue().called()).findFirst();
      next.ifPresent(entry -> entry.setValue(new Waiting(entry.getValue().since(), true)));
      return next.map(Map.Entry::getKey);
    }
  }

  private final Map<Key, Places> inUse = new HashMap<>();
  private final int bound;
  private final LongSupplier nanoTime;
  private final Source source = new Source();
  private volatile Consumer<ResourceId> called = source::call;

  /**
   * @param maxConcurrent calls that may be in flight per account; enough passes for twice as many
   *     are let in, so that the account never runs dry
   */
  public PassPlaces(int maxConcurrent) {
    this(maxConcurrent, System::nanoTime);
  }

  PassPlaces(int maxConcurrent, LongSupplier nanoTime) {
    this.bound = Math.max(FEWEST, 2 * maxConcurrent);
    this.nanoTime = nanoTime;
  }

  /** Brings the events of those that are called. */
  SimpleInboundEventSource<ConnectWiseInstance> source() {
    return source;
  }

  void onCall(Consumer<ResourceId> listener) {
    called = listener;
  }

  /**
   * Runs a pass if there is a place for it.
   *
   * @param silent is told when this resource has been waiting for a while
   * @return when it is to come again, called or not
   */
  Optional<Duration> in(
      ConnectWiseInstance resource, Supplier<Optional<Duration>> pass, Runnable silent) {
    Key key = key(resource);
    ResourceId id = SpecDefaults.id(resource);
    Optional<Duration> waited = enter(key, id);
    if (waited.isPresent()) {
      if (waited.get().compareTo(SILENCE) >= 0) {
        silent.run();
      }
      return Optional.of(COMES_AGAIN);
    }
    try {
      return pass.get();
    } finally {
      leave(key).ifPresent(called);
    }
  }

  /**
   * @return empty: there was a place; or how long it has been waiting for one
   */
  private synchronized Optional<Duration> enter(Key key, ResourceId id) {
    Places places = inUse.computeIfAbsent(key, _ -> new Places());
    if (places.taken < bound) {
      places.taken++;
      places.waiting.remove(id);
      return Optional.empty();
    }
    long now = nanoTime.getAsLong();
    Waiting waiting =
        places.waiting.merge(
            id, new Waiting(now, false), (known, _) -> new Waiting(known.since(), false));
    return Optional.of(Duration.ofNanos(now - waiting.since()));
  }

  /**
   * Whoever is called and does not come, since it is gone or has another errand now, is not missed:
   * all come again by themselves.
   */
  private synchronized Optional<ResourceId> leave(Key key) {
    Places places = inUse.computeIfAbsent(key, _ -> new Places());
    places.taken--;
    Optional<ResourceId> next = places.callNext();
    if (places.taken == 0 && next.isEmpty()) {
      inUse.remove(key);
    }
    return next;
  }

  /** Credentials for which something is remembered. */
  synchronized int size() {
    return inUse.size();
  }

  private static Key key(ConnectWiseInstance resource) {
    Optional<ConnectWiseInstanceSpec> spec = Optional.ofNullable(resource.getSpec());
    String secret =
        spec.flatMap(known -> Optional.ofNullable(known.accountSecretRef()))
            .map(SecretReference::name)
            .or(() ->
                spec.flatMap(known -> Optional.ofNullable(known.credentialsSecretRef()))
                    .map(CredentialsReference::name))
            .orElse("");
    return new Key(resource.getMetadata().getNamespace(), secret, Errand.of(resource));
  }

  private static final class Source extends SimpleInboundEventSource<ConnectWiseInstance> {
    Source() {
      super("places");
    }

    void call(ResourceId id) {
      propagateEvent(new ResourceID(id.name(), id.namespace()));
    }
  }
}
