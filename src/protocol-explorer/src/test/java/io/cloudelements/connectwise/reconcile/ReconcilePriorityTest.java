package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.cloudelements.SimulatedWire;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.fault.Fault.Status;
import io.cloudelements.simulator.model.ProviderAccount;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With which priority a reconcile is queued, and what it says meanwhile. */
class ReconcilePriorityTest {
  private final Crowd crowd = new Crowd();
  private final Simulator simulator = crowd.platform();
  private final Queue service = new Queue();

  @BeforeEach
  void open() {
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(1);
  }

  @Test
  void aNewResourceIsACreation() {
    // When
    crowd.passes(Duration.ZERO, service);
    // Then: all of it with one permit
    assertThat(service.priorities).containsExactly(Priority.CREATIONS);
    assertThat(simulator.journal().count()).isEqualTo(2);
  }

  @Test
  void aFullCheckWithoutAChangeIsADriftCheck() {
    // Given
    converged();
    // When
    crowd.passes(untilFullCheck(), service);
    // Then
    assertThat(service.priorities).containsExactly(Priority.DRIFT);
  }

  @Test
  void anEditIsAChange() {
    // Given
    converged();
    crowd.name("Acme help desk");
    // When
    crowd.passes(Duration.ZERO, service);
    // Then
    assertThat(service.priorities).containsExactly(Priority.CHANGES);
  }

  /** It shows in nothing but the Secret. */
  @Test
  void aRotatedPasswordIsAChange() {
    // Given
    converged();
    simulator.platform().outsideWorld().acceptLogin(ProviderAccount.of("acme", "api1", "canary-2"));
    crowd.password("canary-2");
    // When
    crowd.passes(Duration.ZERO, service);
    // Then
    assertThat(service.priorities).containsExactly(Priority.CHANGES);
    assertThat(simulator.journal().count(Route.PUT_INSTANCE)).isEqualTo(1);
  }

  @Test
  void anotherAccountIsAChange() {
    // Given
    converged();
    crowd.credentials("wrong", Crowd.ORGANIZATION);
    // When
    crowd.passes(Duration.ZERO, service);
    // Then
    assertThat(service.priorities).containsExactly(Priority.CHANGES);
  }

  @Test
  void aLostTokenSecretIsAChange() {
    // Given
    converged();
    crowd.tokenLoss();
    // When
    crowd.passes(Duration.ZERO, service);
    // Then
    assertThat(service.priorities).containsExactly(Priority.CHANGES);
  }

  @Test
  void aRequestedReconcileIsAChangeOnce() {
    // Given
    converged();
    Duration untilFullCheck = untilFullCheck();
    crowd.annotation(Annotations.RECONCILE_REQUESTED_AT, "now");
    // When
    crowd.passes(untilFullCheck, service);
    // Then
    assertThat(service.priorities).containsExactly(Priority.CHANGES, Priority.DRIFT);
  }

  @Test
  void aDeletionIsAChange() {
    // Given
    converged();
    crowd.deletion();
    // When
    crowd.passes(Duration.ZERO, service);
    // Then
    assertThat(service.priorities).containsExactly(Priority.CHANGES);
    assertThat(simulator.platform().live()).isEmpty();
  }

  /** The status says nothing of what is left to do. */
  @Test
  void retriesAFailedChangeAsAChange() {
    // Given
    converged();
    simulator.faults().on(Route.GET_INSTANCE).first(2).inject(Status.of(503));
    crowd.name("Acme help desk");
    // When
    crowd.passes(Duration.ofSeconds(30), service);
    // Then
    assertThat(service.priorities)
        .containsExactly(Priority.CHANGES, Priority.CHANGES, Priority.CHANGES);
  }

