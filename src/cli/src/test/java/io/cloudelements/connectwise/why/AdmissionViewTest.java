package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.ops.QueueMetrics;
import io.cloudelements.connectwise.ratelimit.BreakerState;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the operator's own meters say, read as the command reads them. */
class AdmissionViewTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final QueueMetrics metrics = new QueueMetrics(registry);

  /** An account's queue with so many reconciles of each priority. */
  private record Queue(BreakerState breakerState, Duration retryAfter)
      implements QueueObserver.QueueState {
    @Override
    public int inFlight() {
      return 3;
    }

    @Override
    public int waiting(Priority priority) {
      return priority.ordinal() + 1;
    }
  }

  private AdmissionView seen(int leader, String account) {
    Gauge.builder("connectwise.leader", () -> leader).register(registry);
    return AdmissionView.of(registry.scrape(), Optional.of(account), Optional.of(2));
  }

  @Test
  void readsTheQueueOfTheAccountAlone() {
    // Given
    metrics.opened("5f2c0c9a1b7e", new Queue(BreakerState.OPEN, Duration.ofSeconds(90)));
    metrics.opened("77aa00000000", new Queue(BreakerState.CLOSED, Duration.ZERO));
    // When
    AdmissionView view = seen(1, "5f2c0c9a1b7e");
    // Then
    assertThat(view)
        .isEqualTo(
            new AdmissionView.Told(
                BreakerState.OPEN,
                3,
                Map.of("changes", 1, "creations", 2, "drift", 3),
                Duration.ofSeconds(90),
                Optional.of(2)));
  }

  /** A state that a newer operator adds must not look like a closed breaker. */
  @Test
  void takesAnUnknownStateOfTheBreakerForAnOpenOne() {
    // Given
    metrics.opened("5f2c0c9a1b7e", new Queue(BreakerState.CLOSED, Duration.ZERO));
    Gauge.builder("connectwise.leader", () -> 1).register(registry);
    String known = "connectwise_account_breaker_state{account=\"5f2c0c9a1b7e\"} ";
    String page = registry.scrape().replace(known + "0.0", known + "3.0");
    // When
    AdmissionView view = AdmissionView.of(page, Optional.of("5f2c0c9a1b7e"), Optional.empty());
    // Then
    assertThat(page).contains(known + "3.0");
    assertThat(view)
        .isInstanceOfSatisfying(
            AdmissionView.Told.class,
            told -> assertThat(told.breaker()).isEqualTo(BreakerState.OPEN));
  }

  /** A standby replica has no queue, which must not look like an empty one. */
  @Test
  void doesNotTakeAStandbyForTheLeader() {
    // Given
    metrics.opened("5f2c0c9a1b7e", new Queue(BreakerState.CLOSED, Duration.ZERO));
    // When
    AdmissionView view = seen(0, "5f2c0c9a1b7e");
    // Then
    assertThat(view).isInstanceOf(AdmissionView.Unreachable.class);
  }

  @Test
  void knowsAnAccountThatWasNotCalled() {
    // Given
    metrics.opened("77aa00000000", new Queue(BreakerState.CLOSED, Duration.ZERO));
    // When
    AdmissionView view = seen(1, "5f2c0c9a1b7e");
    // Then
    assertThat(view).isEqualTo(new AdmissionView.Unused());
  }
}
