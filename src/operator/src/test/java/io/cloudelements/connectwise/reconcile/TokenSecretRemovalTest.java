package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which generated Secrets go with a rename or a deletion, while others write them too. */
class TokenSecretRemovalTest {
  private final RecordedCluster cluster = new RecordedCluster();

  @Test
  void removesGeneratedSecretsOfOtherNames() {
    // Given
    ReconcileInputs given =
        TokenSecretVariants.proven()
            .with(TokenSecretVariants.secret("the-token"))
            .withToken("former", "old")
            .with("notes", Map.of());
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
    cluster.keeps(TokenSecretVariants.former());
    cluster.conflicts(4);
    // When
    delivery(TokenSecretVariants.proven().with(TokenSecretVariants.former())).removeUnwanted();
    // Then
    assertThat(cluster.writes()).containsExactly("delete former");
  }

  @Test
  void theFifthConflictEndsTheRemoval() {
    // Given
    cluster.keeps(TokenSecretVariants.former());
    cluster.conflicts(5);
    TokenSecretDelivery delivery =
        delivery(TokenSecretVariants.proven().with(TokenSecretVariants.former()));
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
    cluster.keeps(TokenSecretVariants.controlledByAnother(TokenSecretVariants.former()));
    cluster.conflicts(1);
    // When
    delivery(TokenSecretVariants.proven().with(TokenSecretVariants.former())).removeUnwanted();
    // Then
    assertThat(cluster.writes()).isEmpty();
  }

  /** The garbage collector tries that one again; the others would meet a new resource. */
  @Test
  void aDeletionRemovesEverySecretThatMayBeRemoved() {
    // Given
    cluster.forbidsToDelete(TokenSecretVariants.NAME);
    ReconcileInputs given =
        TokenSecretVariants.proven()
            .with(TokenSecretVariants.secret("the-token"))
            .with(TokenSecretVariants.former())
            .withToken("earlier", "older")
            .with(
                TokenSecretVariants.terminating(
                    TokenSecretVariants.named(TokenSecretVariants.former(), "leaving"),
                    List.of("f/0")))
            .with(
                TokenSecretVariants.controlledByAnother(
                    TokenSecretVariants.named(TokenSecretVariants.former(), "theirs")));
    // When
    List<ClusterWriteFailure> failures = delivery(given.deleting()).removeAll();
    // Then
    assertThat(failures)
        .containsExactly(
            new ClusterWriteFailure(
                ClusterWriteFailure.WriteKind.DELETE_SECRET, 403, TokenSecretVariants.NAME));
    assertThat(cluster.writes()).containsExactlyInAnyOrder("delete former", "delete earlier");
  }

  /** {@code kubectl delete --cascade=orphan} keeps what the resource controls. */
  @Test
  void anOrphaningDeletionKeepsTheSecrets() {
    // Given
    ReconcileInput input =
        TokenSecretVariants.proven()
            .with(TokenSecretVariants.secret("the-token"))
            .deleting()
            .build();
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
}
