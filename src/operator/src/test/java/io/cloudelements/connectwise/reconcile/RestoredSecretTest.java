package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.secret.SecretEntries;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A backup brings status and token Secret back, the Secret without its owner, and the instance is
 * gone since. The next instance has another id, which would not show whose the Secret is.
 */
class RestoredSecretTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final RecordedCluster cluster = new RecordedCluster();

  /** Before anything is recorded or made: a crash later on must not leave it without an owner. */
  @Test
  void theSecretOfAnInstanceThatIsGoneIsTakenUpFirst() {
    // Given
    ReconcileInputs input = restored(TokenSecretClaimTest.restored());
    // When
    ReconcileResult result = reconcile(input);
    // Then
    assertThat(cluster.writes()).containsExactly("replace acme-helpdesk-token");
    assertThat(TokenSecretContract.isOwned(cluster.secret(), ReconcileInputs.UID)).isTrue();
    assertThat(cluster.secret().getData()).isEqualTo(TokenSecretClaimTest.restored().getData());
    assertThat(result.requeueAfter()).isPresent();
  }

  @Test
  void itIsNoObstacleToTheNextInstance() {
    // Given
    ReconcileInputs input = restored(TokenSecretClaimTest.restored());
    reconcile(input);
    // When
    ReconcileResult result = reconcile(input.with(cluster.secret()));
    // Then
    assertThat(cluster.writes()).hasSizeGreaterThan(1).last().asString().startsWith("status");
    assertThat(result.reason()).isNotEqualTo(Optional.of(Reason.SECRET_CONFLICT));
  }

  /** As Manage would go on: the plan ends neither with the Secret nor before it. */
  @Test
  void aPlanTellsThatItWouldBeTakenUpFirst() {
    // Given
    ReconcileInputs input = planned(TokenSecretClaimTest.restored());
    // When
    reconcile(input);
    // Then
    assertThat(cluster.status().plan())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(
                        "update Secret acme-helpdesk-token"
                            + " ownerReferences=[ConnectWiseInstance/acme-helpdesk]"),
            second -> assertThat(second).startsWith("POST /instances "),
            third -> assertThat(third).startsWith("update Secret acme-helpdesk-token keys="));
  }

  /** What is not taken up is not told to be. */
  @Test
  void aPlanTellsOfNoSecretOfAnother() {
    // Given
    ReconcileInputs input =
        planned(
            new SecretBuilder(TokenSecretClaimTest.restored())
                .addToData("instance-id", SecretEntries.encoded("8"))
                .build());
    // When
    ReconcileResult result = reconcile(input);
    // Then
    assertThat(result.reason()).contains(Reason.SECRET_CONFLICT);
    assertThat(cluster.status().plan()).isNullOrEmpty();
  }

  static Stream<Named<ReconcileInputs>> notTakenUp() {
    Secret secret = TokenSecretClaimTest.restored();
    return Stream.of(
        Named.of(
            "it has the token of another instance",
            restored(
                new SecretBuilder(secret)
                    .addToData("instance-id", SecretEntries.encoded("8"))
                    .build())),
        Named.of(
            "it belongs to another owner",
            restored(
                new SecretBuilder(secret)
                    .editMetadata()
                    .addNewOwnerReference()
                    .withUid("another")
                    .withController(true)
                    .endOwnerReference()
                    .endMetadata()
                    .build())),
        Named.of(
            "it is of another type",
            restored(new SecretBuilder(secret).withType("Opaque").build())),
        Named.of("the resource is being deleted", restored(secret).deleting()),
        Named.of(
            "another account answers, where the instance never was",
            ReconcileInputs.helpdesk("baseUrl: " + ReconcileInputs.OTHER_BASE_URL)
                .finalized()
                .reporting(LostInstancesTest.missing())
                .with(secret)),
        Named.of(
            "the instance is only observed",
            ReconcileInputs.helpdesk("adoptInstanceId: 7", "managementPolicy: Observe")
                .finalized()
                .reporting(LostInstancesTest.missing())
                .with(secret)),
        Named.of("nothing is to be written", planned(secret)));
  }

  @ParameterizedTest
  @MethodSource("notTakenUp")
  void isLeftAloneWhere(ReconcileInputs input) {
    // When
    reconcile(input);
    // Then
    assertThat(cluster.writes()).noneMatch(write -> write.startsWith("replace"));
  }

  private static ReconcileInputs planned(Secret secret) {
    return ReconcileInputs.helpdesk("managementPolicy: Plan")
        .finalized()
        .reporting(LostInstancesTest.missing())
        .with(secret);
  }

  private static ReconcileInputs restored(Secret secret) {
    return ReconcileInputs.helpdesk()
        .finalized()
        .reporting(LostInstancesTest.missing())
        .with(secret);
  }

  private ReconcileResult reconcile(ReconcileInputs input) {
    return (ReconcileResult)
        new Reconciliation(
                new NothingThere(),
                CallPermits.UNLIMITED,
                cluster,
                ReconcileInputs.SETTINGS,
                FleetGuards.of(new RecreationGuard(5, Duration.ofMinutes(10), _ -> 1)),
                InstantSource.fixed(NOW))
            .run(input.build());
  }
}
