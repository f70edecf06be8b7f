package io.cloudelements.connectwise.cloudelements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudelements.connectwise.cloudelements.InMemoryTransport.SendOutcome;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ops.QueueMetrics;
import io.cloudelements.connectwise.ratelimit.BreakerState;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Prometheus is told of the queues. */
class QueueMetricsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final int MOST_ACCOUNTS = 100;
  private static final ResourceId RESOURCE = new ResourceId("integrations", "acme");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final QueueMetrics meters = new QueueMetrics(registry);
  private final SettableClock clock = new SettableClock(NOON);
  private final AccountAccess account = ApiSamples.account("https://api.example.com");
  private SendOutcome outcome = new SendOutcome.Answered(404, Map.of(), "{\"message\":\"none\"}");
  private final RateLimitedInstancesApi api =
      new RateLimitedInstancesApi(
          InMemoryTransport.api(_ -> outcome, clock), QueueSettings.DEFAULTS, clock, clock, meters);

  @Test
  void reportsCallsInFlight() {
    // Given
    String label = "account=\"" + account.account().fingerprint() + "\"";
    // When
    List<String> during =
        api.withPermit(account.account().key(), RESOURCE, Priority.DRIFT, this::lines)
            .orElseThrow();
    // Then
    assertThat(during)
        .contains(
            "connectwise_account_requests_in_flight{" + label + "} 1.0",
            "connectwise_account_waiting{" + label + ",lane=\"changes\"} 0.0",
            "connectwise_account_waiting{" + label + ",lane=\"creations\"} 0.0",
            "connectwise_account_waiting{" + label + ",lane=\"drift\"} 0.0",
            "connectwise_account_breaker_state{" + label + "} 0.0",
            "connectwise_account_retry_after_seconds{" + label + "} 0.0");
    assertThat(lines())
        .contains(
            "connectwise_account_requests_in_flight{" + label + "} 0.0",
            "connectwise_account_queue_wait_seconds_count{lane=\"drift\"} 1");
  }

  @Test
  void reportsAPause() {
    // Given
    outcome = new SendOutcome.Answered(429, Map.of("Retry-After", "42"), "{\"message\":\"slow\"}");
    find(account);
    clock.set(NOON.plusSeconds(2));
    // When
    List<String> lines = lines();
    // Then
    assertThat(lines)
        .contains(
            "connectwise_account_retry_after_seconds{account=\""
                + account.account().fingerprint()
                + "\"} 40.0");
  }

  @Test
  void reportsAnOpenBreaker() {
    // Given
    outcome = new SendOutcome.Lost();
    for (int i = 0; i < QueueSettings.DEFAULTS.breakerFailures(); i++) {
      find(account);
    }
    String series =
        "connectwise_account_breaker_state{account=\"" + account.account().fingerprint() + "\"}";
    // When
    List<String> open = lines();
    // Then
    assertThat(open).contains(series + " 2.0");
    clock.set(NOON.plusSeconds(5));
    assertThat(lines()).contains(series + " 1.0");
  }

  /** An account per rotated secret must not grow what Prometheus keeps. */
  @Test
  void removesAnIdleAccount() {
    // Given
    api.findByTag(account, ApiSamples.TAG);
    clock.set(NOON.plus(QueueSettings.IDLE));
    // When
    api.findByTag(numbered(1), ApiSamples.TAG);
    // Then
    assertThat(registry.scrape()).doesNotContain(account.account().fingerprint());
  }

  @Test
  void combinesAccountsBeyondTheFirstHundred() {
    // Given
    for (int i = 0; i < MOST_ACCOUNTS; i++) {
      api.findByTag(numbered(i), ApiSamples.TAG);
    }
    // When
    List<String> during =
        api.withPermit(
                account.account().key(),
                RESOURCE,
                Priority.DRIFT,
                () ->
                    api.withPermit(
                            numbered(200).account().key(), RESOURCE, Priority.CHANGES, this::lines)
                        .orElseThrow())
            .orElseThrow();
    // Then
    assertThat(during)
        .filteredOn(line -> line.startsWith("connectwise_account_requests_in_flight{"))
        .hasSize(MOST_ACCOUNTS + 1)
        .contains("connectwise_account_requests_in_flight{account=\"other\"} 2.0");
  }

  /** An account that came when all labels were taken must not be without one for ever. */
  @Test
  void reusesAFreedLabel() {
    // Given
    for (int i = 0; i < MOST_ACCOUNTS; i++) {
      api.findByTag(numbered(i), ApiSamples.TAG);
    }
    api.findByTag(account, ApiSamples.TAG);
    // When
    clock.set(NOON.plus(QueueSettings.IDLE));
    api.findByTag(account, ApiSamples.TAG);
    // Then
    assertThat(lines())
        .contains(
            "connectwise_account_requests_in_flight{account=\""
                + account.account().fingerprint()
                + "\"} 0.0");
  }

  /** The calls of an account are forgotten with it. */
  @Test
  void notifiesListenersOfAForgottenAccount() {
    // Given
    List<String> forgotten = new ArrayList<>();
    RateLimitedInstancesApi told =
        new RateLimitedInstancesApi(
            InMemoryTransport.api(_ -> outcome, clock),
            QueueSettings.DEFAULTS,
            clock,
            clock,
            meters.alsoForgetting(forgotten::add));
    told.findByTag(account, ApiSamples.TAG);
    // When
    clock.set(NOON.plus(QueueSettings.IDLE));
    told.findByTag(numbered(1), ApiSamples.TAG);
    // Then
    assertThat(forgotten).containsExactly(account.account().fingerprint());
    assertThat(registry.scrape()).doesNotContain(account.account().fingerprint());
  }

  /** Threads may tell that an account is forgotten after another has opened it again. */
  @Test
  void anAccountThatIsOpenedAgainKeepsItsSeries() {
    // Given
    QueueObserver.QueueState before = new FixedReading(1);
    QueueObserver.QueueState after = new FixedReading(2);
    meters.opened("0a1b", before);
    // When
    meters.opened("0a1b", after);
    meters.forgotten("0a1b", before);
    // Then
    assertThat(lines()).contains("connectwise_account_requests_in_flight{account=\"0a1b\"} 2.0");
    meters.forgotten("0a1b", after);
    assertThat(registry.scrape()).doesNotContain("0a1b");
  }

  private record FixedReading(int inFlight) implements QueueObserver.QueueState {
    @Override
    public int waiting(Priority priority) {
      return 0;
    }

    @Override
    public BreakerState breakerState() {
      return BreakerState.CLOSED;
    }

    @Override
    public Duration retryAfter() {
      return Duration.ZERO;
    }
  }

  private static AccountAccess numbered(int number) {
    return ApiSamples.account("https://api-" + number + ".example.com");
  }

  private void find(AccountAccess of) {
    assertThat(
            catchThrowableOfType(
                InstancesApiException.class, () -> api.findByTag(of, ApiSamples.TAG)))
        .isNotNull();
  }

  private List<String> lines() {
    return registry.scrape().lines().toList();
  }
}
