package io.cloudelements.connectwise.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.cluster.GuardedProcess;
import io.cloudelements.connectwise.cluster.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A Prometheus on this machine that scrapes one operator every half second. */
final class PrometheusServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** One line of a graph. */
  record Series(Map<String, String> labels, List<GraphPoint> points) {}

  /** A value that is a number. */
  record GraphPoint(Instant at, double value) {}

  private final GuardedProcess process;
  private final String url;

  private PrometheusServer(GuardedProcess process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * @param rules alerting rules
   * @param target host and port of the operator's metrics
   */
  static PrometheusServer start(
      PrometheusBinaries binaries, Path directory, String rules, String target) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("alerts.yaml"), rules);
      Path configuration =
          Files.writeString(directory.resolve("prometheus.yaml"), configuration(target));
      int port = new LoopbackPorts(RandomGenerator.getDefault()).pick(1).getFirst();
      GuardedProcess process =
          GuardedProcess.start(
              "prometheus",
              directory.resolve("prometheus.log"),
              directory,
              Map.of(),
              List.of(
                  binaries.prometheus().toString(),
                  "--config.file=" + configuration.toAbsolutePath(),
                  "--storage.tsdb.path=" + directory.resolve("data").toAbsolutePath(),
                  "--web.listen-address=127.0.0.1:" + port,
                  "--enable-feature=exemplar-storage"));
      PrometheusServer server = new PrometheusServer(process, "http://127.0.0.1:" + port);
      Awaitility.await("Prometheus has scraped the operator")
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> {
            process.requireAlive();
            return !server.instant("up == 1").isEmpty();
          });
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String configuration(String target) {
    return """
    global: {scrape_interval: 500ms, evaluation_interval: 500ms}
    rule_files: [alerts.yaml]
    scrape_configs:
      - job_name: connectwise-operator
        static_configs: [{targets: ["%s"]}]
    """
        .formatted(target);
  }

  /** The label sets that an expression has a value for now, each with it. */
  Map<Map<String, String>, Double> instant(String expression) {
    Map<Map<String, String>, Double> values = new java.util.LinkedHashMap<>();
    get("/api/v1/query?query=" + encoded(expression))
        .at("/data/result")
        .forEach(one -> values.put(labels(one.get("metric")), one.at("/value/1").asDouble()));
    return values;
  }

  /** What a graph from then until now shows, without gaps and without what is not a number. */
  List<Series> range(String expression, Instant from) {
    JsonNode result =
        get("/api/v1/query_range?step=1&start=%s&end=%s&query=%s"
                .formatted(from, Instant.now(), encoded(expression)))
            .at("/data/result");
    List<Series> all = new ArrayList<>();
    for (JsonNode one : result) {
      List<GraphPoint> points =
          StreamSupport.stream(one.get("values").spliterator(), false)
              .map(pair ->
                  new GraphPoint(
                      Instant.ofEpochMilli(Math.round(pair.get(0).asDouble() * 1000)),
                      Double.parseDouble(pair.get(1).asText().replace("Inf", "Infinity"))))
              .filter(point -> Double.isFinite(point.value()))
              .toList();
      if (!points.isEmpty()) {
        all.add(new Series(labels(one.get("metric")), points));
      }
    }
    return all;
  }

  /** Names of the alerts that fire. */
  TreeSet<String> firing() {
    return StreamSupport.stream(get("/api/v1/alerts").at("/data/alerts").spliterator(), false)
        .filter(alert -> alert.get("state").asText().equals("firing"))
        .map(alert -> alert.at("/labels/alertname").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The summary of an alert that fires. */
  String summary(String alert) {
    return StreamSupport.stream(get("/api/v1/alerts").at("/data/alerts").spliterator(), false)
        .filter(one -> one.at("/labels/alertname").asText().equals(alert))
        .map(one -> one.at("/annotations/summary").asText())
        .findFirst()
        .orElseThrow();
  }

  /** Trace ids of a metric's exemplars. */
  List<String> exemplars(String metric, Instant from) {
    return get("/api/v1/query_exemplars?query=%s&start=%s&end=%s"
            .formatted(encoded(metric), from, Instant.now()))
        .at("/data")
        .findValuesAsText("trace_id");
  }

  private JsonNode get(String path) {
    try {
      JsonNode answer =
          JSON.readTree(
              HTTP.send(
                      HttpRequest.newBuilder(URI.create(url + path)).build(),
                      BodyHandlers.ofString())
                  .body());
      if (!answer.path("status").asText().equals("success")) {
        throw new AssertionError(path + ": " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> labels(JsonNode metric) {
    Map<String, String> labels = new TreeMap<>();
    metric
        .fields()
        .forEachRemaining(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.terminate();
    process.awaitEnd(Duration.ofSeconds(5));
  }
}