  /** After an outage, drift checks keep their priority and do not count as users' changes. */
  @Test
  void retriesAFailedDriftCheckAsADriftCheck() {
    // Given
    converged();
    simulator.faults().on(Route.GET_INSTANCE).first(2).inject(Status.of(503));
    // When
    crowd.passes(untilFullCheck().plusSeconds(30), service);
    // Then
    assertThat(service.priorities).containsExactly(Priority.DRIFT, Priority.DRIFT, Priority.DRIFT);
  }

  /** No write for a missed turn: others were first, and that is not about this resource. */
  @Test
  void aQueuedReconcileMakesNoWriteAndNoCall() {
    // Given
    converged();
    service.full = true;
    int writes = crowd.writes().size();
    int calls = simulator.journal().count();
    // When
    crowd.passes(untilFullCheck().plusMinutes(5), service);
    // Then
    assertThat(crowd.writes()).hasSize(writes);
    assertThat(simulator.journal().count()).isEqualTo(calls);
    assertThat(crowd.synced("Available")).isEqualTo(1);
  }

  @Test
  void aQueuedNewResourceMakesNoWriteAndNoCall() {
    // Given
    service.full = true;
    // When
    crowd.passes(Duration.ofMinutes(5), service);
    // Then
    assertThat(crowd.writes()).isEmpty();
    assertThat(simulator.journal().count()).isZero();
  }

  /** A failed change that is queued would else be tried again as a drift check. */
  @Test
  void aQueuedChangeKeepsItsPriority() {
    // Given
    converged();
    simulator.faults().on(Route.GET_INSTANCE).first(1).inject(Status.of(503));
    crowd.name("Acme help desk");
    crowd.passes(Duration.ZERO, service);
    service.full = true;
    crowd.passes(Duration.ofMinutes(5), service);
    service.full = false;
    // When
    crowd.passes(Duration.ofMinutes(1), service);
    // Then
    assertThat(service.priorities).hasSizeGreaterThan(6).containsOnly(Priority.CHANGES);
    assertThat(crowd.synced("Available")).isEqualTo(1);
  }

  /** A pause of the account is reported where all was well. */
  @Test
  void reportsAPauseOnce() {
    // Given
    converged();
    service.refusal = Optional.of(NotSent.until("until noon", Duration.ofSeconds(5)));
    int before = crowd.writes().size();
    // When
    crowd.passes(untilFullCheck().plusMinutes(5), service);
    // Then
    assertThat(crowd.writes()).hasSize(before + 1);
    assertThat(crowd.synced("HeldBack")).isEqualTo(1);
    assertThat(service.priorities.size()).isGreaterThan(5);
  }

  /** Until nothing but time brings the next reconcile. */
  private Duration untilFullCheck() {
    return crowd.waits().orElseThrow();
  }

  private void converged() {
    crowd.passes(Duration.ZERO, service);
    assertThat(crowd.synced("Available")).isEqualTo(1);
    service.priorities.clear();
  }

  /** The service behind a queue that a test can fill or pause. */
  private final class Queue implements InstancesApi, CallPermits {
    private final InstancesApi inner = InMemoryTransport.api(new SimulatedWire(simulator), crowd);
    private final List<Priority> priorities = new ArrayList<>();
    private Optional<NotSent> refusal = Optional.empty();
    private boolean full;
    private boolean permitted;

    @Override
    public <T> Optional<T> withPermit(
        AccountKey account, ResourceId resource, Priority priority, Supplier<T> reconcile) {
      priorities.add(priority);
      refusal.ifPresent(failure -> {
        throw new InstancesApiException(failure);
      });
      if (full) {
        return Optional.empty();
      }
      permitted = true;
      try {
        return Optional.of(reconcile.get());
      } finally {
        permitted = false;
      }
    }

    @Override
    public Optional<Duration> waited(ResourceId resource) {
      return Optional.empty();
    }

    @Override
    public void withdraw(ResourceId resource) {}

    @Override
    public <T> T call(AccountAccess account, InstanceCall<T> call) {
      assertThat(permitted).as("with a permit").isTrue();
      return inner.call(account, call);
    }
  }
}
