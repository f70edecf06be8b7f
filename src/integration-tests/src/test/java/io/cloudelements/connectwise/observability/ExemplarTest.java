package io.cloudelements.connectwise.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.cloudelements.CallMetrics;
import io.cloudelements.connectwise.cloudelements.CallObserver;
import io.cloudelements.connectwise.cloudelements.CallOutcome;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.ops.BuildInfo;
import io.cloudelements.connectwise.ops.OperatorMetrics;
import io.cloudelements.connectwise.ops.OpsServer;
import io.cloudelements.connectwise.ops.Readiness;
import io.cloudelements.connectwise.tracing.Tracing;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus takes what is scraped, exemplars included: it refuses a scrape as a whole. */
@NeedsPrometheus
class ExemplarTest {
  private record Answered(CallOutcome outcome) implements CallObserver.CallEnd {
    @Override
    public Optional<Integer> status() {
      return Optional.of(200);
    }

    @Override
    public Optional<String> requestId() {
      return Optional.of("request-1");
    }
  }

  /** From a bar of the histogram one gets to the trace of a call that it counts. */
  @Test
  void anExemplarLeadsToItsTrace(PrometheusBinaries binaries, @TempDir Path directory)
      throws Exception {
    // Given
    Instant begin = Instant.now();
    Vertx vertx = Vertx.vertx();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        Tracing tracing =
            Tracing.of(
                Optional.of(new OperatorConfig.TraceExport(URI.create(receiver.endpoint()), false)),
                "1.2.3");
        OperatorMetrics metrics =
            new OperatorMetrics(new BuildInfo("1.2.3", Optional.of("abc")), tracing.spanContext());
        OpsServer ops =
            OpsServer.start(
                vertx,
                0,
                () ->
                    new Readiness(
                        true,
                        Readiness.LeaderStatus.LEADER,
                        Duration.ZERO,
                        ManagementPolicy.MANAGE),
                metrics,
                Map.of());
        PrometheusServer prometheus =
            PrometheusServer.start(
                binaries,
                directory,
                Files.readString(AlertRulesTest.RULES),
                "127.0.0.1:" + ops.port())) {
      CallObserver calls = tracing.calls().around(new CallMetrics(metrics.registry()));
      CallObserver.Begin call =
          new CallObserver.Begin("GET", "/instances/{id}", "api.example.com", "0a1b");
      // When
      calls.observe(
          call,
          headers -> {
            assertThat(headers).as("the service is not told unless asked").isEmpty();
            return new Answered(CallOutcome.SUCCESS);
          });
      // Then
      await("Prometheus has the exemplar")
          .atMost(Duration.ofSeconds(20))
          .until(() ->
              !prometheus
                  .exemplars("connectwise_remote_call_duration_seconds_bucket", begin)
                  .isEmpty());
      assertThat(prometheus.instant("up").values()).containsExactly(1.0);
      tracing.close();
      assertThat(receiver.spans())
          .singleElement()
          .satisfies(span -> {
            assertThat(
                    prometheus.exemplars("connectwise_remote_call_duration_seconds_bucket", begin))
                .containsOnly(span.traceId());
            assertThat(span.attribute("connectwise.request_id")).contains("request-1");
            assertThat(span.attribute("connectwise.account")).contains("0a1b");
          });
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
