package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.cloudelements.SimulatedWire;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many are deleted at once, and a person decides what becomes of their instances. */
class HeldDeletionTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final int MANY = 20;
  private static final int LIMIT = 5;

  private final Crowd crowd = new Crowd();
  private final Simulator simulator = crowd.platform();
  private final InstancesApi service = InMemoryTransport.api(new SimulatedWire(simulator), crowd);

  @BeforeEach
  void allAreThere() {
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    crowd.passes(AN_HOUR, service);
    assertThat(crowd.synced("Available")).isEqualTo(MANY);
  }

  /** Their deletion was asked for at once, and the cache shows that before the first is made. */
  @Test
  void noneIsDeletedWhereAllAreAskedForAtOnce() {
    // Given
    crowd.deletionLimit(LIMIT);
    // When
    crowd.deletion();
    crowd.passes(AN_HOUR, service);
    // Then
    assertThat(deletions()).isZero();
    assertThat(crowd.synced("DeletionHeld")).isEqualTo(MANY);
  }

  /** The deletions are counted in the cluster, not in the process. */
  @Test
  void aRestartLetsNoneGo() {
    // Given
    crowd.deletionLimit(LIMIT);
    crowd.deletion();
    crowd.passes(AN_HOUR, service);
    crowd.writes().clear();
    // When
    crowd.restart();
    crowd.passes(Duration.ofDays(2), service);
    // Then
    assertThat(deletions()).isZero();
    assertThat(crowd.synced("DeletionHeld")).isEqualTo(MANY);
    assertThat(crowd.writes()).as("a reported hold is not written again").isEmpty();
  }

  @Test
  void theIdOfItsInstanceLetsEachGo() {
    // Given
    crowd.deletionLimit(LIMIT);
    crowd.deletion();
    crowd.passes(AN_HOUR, service);
    // When
    crowd.annotationWithIds(Confirmation.DELETE.annotation());
    crowd.passes(AN_HOUR, service);
    // Then
    assertThat(deletions()).isEqualTo(MANY);
    assertThat(crowd.names()).isEmpty();
  }

  @Test
  void trueLetsNoneGo() {
    // Given
    crowd.deletionLimit(LIMIT);
    crowd.deletion();
    crowd.passes(AN_HOUR, service);
    // When
    crowd.annotation(Confirmation.DELETE.annotation(), "true");
    crowd.passes(AN_HOUR, service);
    // Then
    assertThat(deletions()).isZero();
    assertThat(crowd.messages()).allMatch(text -> text.contains("\"true\" does not confirm this"));
  }

  /** The instance was deleted at the console before, so there is nothing to hold. */
  @Test
  void deletedInstancesAreNotHeld() {
    // Given
    crowd.deletionLimit(LIMIT);
    crowd.instances().forEach(simulator.platform().outsideWorld()::deleteExternally);
    // When
    crowd.deletion();
    crowd.passes(AN_HOUR, service);
    // Then
    assertThat(crowd.names()).isEmpty();
  }

  /** By default a namespace can be deleted. */
  @Test
  void allGoWithoutALimit() {
    // When
    crowd.deletion();
    crowd.passes(AN_HOUR, service);
    // Then
    assertThat(deletions()).isEqualTo(MANY);
    assertThat(crowd.names()).isEmpty();
  }

  private int deletions() {
    return simulator.journal().count(Route.DELETE_INSTANCE);
  }
}
