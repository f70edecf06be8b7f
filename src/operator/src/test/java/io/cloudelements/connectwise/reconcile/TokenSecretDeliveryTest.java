package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the generated Secret becomes what it should be while others write it too. */
class TokenSecretDeliveryTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final Secret wanted = TokenSecretVariants.secret("the-token");

  @Test
  void isDeliveredWhereApplicationsFindTheRightToken() {
    // Given
    TokenSecretDelivery delivered = delivery(TokenSecretVariants.proven().with(wanted));
    TokenSecretDelivery outdated =
        delivery(TokenSecretVariants.proven().with(TokenSecretVariants.secret("an-old-token")));
    TokenSecretDelivery ofAnother =
        delivery(
            TokenSecretVariants.proven().with(TokenSecretVariants.controlledByAnother(wanted)));
    TokenSecretDelivery missing = delivery(TokenSecretVariants.proven());
    // When
    boolean isDelivered = delivered.isDelivered(wanted, 7);
    // Then
    assertThat(isDelivered).isTrue();
    assertThat(outdated.isDelivered(wanted, 7)).isFalse();
    assertThat(ofAnother.isDelivered(wanted, 7)).isFalse();
    assertThat(missing.isDelivered(wanted, 7)).isFalse();
  }

  /** The API server would refuse it, and its message would name no key of the spec. */
  @Test
  void saysThatTheSecretWouldBeTooLarge() {
    // When
    Optional<Outcome> withheld =
        delivery(TokenSecretVariants.proven()).deliver(Optional.empty(), 7);
    // Then
    assertThat(withheld.map(Outcome::reason)).contains(Reason.TEMPLATE_REFUSED);
    assertThat(cluster.writes()).isEmpty();
  }

  /** A label is no reason to ask the service for the token again. */
  @Test
  void aConflictIsAnsweredByTheLatestSecret() {
    // Given
    Secret labelled =
        new SecretBuilder(TokenSecretVariants.secret("an-old-token"))
            .editMetadata()
            .addToLabels("team", "blue")
            .endMetadata()
            .build();
    cluster.keeps(labelled);
    cluster.conflicts(4);
    // When
    Optional<Outcome> withheld =
        delivery(TokenSecretVariants.proven().with(TokenSecretVariants.secret("an-old-token")))
            .deliver(Optional.of(wanted), 7);
    // Then
    assertThat(withheld).isEmpty();
    assertThat(cluster.writes()).containsExactly("replace " + TokenSecretVariants.NAME);
    assertThat(cluster.secret().getMetadata().getLabels()).containsEntry("team", "blue");
    assertThat(TokenSecretContract.token(cluster.secret())).contains(SecretValue.of("the-token"));
  }

  /** A writer that never stops must not hold a thread. */
  @Test
  void theFifthConflictEndsTheDelivery() {
    // Given
    cluster.keeps(TokenSecretVariants.secret("an-old-token"));
    cluster.conflicts(5);
    // When
    Throwable thrown =
        catchThrowable(() ->
            delivery(TokenSecretVariants.proven().with(TokenSecretVariants.secret("an-old-token")))
                .deliver(Optional.of(wanted), 7));
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(cluster.writes()).isEmpty();
  }

  /** Another replica may have delivered the answer of a later call. */
  @Test
  void anotherTokenThatCameMeanwhileEndsTheDelivery() {
    // Given
    cluster.keeps(TokenSecretVariants.secret("a-later-token"));
    cluster.conflicts(1);
    // When
    Throwable thrown =
        catchThrowable(() ->
            delivery(TokenSecretVariants.proven().with(TokenSecretVariants.secret("an-old-token")))
                .deliver(Optional.of(wanted), 7));
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(cluster.writes()).isEmpty();
  }

  /** Another replica has done the same work, and nothing is left to do. */
  @Test
  void theWantedTokenThatCameMeanwhileIsLeftAsItIs() {
    // Given
    cluster.keeps(wanted);
    cluster.conflicts(1);
    // When
    Optional<Outcome> withheld =
        delivery(TokenSecretVariants.proven().with(TokenSecretVariants.secret("an-old-token")))
            .deliver(Optional.of(wanted), 7);
    // Then
    assertThat(withheld).isEmpty();
    assertThat(cluster.writes()).isEmpty();
  }

  /** A Secret that was removed meanwhile is created on the view of the resource that is latest. */
  @Test
  void aSecretThatIsGoneAfterAConflictIsCreated() {
    // Given
    cluster.conflicts(1);
    // When
    delivery(TokenSecretVariants.proven().with(TokenSecretVariants.secret("an-old-token")))
        .deliver(Optional.of(wanted), 7);
    // Then
    assertThat(cluster.writes()).containsExactly("current", "create " + TokenSecretVariants.NAME);
  }

  /** The service may show an instance that another replica has just replaced. */
  @Test
  void aRightSecretIsWrittenBeforeAStatusNamesAnotherInstance() {
    // Given
    ReconcileInputs unproven =
        ReconcileInputs.helpdesk()
            .reporting(Resources.status(3L, 6L, "account-1", TokenSecretVariants.NAME));
    // When
    delivery(unproven.with(wanted)).deliver(Optional.of(wanted), 7);
    delivery(TokenSecretVariants.proven().with(wanted)).deliver(Optional.of(wanted), 7);
    // Then
    assertThat(cluster.writes())
        .as("by the first alone")
        .containsExactly("replace " + TokenSecretVariants.NAME);
  }

  /** It may be a person's. */
  @Test
  void aSecretOfAnotherOwnerIsNotTouched() {
    // When
    Optional<Outcome> withheld =
        delivery(TokenSecretVariants.proven().with(TokenSecretVariants.controlledByAnother(wanted)))
            .deliver(Optional.of(wanted), 7);
    // Then
    assertThat(withheld.map(Outcome::reason)).contains(Reason.SECRET_CONFLICT);
    assertThat(withheld.orElseThrow().message())
        .contains("Secret " + TokenSecretVariants.NAME + " exists");
    assertThat(cluster.writes()).isEmpty();
  }

  /** What keeps a Secret that is being deleted is named, and never at a user's length. */
  @ParameterizedTest
  @CsvSource({"1, [f/0]", "2, '[f/0, f/1]'", "3, '[f/0, f/1] and 1 more'"})
  void aSecretThatIsBeingDeletedNamesWhatKeepsIt(int finalizers, String named) {
    // Given
    Secret terminating =
        TokenSecretVariants.terminating(
            wanted, IntStream.range(0, finalizers).mapToObj(i -> "f/" + i).toList());
    // When
    ClusterWriteException thrown =
        catchThrowableOfType(
            ClusterWriteException.class,
            () ->
                delivery(TokenSecretVariants.proven().with(terminating))
                    .deliver(Optional.of(wanted), 7));
    // Then
    assertThat(thrown.failure())
        .isEqualTo(
            new ClusterWriteFailure(
                ClusterWriteFailure.WriteKind.CREATE_SECRET,
                409,
                "Secret "
                    + TokenSecretVariants.NAME
                    + " is being deleted and kept by its finalizers "
                    + named));
    assertThat(cluster.writes()).isEmpty();
  }

  /** Its data cannot be changed, so that a new one takes its name. */
  @Test
  void anImmutableSecretIsDeletedAndCreated() {
    // Given
    Secret immutable =
        new SecretBuilder(TokenSecretVariants.secret("an-old-token")).withImmutable(true).build();
    // When
    Optional<Outcome> withheld =
        delivery(TokenSecretVariants.proven().with(immutable)).deliver(Optional.of(wanted), 7);
    // Then
    assertThat(withheld).isEmpty();
    assertThat(cluster.writes())
        .containsExactly(
            "delete " + TokenSecretVariants.NAME, "create " + TokenSecretVariants.NAME);
  }

  /** Another owner may take the name as soon as it is free. */
  @Test
  void aSecretThatTookTheNameMeanwhileIsNotTouched() {
    // Given
    Secret immutable =
        new SecretBuilder(TokenSecretVariants.secret("an-old-token")).withImmutable(true).build();
    cluster.keeps(TokenSecretVariants.controlledByAnother(wanted));
    // When
    Optional<Outcome> withheld =
        delivery(TokenSecretVariants.proven().with(immutable)).deliver(Optional.of(wanted), 7);
    // Then
    assertThat(withheld.map(Outcome::reason)).contains(Reason.SECRET_CONFLICT);
    assertThat(cluster.writes()).containsExactly("delete " + TokenSecretVariants.NAME);
  }

  /** A tool that restores it each time must not be answered for ever. */
  @Test
  void aSecretThatIsRestoredEachTimeEndsTheDelivery() {
    // Given
    Secret immutable =
        new SecretBuilder(TokenSecretVariants.secret("an-old-token")).withImmutable(true).build();
    cluster.keeps(immutable);
    // When
    Throwable thrown =
        catchThrowable(() ->
            delivery(TokenSecretVariants.proven().with(immutable)).deliver(Optional.of(wanted), 7));
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(cluster.writes())
        .hasSize(5)
        .allMatch(write -> write.equals("delete " + TokenSecretVariants.NAME));
  }

  /** It is no conflict of the Secret, so that nothing is tried again. */
  @Test
  void anOldViewOfTheResourceEndsTheDeliveryAtOnce() {
    // Given
    AtomicInteger asserted = new AtomicInteger();
    TokenSecretDelivery outdated =
        new TokenSecretDelivery(
            TokenSecretVariants.proven().build(),
            cluster,
            () -> {
              asserted.incrementAndGet();
              throw new ClusterConflict("the resource changed");
            });
    // When
    Throwable thrown = catchThrowable(() -> outdated.deliver(Optional.of(wanted), 7));
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(asserted).hasValue(1);
    assertThat(cluster.writes()).isEmpty();
  }

  private TokenSecretDelivery delivery(ReconcileInputs given) {
    return delivery(given.build());
  }

  private TokenSecretDelivery delivery(ReconcileInput input) {
    return new TokenSecretDelivery(input, cluster, () -> cluster.writes().add("current"));
  }
}
