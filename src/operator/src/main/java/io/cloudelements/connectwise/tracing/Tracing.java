package io.cloudelements.connectwise.tracing;

import io.cloudelements.connectwise.cloudelements.CallObserver;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.ReconcileObserver;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.Optional;

/**
 * Makes a trace of each reconcile: a span for the reconcile, one for each phase as the ports show
 * them, one for each call to the service. It sees names, ids and outcomes; never a secret or a
 * body.
 *
 * <p>No type of OpenTelemetry is in this interface, so that none is loaded while tracing is off.
 */
public interface Tracing extends AutoCloseable {

  /**
   * @param settings empty: off
   * @param version of this program
   * @throws TracingSettingsException when a variable of OpenTelemetry's own is wrong
   */
  static Tracing of(Optional<OperatorConfig.TraceExport> settings, String version) {
    return settings
        .<Tracing>map(known -> OpenTelemetryTracing.start(known, version))
        .orElseGet(NoTracing::new);
  }

  /** Observes reconciles from the outside. */
  ReconcileObserver reconciles();

  /** Sees calls to the service. */
  CallObserver calls();

  /** The port with a span around each call. */
  InstancesApi around(InstancesApi instances);

  /** The port with a span around each write. */
  ClusterWrites around(ClusterWrites cluster);

  /** The span under way, for exemplars. */
  Optional<SpanContext> spanContext();

  /** Sends what is still to be sent, for a few seconds at most. */
  @Override
  void close();
}
