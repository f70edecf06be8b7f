package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the generated Secret becomes what it should be while others write it too. */
class TokenSecretDeliveryTest {
  private static final String NAME = "acme-helpdesk-token";
  private static final ConnectWiseInstanceStatus PROVEN =
      Resources.status(3L, 7L, "account-1", NAME);

  private final RecordedCluster cluster = new RecordedCluster();
  private final Secret wanted = secret("the-token");

  @Test
  void isDeliveredWhereApplicationsFindTheRightToken() {
    // Given
    TokenSecretDelivery delivered = delivery(proven().with(wanted));
    TokenSecretDelivery outdated = delivery(proven().with(secret("an-old-token")));
    TokenSecretDelivery ofAnother = delivery(proven().with(controlledByAnother(wanted)));
    TokenSecretDelivery missing = delivery(proven());
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
    Optional<Outcome> withheld = delivery(proven()).deliver(Optional.empty(), 7);
    // Then
    assertThat(withheld.map(Outcome::reason)).contains(Reason.TEMPLATE_REFUSED);
    assertThat(cluster.writes()).isEmpty();
  }

  /** A label is no reason to ask the service for the token again. */
  @Test
  void aConflictIsAnsweredByTheLatestSecret() {
    // Given
    Secret labelled =
        new SecretBuilder(secret("an-old-token"))
            .editMetadata()
            .addToLabels("team", "blue")
            .endMetadata()
            .build();
    cluster.keeps(labelled);
    cluster.conflicts(4);
    // When
    Optional<Outcome> withheld =
        delivery(proven().with(secret("an-old-token"))).deliver(Optional.of(wanted), 7);
    // Then
    assertThat(withheld).isEmpty();
    assertThat(cluster.writes()).containsExactly("replace " + NAME);
    assertThat(cluster.secret().getMetadata().getLabels()).containsEntry("team", "blue");
    assertThat(TokenSecretContract.token(cluster.secret())).contains(SecretValue.of("the-token"));
  }

  /** A writer that never stops must not hold a thread. */
  @Test
  void theFifthConflictEndsTheDelivery() {
    // Given
    cluster.keeps(secret("an-old-token"));
    cluster.conflicts(5);
    // When
    Throwable thrown =
        catchThrowable(
            () -> delivery(proven().with(secret("an-old-token"))).deliver(Optional.of(wanted), 7));
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(cluster.writes()).isEmpty();
  }

  /** Another replica may have delivered the answer of a later call. */
  @Test
  void anotherTokenThatCameMeanwhileEndsTheDelivery() {
    // Given
    cluster.keeps(secret("a-later-token"));
    cluster.conflicts(1);
    // When
    Throwable thrown =
        catchThrowable(
            () -> delivery(proven().with(secret("an-old-token"))).deliver(Optional.of(wanted), 7));
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
        delivery(proven().with(secret("an-old-token"))).deliver(Optional.of(wanted), 7);
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
    delivery(proven().with(secret("an-old-token"))).deliver(Optional.of(wanted), 7);
    // Then
    assertThat(cluster.writes()).containsExactly("current", "create " + NAME);
  }

  /** The service may show an instance that another replica has just replaced. */
  @Test
  void aRightSecretIsWrittenBeforeAStatusNamesAnotherInstance() {
    // Given
    ReconcileInputs unproven =
        ReconcileInputs.helpdesk().reporting(Resources.status(3L, 6L, "account-1", NAME));
    // When
    delivery(unproven.with(wanted)).deliver(Optional.of(wanted), 7);
    delivery(proven().with(wanted)).deliver(Optional.of(wanted), 7);
    // Then
    assertThat(cluster.writes()).as("by the first alone").containsExactly("replace " + NAME);
  }

  /** It may be a person's. */
  @Test
  void aSecretOfAnotherOwnerIsNotTouched() {
    // When
    Optional<Outcome> withheld =
        delivery(proven().with(controlledByAnother(wanted))).deliver(Optional.of(wanted), 7);
    // Then
    assertThat(withheld.map(Outcome::reason)).contains(Reason.SECRET_CONFLICT);
    assertThat(withheld.orElseThrow().message()).contains("Secret " + NAME + " exists");
    assertThat(cluster.writes()).isEmpty();
  }

  /** What keeps a Secret that is being deleted is named, and never at a user's length. */
  @ParameterizedTest
  @CsvSource({"1, [f/0]", "2, '[f/0, f/1]'", "3, '[f/0, f/1] and 1 more'"})
  void aSecretThatIsBeingDeletedNamesWhatKeepsIt(int finalizers, String named) {
    // Given
    Secret terminating =
        terminating(wanted, IntStream.range(0, finalizers).mapToObj(i -> "f/" + i).toList());
    // When
    ClusterWriteException thrown =
        catchThrowableOfType(
            ClusterWriteException.class,
            () -> delivery(proven().with(terminating)).deliver(Optional.of(wanted), 7));
    // Then
    assertThat(thrown.failure())
        .isEqualTo(
            new ClusterWriteFailure(
                ClusterWriteFailure.WriteKind.CREATE_SECRET,
                409,
                "Secret " + NAME + " is being deleted and kept by its finalizers " + named));
    assertThat(cluster.writes()).isEmpty();
  }

