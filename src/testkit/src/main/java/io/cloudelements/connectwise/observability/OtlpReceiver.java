package io.cloudelements.connectwise.observability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Takes traces in protobuf over HTTP, as a collector does, and keeps them. */
public final class OtlpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();

  /** A span, with the ids as text and the attributes that are texts or numbers. */
  public record ReceivedSpan(
      String traceId,
      String spanId,
      String parentId,
      String name,
      boolean client,
      boolean failed,
      Map<String, String> attributes,
      Map<String, String> resource) {
    public Optional<String> attribute(String key) {
      return Optional.ofNullable(attributes.get(key));
    }
  }

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  public static OtlpReceiver start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      OtlpReceiver receiver = new OtlpReceiver(server);
      server.createContext("/v1/traces", receiver::receive);
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes()));
      headers.add(Map.copyOf(exchange.getRequestHeaders()));
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All spans so far. */
  public List<ReceivedSpan> spans() {
    return requests.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource ->
            resource.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .map(span -> seen(span, resource.getResource())))
        .toList();
  }

  /** The headers of each request. */
  public List<Map<String, List<String>>> headers() {
    return headers;
  }

  /** Everything that came, as text. */
  public String text() {
    return requests.toString();
  }

  private static ReceivedSpan seen(Span span, Resource resource) {
    HexFormat hex = HexFormat.of();
    return new ReceivedSpan(
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        span.getName(),
        span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT,
        span.getStatus().getCode()
            == io.opentelemetry.proto.trace.v1.Status.StatusCode.STATUS_CODE_ERROR,
        attributes(span.getAttributesList()),
        attributes(resource.getAttributesList()));
  }

  private static Map<String, String> attributes(List<KeyValue> pairs) {
    return pairs.stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                pair ->
                    pair.getValue().hasIntValue()
                        ? Long.toString(pair.getValue().getIntValue())
                        : pair.getValue().getStringValue()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
