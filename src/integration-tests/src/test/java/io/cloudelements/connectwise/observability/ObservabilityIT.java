package io.cloudelements.connectwise.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.chart.Dashboard;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.observability.OtlpReceiver.ReceivedSpan;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.OperatorScope;
import io.cloudelements.connectwise.operator.RealOperator;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.connectwise.operator.TenantAccount;
import io.cloudelements.connectwise.picture.DashboardPicture;
import io.cloudelements.connectwise.picture.Line;
import io.cloudelements.connectwise.picture.PictureFiles;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A run with faults, seen through metrics, alerts, dashboard and traces, as a person on call does.
 */
@RealOperator(OperatorScope.MANUAL)
@NeedsPrometheus
class ObservabilityIT {
  /** Those whose trouble this run makes; each other alert is shown by promtool's cases. */
  private static final Set<String> EXPECTED =
      Set.of(
          "ConnectWiseAccountRejected",
          "ConnectWiseAccountRateLimited",
          "ConnectWiseAccountNotReady",
          "ConnectWiseServiceFailing",
          "ConnectWiseDuplicates",
          "ConnectWiseRecreationHeld",
          "ConnectWiseDeletionHeld",
          "ConnectWiseSecretConflict",
          "ConnectWiseResourcesStalled",
          "ConnectWiseDeletionBlocked");

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void failuresAreVisibleInMetricsAlertsAndTraces(
      ControlPlane controlPlane,
      Tenant tenant,
      OperatedCluster cluster,
      KubernetesClient client,
      PrometheusBinaries binaries)
      throws IOException {
    // Given
    releaseResourcesOfOtherTests(client);
    List<String> traceparents = new CopyOnWriteArrayList<>();
    Instant begin = Instant.now();
    try (OtlpReceiver receiver = OtlpReceiver.start();
        OperatorProcess operator = cluster.start(environment(receiver));
        PrometheusServer prometheus =
            PrometheusServer.start(
                binaries,
                Files.createTempDirectory(controlPlane.directory(), "prometheus-"),
                withShortDurations(Files.readString(AlertRulesTest.RULES)),
                "127.0.0.1:" + operator.port())) {
      FaultScenario scenario = new FaultScenario(tenant);
      cluster
          .simulator()
          .faults()
          .on()
          .matching(request -> {
            request.header("traceparent").ifPresent(traceparents::add);
            return false;
          })
          .inject(io.cloudelements.simulator.fault.Fault.Status.of(500));
      try {
        System.out.println("Ready with tracing after " + operator.startup());
        scenario.begin();
        assertThat(prometheus.firing()).doesNotContain("ConnectWiseAccountRejected");
        // When
        scenario.causeFaults();
        // Then
        await("the alerts fire")
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(300))
            .untilAsserted(() -> {
              scenario.repeatFailingCalls();
              assertThat(prometheus.firing()).containsAll(EXPECTED);
            });
        say(begin, "fire", prometheus.firing());
        EXPECTED.forEach(alert ->
            assertThat(prometheus.summary(alert)).isNotBlank().doesNotContain("{{", "error"));
        String scrape = operator.body("/metrics");
        assertThat(scrape).doesNotContain(TenantAccount.CANARY);
        tableEquals(scrape);
        dashboardHasData(prometheus, begin);
        exemplarsLeadToTraces(prometheus, receiver, begin);

        scenario.heal();
        await("the alerts clear")
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(500))
            .untilAsserted(() -> assertThat(prometheus.firing()).isEmpty());
        say(begin, "fire after everything was put right", prometheus.firing());
      } finally {
        scenario.end();
      }
      operator.terminate();
      tracesCoverReconciles(receiver);
      Set<String> calls =
          receiver.spans().stream()
              .filter(ReceivedSpan::client)
              .map(span -> span.traceId() + "-" + span.spanId())
              .collect(Collectors.toSet());
      assertThat(traceparents)
          .isNotEmpty()
          .allSatisfy(header -> assertThat(calls).contains(header.substring(3, 52)));
    }
  }

  private static Map<String, String> environment(OtlpReceiver receiver) {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(),
        "OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=acme",
        "OTEL_SERVICE_NAME", "connectwise-under-test",
        "OTEL_BSP_SCHEDULE_DELAY", "500",
        "TRACE_PROPAGATION", "true",
        "RESYNC_INTERVAL", "30s",
        "ACCOUNT_BREAKER_FAILURES", "50",
        "MASS_DISAPPEARANCE_LIMIT", "0",
        "MASS_DELETION_LIMIT", "1");
  }

  /** The shipped rules with seconds for minutes, since a test cannot wait for an hour. */
  private static String withShortDurations(String rules) {
    return rules
        .replaceAll("for: \\d+[mh]", "for: 1s")
        .replaceAll("\\[\\d+[mh]]", "[15s]")
        .replaceAll("absent\\(.*\\)", "absent(up)");
  }

  private static void say(Instant begin, String what, TreeSet<String> alerts) {
    System.out.printf(
        "After %d s these alerts %s: %s%n",
        Duration.between(begin, Instant.now()).toSeconds(), what, String.join(", ", alerts));
  }

  /** Each metric has a row that says what it means, and each row has a metric. */
  private static void tableEquals(String scrape) throws IOException {
    String table = MetricsTable.render(scrape);
    assertThat(MetricsTable.in(Files.readString(Path.of("docs", "metrics.md"))))
        .as("the table of docs/metrics.md has to be%n%s", table)
        .isEqualTo(table);
  }

  /** A panel without data in a run with every fault would never have any. */
  private static void dashboardHasData(PrometheusServer prometheus, Instant begin) {
    List<String> empty = new ArrayList<>();
    List<DashboardPicture.PicturePanel> panels = new ArrayList<>();
    SeriesLines names = new SeriesLines(begin);
    for (Dashboard.Panel panel : Dashboard.PANELS) {
      List<Line> lines = new ArrayList<>();
      for (Dashboard.Query query : panel.queries()) {
        String expression = query.expression().replace("$__rate_interval", "15s");
        List<PrometheusServer.Series> found = prometheus.range(expression, begin);
        if (found.isEmpty()) {
          empty.add(panel.title() + ": " + expression);
        }
        found.forEach(series -> lines.add(names.line(query.legend(), series)));
      }
      panels.add(
          new DashboardPicture.PicturePanel(
              panel.title(), panel.question(), panel.unit().drawn(), lines));
    }
    PictureFiles.write(
        "dashboard.svg",
        new DashboardPicture(
                "The dashboard in a run with faults",
                "Rates over 15 s. Lines that stayed at zero are left out.",
                panels)
            .svg());
    assertThat(empty).isEmpty();
  }

  /** From the bar of a histogram to what happened then. */
  private static void exemplarsLeadToTraces(
      PrometheusServer prometheus, OtlpReceiver receiver, Instant begin) {
    await("exemplars of traces that the receiver has")
        .atMost(LIMIT)
        .untilAsserted(() -> {
          Set<String> traces =
              receiver.spans().stream().map(ReceivedSpan::traceId).collect(Collectors.toSet());
          assertThat(prometheus.exemplars("connectwise_remote_call_duration_seconds_bucket", begin))
              .isNotEmpty()
              .anyMatch(traces::contains);
        });
  }

  private static void tracesCoverReconciles(OtlpReceiver receiver) {
    List<ReceivedSpan> spans = receiver.spans();
    Map<String, ReceivedSpan> byId =
        spans.stream()
            .collect(Collectors.toMap(ReceivedSpan::spanId, span -> span, (one, _) -> one));
    assertThat(spans)
        .extracting(ReceivedSpan::name)
        .contains(
            "pass",
            "gather",
            "observe",
            "act",
            "record",
            "deliver",
            "report",
            "POST /instances",
            "GET /instances/{id}");
    assertThat(spans)
        .allSatisfy(span -> {
          if (span.name().equals("pass")) {
            assertThat(span.parentId()).isEmpty();
          }
          if (Set.of("gather", "record", "deliver").contains(span.name())) {
            assertThat(byId.get(span.parentId()).name()).isEqualTo("pass");
          }
        })
        .allSatisfy(span ->
            assertThat(span.resource())
                .containsEntry("service.name", "connectwise-under-test")
                .containsKey("service.version"));
    assertThat(spans)
        .filteredOn(span -> span.name().equals("POST /instances"))
        .anySatisfy(creation -> {
          assertThat(creation.attribute("connectwise.request_id")).isPresent();
          assertThat(creation.attribute("http.response.status_code")).contains("200");
          ReceivedSpan act = byId.get(creation.parentId());
          assertThat(act.name()).isEqualTo("act");
          ReceivedSpan pass = byId.get(act.parentId());
          assertThat(pass.attribute("connectwise.pass.reason")).contains("Available");
          assertThat(pass.attribute("connectwise.resource.name")).isPresent();
        });
    assertThat(spans)
        .filteredOn(span -> span.attribute("error.type").filter("rate_limited"::equals).isPresent())
        .isNotEmpty()
        .allMatch(ReceivedSpan::failed);
    assertThat(receiver.headers())
        .allSatisfy(headers -> assertThat(headers).containsEntry("X-tenant", List.of("acme")));
    assertThat(receiver.text()).doesNotContain(TenantAccount.CANARY, "Authorization");
  }

  /** Their operators have ended, so that their finalizers would keep an alert firing here. */
  private static void releaseResourcesOfOtherTests(KubernetesClient client) {
    client.resources(ConnectWiseInstance.class).inAnyNamespace().list().getItems().stream()
        .filter(left -> !left.getFinalizers().isEmpty())
        .forEach(left ->
            client
                .resource(left)
                .edit(found -> {
                  found.getMetadata().setFinalizers(List.of());
                  return found;
                }));
  }

  /** Disabled tracing costs nothing: no class is loaded. */
  @Test
  void disabledTracingLoadsNoTracingClass(ControlPlane controlPlane, OperatedCluster cluster)
      throws IOException {
    // Given
    Path classes = Files.createTempFile(controlPlane.directory(), "classes-", ".log");
    String options = "-Xlog:class+load:file=" + classes.toAbsolutePath();
    // When
    try (OperatorProcess operator = cluster.start(Map.of("JAVA_TOOL_OPTIONS", options))) {
      operator.body("/metrics");
      // Then
      System.out.println("Ready without tracing after " + operator.startup());
      assertThat(Files.readString(classes))
          .contains("io.cloudelements.connectwise.tracing.NoTracing")
          .doesNotContain("io.opentelemetry.", "OpenTelemetryTracing", "SLF4JBridgeHandler");
    }
  }
}