  /** Its data cannot be changed, so that a new one takes its name. */
  @Test
  void anImmutableSecretIsDeletedAndCreated() {
    // Given
    Secret immutable = new SecretBuilder(secret("an-old-token")).withImmutable(true).build();
    // When
    Optional<Outcome> withheld = delivery(proven().with(immutable)).deliver(Optional.of(wanted), 7);
    // Then
    assertThat(withheld).isEmpty();
    assertThat(cluster.writes()).containsExactly("delete " + NAME, "create " + NAME);
  }

  @Test
  void removesGeneratedSecretsOfOtherNames() {
    // Given
    ReconcileInputs given =
        proven().with(wanted).withToken("former", "old").with("notes", Map.of());
    // When
    delivery(given).removeUnwanted();
    // Then
    assertThat(cluster.writes()).containsExactly("delete former");
    assertThat(TokenSecretDelivery.unwantedNames(given.build())).containsExactly("former");
  }

  /** A label that others set on a former Secret must not keep it. */
  @Test
  void aFormerSecretIsRemovedAfterAConflict() {
    // Given
    cluster.keeps(former());
    cluster.conflicts(4);
    // When
    delivery(proven().with(former())).removeUnwanted();
    // Then
    assertThat(cluster.writes()).containsExactly("delete former");
  }

  @Test
  void theFifthConflictEndsTheRemoval() {
    // Given
    cluster.keeps(former());
    cluster.conflicts(5);
    TokenSecretDelivery delivery = delivery(proven().with(former()));
    // When
    Throwable thrown = catchThrowable(delivery::removeUnwanted);
    // Then
    assertThat(thrown).isInstanceOf(ClusterConflict.class);
    assertThat(cluster.writes()).isEmpty();
  }

  /** Another owner took it, or it is on its way out already. */
  @Test
  void aFormerSecretThatIsAnothersNowStays() {
    // Given
    cluster.keeps(controlledByAnother(former()));
    cluster.conflicts(1);
    // When
    delivery(proven().with(former())).removeUnwanted();
    // Then
    assertThat(cluster.writes()).isEmpty();
  }

  /** The garbage collector tries that one again; the others would meet a new resource. */
  @Test
  void aDeletionRemovesEverySecretThatMayBeRemoved() {
    // Given
    cluster.forbidsToDelete(NAME);
    ReconcileInputs given =
        proven()
            .with(wanted)
            .with(former())
            .withToken("earlier", "older")
            .with(terminating(named(former(), "leaving"), List.of("f/0")))
            .with(controlledByAnother(named(former(), "theirs")));
    // When
    List<ClusterWriteFailure> failures = delivery(given.deleting()).removeAll();
    // Then
    assertThat(failures)
        .containsExactly(
            new ClusterWriteFailure(ClusterWriteFailure.WriteKind.DELETE_SECRET, 403, NAME));
    assertThat(cluster.writes()).containsExactlyInAnyOrder("delete former", "delete earlier");
  }

  /** {@code kubectl delete --cascade=orphan} keeps what the resource controls. */
  @Test
  void anOrphaningDeletionKeepsTheSecrets() {
    // Given
    ReconcileInput input = proven().with(wanted).deleting().build();
    input.metadata().setFinalizers(List.of(ClusterWrites.FINALIZER, ClusterWrites.ORPHAN));
    // When
    List<ClusterWriteFailure> failures = delivery(input).removeAll();
    // Then
    assertThat(failures).isEmpty();
    assertThat(cluster.writes()).isEmpty();
  }

  private TokenSecretDelivery delivery(ReconcileInputs given) {
    return delivery(given.build());
  }

  private TokenSecretDelivery delivery(ReconcileInput input) {
    return new TokenSecretDelivery(input, cluster, () -> cluster.writes().add("current"));
  }

  /** A resource whose status names instance 7. */
  private static ReconcileInputs proven() {
    return ReconcileInputs.helpdesk().reporting(PROVEN);
  }

  private static Secret secret(String token) {
    ReconcileInput input = ReconcileInputs.helpdesk().build();
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input);
    DesiredInstance desired = ((DesiredResolver.Resolution.Resolved) resolution).desired();
    return input.tokenSecret(desired, 7, SecretValue.of(token)).orElseThrow();
  }

  private static Secret former() {
    return named(secret("old"), "former");
  }

  private static Secret named(Secret secret, String name) {
    return new SecretBuilder(secret).editMetadata().withName(name).endMetadata().build();
  }

  private static Secret controlledByAnother(Secret secret) {
    return new SecretBuilder(secret)
        .editMetadata()
        .editFirstOwnerReference()
        .withUid("uid-2")
        .endOwnerReference()
        .endMetadata()
        .build();
  }

  private static Secret terminating(Secret secret, List<String> finalizers) {
    return new SecretBuilder(secret)
        .editMetadata()
        .withDeletionTimestamp("2026-11-24T10:00:00Z")
        .withFinalizers(finalizers)
        .endMetadata()
        .build();
  }
}
