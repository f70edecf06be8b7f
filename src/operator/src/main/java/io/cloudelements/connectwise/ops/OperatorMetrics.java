package io.cloudelements.connectwise.ops;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The meters of this process: build, JVM and process from the start, the others by who has them.
 */
public final class OperatorMetrics implements AutoCloseable {
  private static final String OPEN_METRICS = "application/openmetrics-text";

  private static final PrometheusConfig CONFIG =
      new PrometheusConfig() {
        @Override
        public @Nullable String get(String key) {
          return null;
        }

        /** Prometheus refuses a whole scrape for an exemplar where it expects none. */
        @Override
        public Properties prometheusProperties() {
          Properties properties = new Properties();
          properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
          return properties;
        }
      };

  private final PrometheusMeterRegistry registry;
  private final List<Runnable> refreshments = new CopyOnWriteArrayList<>();
  private final JvmGcMetrics gc = new JvmGcMetrics();

  /** The format of an answer, which only OpenMetrics lets have exemplars. */
  enum Format {
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    OPENMETRICS(OPEN_METRICS + "; version=1.0.0; charset=utf-8");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }

    String contentType() {
      return contentType;
    }

    /** What a client that accepts this understands best. */
    static Format acceptedBy(Optional<String> accept) {
      return accept.filter(types -> types.contains(OPEN_METRICS)).isPresent()
          ? OPENMETRICS
          : PROMETHEUS;
    }
  }

  /**
   * @param spans the span that a measurement belongs to, for its exemplar; empty: not traced
   */
  public OperatorMetrics(BuildInfo build, Optional<SpanContext> spans) {
    registry =
        spans
            .map(context ->
                new PrometheusMeterRegistry(
                    CONFIG, new PrometheusRegistry(), Clock.SYSTEM, context))
            .orElseGet(() -> new PrometheusMeterRegistry(CONFIG));
    Gauge.builder("connectwise.operator.build.info", () -> 1)
        .description("Always 1; the labels are version and commit")
        .tag("version", build.version())
        .tag("commit", build.commit().orElse("unknown"))
        .register(registry);
    gc.bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmInfoMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** What the operator may do at most, as a label. */
  public void operatingMode(String mode) {
    Gauge.builder("connectwise.operating.mode", () -> 1)
        .description("Always 1; the label is OPERATING_MODE: Manage, Observe or Plan")
        .tag("mode", mode)
        .register(registry);
  }

  /** Where further meters register. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Is run before each scrape, by its thread: for meters that are counted then. */
  public void beforeScrape(Runnable refreshment) {
    refreshments.add(refreshment);
  }

  /** All meters. Reads a few files of {@code /proc}. */
  String scrape(Format format) {
    refreshments.forEach(Runnable::run);
    return registry.scrape(format.contentType());
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
