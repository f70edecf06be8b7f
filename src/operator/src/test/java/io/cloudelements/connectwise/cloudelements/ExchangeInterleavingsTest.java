package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.Interleavings.check;

import io.cloudelements.connectwise.Interleavings;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.SendWindow;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One request: the caller, the event loop that writes it, and a connection that breaks. */
@Tag(Interleavings.TAG)
class ExchangeInterleavingsTest {
  private static final HttpCall CALL =
      new HttpCall(
          "POST",
          URI.create("https://api.example.com/elements/api-v2/instances"),
          Map.of(),
          Optional.of("{}"),
          Duration.ofSeconds(90),
          SendWindow.ALWAYS,
          Effect.UNKNOWN);

  private abstract static class OneCall extends Interleavings.Scenario {
    private final HttpExchange exchange;
    private final ExchangeEnd.TimedWait wait;
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final AtomicReference<Optional<HttpResult>> result =
        new AtomicReference<>(Optional.empty());
    private volatile boolean written;
    private volatile boolean aborted;

    private OneCall(SendProgress progress, ExchangeEnd.TimedWait wait) {
      this.exchange = new HttpExchange(1024, SendWindow.ALWAYS, () -> Instant.EPOCH, progress);
      this.wait = wait;
    }

    @Override
    protected void run(int thread) {
      switch (thread) {
        case 0 -> call();
        case 1 -> eventLoop();
        default -> body.completeExceptionally(new IOException("closed"));
      }
    }

    private void call() {
      HttpResult end =
          new ExchangeEnd(CALL, exchange, false).await(body, Duration.ofSeconds(10), wait);
      result.set(Optional.of(end));
    }

    private void eventLoop() {
      if (exchange.start(() -> aborted = true)) {
        written = true;
        exchange.receive(200, Map.of());
        body.complete("{}");
      }
    }

    @Override
    protected void atTheEnd() {
      switch (result.get().orElseThrow()) {
        case HttpResult.Answered _ -> check(written, "an answer to what was not written");
        case HttpResult.Broken(var failure) -> {
          Effect effect = failure.effect();
          check(
              effect == (written ? Effect.UNKNOWN : Effect.NONE),
              "written: " + written + ", told: " + effect);
          check(aborted || !written, "given up, and goes on");
        }
      }
    }
  }

  /** Any time may be up at any moment. */
  private static final ExchangeEnd.TimedWait NO_PATIENCE =
      (end, _) -> {
        if (!end.isDone()) {
          throw new TimeoutException();
        }
        end.get();
      };

  public static final class Impatient extends OneCall {
    public Impatient() {
      super(new SendProgress(), NO_PATIENCE);
    }
  }

  public static final class Patient extends OneCall {
    public Patient() {
      super(new SendProgress(), (end, _) -> end.get());
    }
  }

  /** Looks first and moves then. */
  public static final class TwoSteps extends OneCall {
    public TwoSteps() {
      super(
          new SendProgress() {
            @Override
            boolean leaveWaiting(SendPhase next) {
              boolean first = phase.get() == SendPhase.WAITING;
              if (first) {
                phase.set(next);
              }
              return first;
            }
          },
          NO_PATIENCE);
    }
  }

  @Test
  void anAbandonedRequestIsNeverWritten() {
    Interleavings.hold(3, Impatient.class);
  }

  @Test
  void anAnswerOrAFailureEndsTheWait() {
    Interleavings.hold(3, Patient.class);
  }

  @Test
  void aDecisionInTwoStepsIsFound() {
    Interleavings.fail("written: true, told: NONE", 3, TwoSteps.class);
  }
}
