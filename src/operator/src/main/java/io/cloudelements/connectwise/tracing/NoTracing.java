package io.cloudelements.connectwise.tracing;

import io.cloudelements.connectwise.cloudelements.CallObserver;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.ReconcileObserver;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.Optional;

/** Tracing that is off. */
final class NoTracing implements Tracing {
  @Override
  public ReconcileObserver reconciles() {
    return ReconcileObserver.NONE;
  }

  @Override
  public CallObserver calls() {
    return CallObserver.NONE;
  }

  @Override
  public InstancesApi around(InstancesApi instances) {
    return instances;
  }

  @Override
  public ClusterWrites around(ClusterWrites cluster) {
    return cluster;
  }

  @Override
  public Optional<SpanContext> spanContext() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
