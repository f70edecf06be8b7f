package io.cloudelements.connectwise.cloudelements;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is seen of a call to the service, and what is made of it. */
class CallMetricsTest {
  @RegisterExtension static final HttpFixture HTTP = new HttpFixture();

  private record Ended(CallOutcome outcome) implements CallObserver.CallEnd {
    @Override
    public Optional<Integer> status() {
      return Optional.empty();
    }

    @Override
    public Optional<String> requestId() {
      return Optional.empty();
    }
  }

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /**
   * The storm of one account shows whose it is and which call it hits; no label has an id in it.
   */
  @Test
  void countsCallsByRouteOutcomeAndAccount() {
    // Given
    RawServer server = HTTP.server(RawServer.always(429, "{\"message\": \"slow down\"}"));
    HttpInstancesApi api =
        HTTP.client(server, client -> client.observer = new CallMetrics(registry));
    // When
    HttpTestClient.failure(() -> api.read(HttpFixture.account(server), 4711));
    // Then
    String account = HttpFixture.account(server).account().fingerprint();
    assertThat(
            registry
                .get("connectwise.remote.calls")
                .tags("route", "GET /instances/{id}", "outcome", "rate_limited", "account", account)
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("connectwise.remote.call.duration")
                .tags("route", "GET /instances/{id}", "outcome", "rate_limited")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(registry.getMeters())
        .flatExtracting(meter -> meter.getId().getTags())
        .extracting(Tag::getValue)
        .noneMatch(value -> value.contains("4711") || value.contains("canary"));
  }

  /** Not to be told the organization is no failure, so that no alert counts it as one. */
  @Test
  void countsAnOrganizationThatIsNotToldAsAnswered() {
    // Given
    RawServer server = HTTP.server(RawServer.always(401, "{\"message\": \"no\"}"));
    HttpInstancesApi api =
        HTTP.client(server, client -> client.observer = new CallMetrics(registry));
    // When
    api.readOrganization(HttpFixture.account(server));
    // Then
    assertThat(
            registry
                .get("connectwise.remote.calls")
                .tags("route", "GET /organizations/me", "outcome", "success")
                .counter()
                .count())
        .isEqualTo(1);
  }

  /** User secrets are rotated for years, each with a fingerprint of its own. */
  @Test
  void boundsTheNumberOfAccountLabels() {
    // Given
    CallMetrics meters = new CallMetrics(registry);
    // When
    for (int account = 0; account < CallMetrics.MOST_ACCOUNTS + 20; account++) {
      count(meters, "account-" + account);
    }
    // Then
    List<Meter> counters =
        registry.getMeters().stream()
            .filter(meter -> meter.getId().getName().equals("connectwise.remote.calls"))
            .toList();
    assertThat(counters).hasSize(CallMetrics.MOST_ACCOUNTS + 1);
    assertThat(
            registry
                .get("connectwise.remote.calls")
                .tag("account", CallMetrics.OTHER_ACCOUNTS)
                .counter()
                .count())
        .isEqualTo(20);
  }

  /** Made-up user secrets must not take the labels from other accounts for good. */
  @Test
  void freesTheLabelOfAForgottenAccount() {
    // Given
    CallMetrics meters = new CallMetrics(registry);
    for (int account = 0; account < CallMetrics.MOST_ACCOUNTS; account++) {
      count(meters, "made-up-" + account);
    }
    // When
    meters.forget("made-up-7");
    count(meters, "later");
    // Then
    assertThat(registry.find("connectwise.remote.calls").tag("account", "made-up-7").meter())
        .isNull();
    assertThat(registry.get("connectwise.remote.calls").tag("account", "later").counter().count())
        .isEqualTo(1);
  }

  private static void count(CallMetrics meters, String account) {
    CallObserver.Begin begin = new CallObserver.Begin("GET", "/instances", "example.com", account);
    meters.observe(begin, _ -> new Ended(CallOutcome.SUCCESS));
  }

  /** A trace is of no use without the service's own name for the call. */
  @Test
  void observerSeesRouteStatusAndRequestIdButNoSecret() {
    // Given
    RawServer server =
        HTTP.server((socket, _) ->
            socket.write(
                RawServer.response(500, "{\"message\": \"oops\"}", "Elements-Request-Id: abc-1")));
    List<String> seen = new ArrayList<>();
    CallObserver observer =
        new CallObserver() {
          @Override
          public <E extends CallEnd> E observe(
              Begin begin, java.util.function.Function<Map<String, String>, E> call) {
            E end = call.apply(Map.of("traceparent", "00-1-2-01"));
            seen.add(begin + " " + end.outcome() + " " + end.status() + " " + end.requestId());
            return end;
          }
        };
    HttpInstancesApi api =
        HTTP.client(server, client -> client.observer = observer.around(new CallMetrics(registry)));
    // When
    HttpTestClient.failure(() -> api.delete(HttpFixture.account(server), 7));
    // Then
    assertThat(seen)
        .singleElement()
        .asString()
        .contains("method=DELETE, route=/instances/{id}, host=127.0.0.1")
        .endsWith("SERVICE_FAILED Optional[500] Optional[abc-1]")
        .doesNotContain("canary");
    assertThat(server.requests())
        .singleElement()
        .asString()
        .containsIgnoringCase("traceparent: 00-1-2-01");
  }
}
