package io.cloudelements.connectwise.controller;

import static io.cloudelements.connectwise.Interleavings.check;

import io.cloudelements.connectwise.Interleavings;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.FixedSecretVersions;
import io.cloudelements.connectwise.reconcile.Resources;
import io.cloudelements.connectwise.reconcile.SecretVersions;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two reconciles that share a Secret, and one whose occasion is a change of it. */
@Tag(Interleavings.TAG)
class SecretReadsInterleavingsTest {
  private static final ResourceId ACME = new ResourceId("integrations", "acme");

  /** Made before the schedules, because building one is long. */
  private static Map<Integer, Secret> versions;

  @BeforeAll
  static void build() {
    versions = Map.of(5, Resources.secret("acme", "5"), 6, Resources.secret("acme", "6"));
  }

  /** How the reads of a scenario are made. */
  interface Making {
    SecretReads reads(
        Function<ResourceId, Optional<Secret>> apiServer, SecretVersions watch, LongSupplier time);
  }

  private abstract static class ThreeReaders extends Interleavings.Scenario {
    private final FixedSecretVersions watch = new FixedSecretVersions();
    private final AtomicLong time = new AtomicLong();
    private final AtomicInteger stored = new AtomicInteger(5);
    private final AtomicInteger answered = new AtomicInteger();
    private final SecretReads reads;

    private ThreeReaders(Making making) {
      reads =
          making.reads(_ -> Optional.of(versions.get(stored.get())), watch, time::incrementAndGet);
    }

    @Override
    protected void run(int thread) {
      if (thread == 2) {
        stored.set(6);
        watch.show("acme", "6");
      }
      int known = stored.get();
      try (SecretReads.Session session = reads.open(Set.of(ACME), time.incrementAndGet())) {
        Secret found = session.read(ACME).orElseThrow();
        check(
            Integer.parseInt(found.getMetadata().getResourceVersion()) >= known,
            "an older version than at the occasion");
      }
      answered.incrementAndGet();
    }

    @Override
    protected void atTheEnd() {
      check(answered.get() == 3, "a reader has no answer");
      check(reads.size() == 0, "a Secret is kept that no reader waits for");
    }
  }

  public static final class Shipped extends ThreeReaders {
    public Shipped() {
      super(SecretReads::new);
    }
  }

  /** A read that is under way is shared, also when it began before the trigger. */
  public static final class SharesAnyReading extends ThreeReaders {
    public SharesAnyReading() {
      super((apiServer, watch, time) ->
          new SecretReads(apiServer, watch, time) {
            @Override
            boolean serves(Reading reading, ResourceId name, long since) {
              return reading.answer().state() == Future.State.RUNNING
                  || super.serves(reading, name, since);
            }
          });
    }
  }

  @Test
  void noReaderGetsAnOlderVersionThanItsOccasion() {
    Interleavings.hold(3, Shipped.class);
  }

  @Test
  void aSharedReadingFromBeforeTheOccasionIsFound() {
    Interleavings.fail("an older version than at the occasion", 3, SharesAnyReading.class);
  }
}
