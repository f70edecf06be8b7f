package io.cloudelements.connectwise.tracing;

import io.cloudelements.connectwise.platform.CallObserver;
import io.cloudelements.connectwise.platform.InstancesApi;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.PassObserver;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.Optional;

/** Tracing that is off. */
final class NoTracing implements Tracing {
  @Override
  public PassObserver passes() {
    return PassObserver.NONE;
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
