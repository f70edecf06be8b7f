package io.cloudelements.connectwise.ratelimit;

import static io.cloudelements.connectwise.Interleavings.check;

import io.cloudelements.connectwise.Interleavings;
import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.Admission.Admitted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The permits of one account under every schedule of a few reconciles. */
@Tag(Interleavings.TAG)
class QueueInterleavingsTest {
  private static final AccountKey ACCOUNT = new AccountKey("5f2c0c9a1b7e", "api.example.com");
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final QueueSettings ONE_PLACE =
      new QueueSettings(1, 512, 5, Duration.ofSeconds(30));

  /** What reconciles ask of the queues. */
  interface Limit {
    void onReserved(Consumer<ResourceId> listener);

    Admission admit(ResourceId resource);

    void withdraw(ResourceId resource);

    void release(Permit permit);
  }

  /** The shipped one. */
  private static final class Locked implements Limit {
    private final RateLimiter limiter =
        new RateLimiter(ONE_PLACE, () -> NOON, () -> NOON, QueueObserver.NONE);

    @Override
    public void onReserved(Consumer<ResourceId> listener) {
      limiter.onReserved(listener);
    }

    @Override
    public Admission admit(ResourceId resource) {
      return limiter.admit(ACCOUNT, resource, Priority.CREATIONS);
    }

    @Override
    public void withdraw(ResourceId resource) {
      limiter.withdraw(resource);
    }

    @Override
    public void release(Permit permit) {
      limiter.release(permit);
    }
  }

  /** The same queues, and no lock around them. */
  private static final class Unlocked implements Limit {
    private final AccountQueues queues = new AccountQueues(ONE_PLACE);
    private Consumer<ResourceId> reserved = _ -> {};

    @Override
    public void onReserved(Consumer<ResourceId> listener) {
      reserved = listener;
    }

    @Override
    public Admission admit(ResourceId resource) {
      Admission admission = queues.admit(ACCOUNT, resource, Priority.CREATIONS, NOON);
      tell();
      return admission;
    }

    @Override
    public void withdraw(ResourceId resource) {
      queues.withdraw(resource, NOON);
      tell();
    }

    @Override
    public void release(Permit permit) {
      queues.release(permit, NOON);
      tell();
    }

    private void tell() {
      for (QueueEvent event : queues.events()) {
        if (event instanceof QueueEvent.Reserved(ResourceId resource)) {
          reserved.accept(resource);
        }
      }
    }
  }

  /**
   * Three reconciles of one account with one place: each asks, waits for a reservation if it has
   * to, and works.
   */
  private abstract static class ThreeReconciles extends Interleavings.Scenario {
    private static final List<ResourceId> RESOURCES =
        List.of(
            new ResourceId("integrations", "red"),
            new ResourceId("integrations", "green"),
            new ResourceId("integrations", "blue"));

    private final Limit limit;
    private final Map<ResourceId, Semaphore> reservations =
        RESOURCES.stream().collect(Collectors.toMap(id -> id, _ -> new Semaphore(0)));
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();

    private ThreeReconciles(Limit limit) {
      this.limit = limit;
      limit.onReserved(resource -> reservations.get(resource).release());
    }

    @Override
    protected void run(int thread) throws InterruptedException {
      ResourceId resource = RESOURCES.get(thread);
      Admission admission = limit.admit(resource);
      if (!(admission instanceof Admitted)) {
        reservations.get(resource).acquire();
        admission = limit.admit(resource);
      }
      check(admission instanceof Admitted, "reserved, and not admitted");
      check(atWork.incrementAndGet() == 1, "more permits than places");
      atWork.decrementAndGet();
      served.incrementAndGet();
      limit.release(((Admitted) admission).permit());
    }

    @Override
    protected void atTheEnd() {
      check(served.get() == RESOURCES.size(), "a reconcile was not served");
      for (Semaphore left : reservations.values()) {
        check(left.availablePermits() == 0, "reserved, and did not wait");
      }
      check(limit.admit(RESOURCES.getFirst()) instanceof Admitted, "a permit was lost");
    }
  }

  public static final class Shipped extends ThreeReconciles {
    public Shipped() {
      super(new Locked());
    }
  }

  public static final class WithoutLock extends ThreeReconciles {
    public WithoutLock() {
      super(new Unlocked());
    }
  }

  @Test
  void aReleasedPermitIsReservedForTheNext() {
    Interleavings.hold(3, Shipped.class);
  }

  @Test
  void queuesWithoutALockAreFound() {
    Interleavings.fail("more permits than places", 3, WithoutLock.class);
  }
}
