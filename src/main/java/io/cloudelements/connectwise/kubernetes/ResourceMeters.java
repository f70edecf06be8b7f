package io.cloudelements.connectwise.kubernetes;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the resources say of themselves, counted when somebody asks; no label names a resource. */
public final class ResourceMeters implements MeterBinder {
  private final PrimaryCache primaries;

  public ResourceMeters(PrimaryCache primaries) {
    this.primaries = primaries;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (State state : State.values()) {
      Gauge.builder("connectwise.resources", () -> inState(state))
          .description("Resources by status.state")
          .tag("state", state.key())
          .register(registry);
    }
    Gauge.builder("connectwise.duplicates", this::duplicates)
        .description("Further instances that carry a resource's ownership tag; never used")
        .register(registry);
  }

  private long inState(State state) {
    return statuses().filter(status -> state.key().equals(status.state())).count();
  }

  private long duplicates() {
    return statuses()
        .map(ConnectWiseInstanceStatus::duplicates)
        .flatMap(ids -> Stream.ofNullable(ids))
        .mapToLong(List::size)
        .sum();
  }

  private Stream<ConnectWiseInstanceStatus> statuses() {
    return primaries
        .all()
        .map(ConnectWiseInstance::getStatus)
        .flatMap(status -> Optional.ofNullable(status).stream());
  }
}
