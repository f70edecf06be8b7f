package io.cloudelements.connectwise.controller;

import static io.cloudelements.connectwise.Interleavings.check;

import io.cloudelements.connectwise.Interleavings;
import io.cloudelements.connectwise.reconcile.Resources;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A write of ours, a foreign one, and the watch that shows both, in every order. */
@Tag(Interleavings.TAG)
class RecentWritesInterleavingsTest {
  private static final String NAME = "acme-token";

  /** Made before the schedules, because building one is long. */
  private static Map<Integer, Secret> versions;

  @BeforeAll
  static void build() {
    versions = Map.of(11, Resources.secret(NAME, "11"), 12, Resources.secret(NAME, "12"));
  }

  private abstract static class TwoWriters extends Interleavings.Scenario {
    private final RecentWrites writes;
    private final ConcurrentLinkedQueue<Secret> events = new ConcurrentLinkedQueue<>();
    private final Semaphore any = new Semaphore(0);
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private int last = 10;
    private volatile String theirs = "";

    private TwoWriters(RecentWrites writes) {
      this.writes = writes;
      writes.onMissedChange(secret -> told.add(version(secret)));
    }

    /** The API server: versions have an order, and the watch has the same one. */
    private synchronized Secret write() {
      Secret written = versions.get(++last);
      events.add(written);
      any.release();
      return written;
    }

    @Override
    protected void run(int thread) throws InterruptedException {
      switch (thread) {
        case 0 -> writes.writeSecret(versions.get(11), this::write);
        case 1 -> theirs = version(write());
        default -> {
          watch();
          watch();
        }
      }
    }

    private void watch() throws InterruptedException {
      any.acquire();
      Secret seen = events.remove();
      if (writes.isForeign(seen)) {
        told.add(version(seen));
      }
    }

    @Override
    protected void atTheEnd() {
      check(told.contains(theirs), "a foreign change was swallowed");
      check(told.size() == 1, "an own echo was taken for a foreign change");
    }

    private static String version(Secret secret) {
      return secret.getMetadata().getResourceVersion();
    }
  }

  public static final class Shipped extends TwoWriters {
    public Shipped() {
      super(new RecentWrites());
    }
  }

  /** The version is noted with the answer alone, which the watch may be faster than. */
  public static final class NotedAfterwards extends TwoWriters {
    public NotedAfterwards() {
      super(
          new RecentWrites() {
            @Override
            synchronized void begins(Secret about) {}
          });
    }
  }

  @Test
  void anEchoIsKnownAndAForeignChangeIsTold() {
    Interleavings.hold(3, Shipped.class);
  }

  @Test
  void aWriteThatIsNotedAfterwardsIsFound() {
    Interleavings.fail("an own echo was taken for a foreign change", 3, NotedAfterwards.class);
  }
}
