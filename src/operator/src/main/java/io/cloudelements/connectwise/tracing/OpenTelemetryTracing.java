package io.cloudelements.connectwise.tracing;

import io.cloudelements.connectwise.cloudelements.CallObserver;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.ReconcileObserver;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Tracing by the OpenTelemetry SDK, which reads its standard variables itself: service name,
 * resource attributes, sampler, headers, timeouts and limits.
 */
final class OpenTelemetryTracing implements Tracing {
  private static final long FLUSH_SECONDS = 5;

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;
  private final boolean propagated;

  private OpenTelemetryTracing(OpenTelemetrySdk sdk, String version, boolean propagated) {
    this.sdk = sdk;
    this.tracer =
        sdk.getTracerProvider()
            .tracerBuilder("io.cloudelements.connectwise")
            .setInstrumentationVersion(version)
            .build();
    this.propagated = propagated;
  }

  static OpenTelemetryTracing start(OperatorConfig.TraceExport settings, String version) {
    // the SDK says by java.util.logging that a receiver is away
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    try {
      OpenTelemetrySdk sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .disableShutdownHook()
              .addPropertiesSupplier(() -> defaults(version))
              .addPropertiesCustomizer(
                  _ -> Map.of("otel.exporter.otlp.endpoint", settings.endpoint().toString()))
              .build()
              .getOpenTelemetrySdk();
      return new OpenTelemetryTracing(sdk, version, settings.propagated());
    } catch (ConfigurationException e) {
      throw new TracingSettingsException("OpenTelemetry cannot start: " + explained(e));
    }
  }

  /** The SDK names the variable, and what is the matter with it in the deepest cause. */
  private static String explained(ConfigurationException e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String what = String.valueOf(e.getMessage());
    return deepest == e ? what : what + ": " + deepest.getMessage();
  }

  /** Metrics are scraped, and logs are collected from standard output. */
  private static Map<String, String> defaults(String version) {
    return Map.of(
        "otel.service.name", "connectwise-operator",
        "otel.resource.attributes", "service.version=" + version,
        "otel.exporter.otlp.protocol", "http/protobuf",
        "otel.metrics.exporter", "none",
        "otel.logs.exporter", "none");
  }

  @Override
  public ReconcileObserver reconciles() {
    return new TracedReconciles(tracer);
  }

  @Override
  public CallObserver calls() {
    return new TracedCalls(tracer, propagated);
  }

  @Override
  public InstancesApi around(InstancesApi instances) {
    return new TracedInstances(instances, new Phases(tracer));
  }

  @Override
  public ClusterWrites around(ClusterWrites cluster) {
    return new TracedWrites(cluster, new Phases(tracer));
  }

  @Override
  public Optional<SpanContext> spanContext() {
    return Optional.of(new CurrentSpan());
  }

  @Override
  public void close() {
    sdk.getSdkTracerProvider().shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
  }
}
