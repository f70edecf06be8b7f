package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport;
import io.cloudelements.connectwise.cloudelements.SimulatedWire;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thousand resources of one account object, one of whose secrets is reset. */
class AccountRotationTest {
  private static final int MANY = 1_000;
  private static final String ROTATED = "user+canary/2=";
  private static final String APPLICATION = "application+canary/1=";

  private final Crowd crowd = new Crowd();
  private final Simulator simulator = crowd.platform();
  private final InstancesApi service = InMemoryTransport.api(new SimulatedWire(simulator), crowd);
  private CrowdAccount account;

  @BeforeEach
  void allAreThere() throws JsonProcessingException {
    account = new CrowdAccount(crowd, service);
    account.opensWith(Crowd.USER);
    account.isReconciled();
    account.applicationsUse(APPLICATION);
    crowd.shares(account);
    crowd.template("user", "$(userSecret)");
    crowd.credentials(Crowd.USER, Crowd.ORGANIZATION);
    crowd.arrives(MANY);
    crowd.passes(Duration.ofSeconds(1), service);
    assertThat(crowd.synced("Available")).isEqualTo(MANY);
    crowd.writes().clear();
  }

  /** None is told; and where another event makes all of them look, none does anything. */
  @Test
  void aRotationIsNoCallAndNoWriteOfAnyResource() {
    // Given
    String before = account.revision();
    int calls = simulator.journal().count();
    int reconciles = crowd.reconciles();
    // When
    rotates();
    crowd.event();
    crowd.passes(Duration.ofMinutes(1), service);
    // Then
    assertThat(account.revision()).isNotEqualTo(before);
    assertThat(crowd.reconciles()).as("all have looked").isGreaterThanOrEqualTo(reconciles + MANY);
    assertThat(crowd.writes()).isEmpty();
    assertThat(since(calls))
        .extracting(call -> call.route().orElseThrow())
        .as("the account asks once whose the new secret is")
        .containsExactly(Route.GET_ORGANIZATION);
  }

  /** A call with the former secret would be refused. */
  @Test
  void theNextDriftChecksUseTheNewSecret() {
    // Given
    rotates();
    int calls = simulator.journal().count();
    // When
    crowd.passes(Duration.ofMinutes(20), service);
    // Then
    assertThat(since(calls))
        .hasSizeGreaterThanOrEqualTo(MANY)
        .allSatisfy(call -> assertThat(call.status()).hasValue(200));
    assertThat(crowd.writes()).isEmpty();
  }

  /** Those who call with the former secret are refused, so each Secret is written at once. */
  @Test
  void theSecretOfTheApplicationUserIsDeliveredWithinAMinute() {
    // Given
    assertThat(crowd.delivered("user")).containsExactly(APPLICATION);
    int calls = simulator.journal().count();
    // When
    account.applicationsUse(ROTATED);
    account.isReconciled();
    crowd.passes(Duration.ofMinutes(1), service);
    // Then
    assertThat(crowd.delivered("user")).containsExactly(ROTATED);
    assertThat(crowd.writes()).hasSize(MANY).containsOnly("secret");
    assertThat(since(calls)).isEmpty();
  }

  private void rotates() {
    simulator.platform().outsideWorld().resetUserSecret(Crowd.USER, ROTATED);
    account.opensWith(ROTATED);
    account.isReconciled();
  }

  private List<Call> since(int calls) {
    List<Call> all = simulator.journal().calls();
    return all.subList(calls, all.size());
  }
}
