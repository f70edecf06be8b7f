package io.cloudelements.connectwise.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.HeldDeletions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the owner of an account lets go all deletions that are held. */
class DeletionConfirmationTest {
  private static final Instant NOON = Instant.parse("2026-11-24T10:00:00Z");
  private static final List<Instant> THREE =
      List.of(NOON, NOON.plusSeconds(4), NOON.plusSeconds(2));

  @Test
  void tellsHowManyAreHeldAndHowToConfirmThem() {
    // Given
    DeletionConfirmation confirmation = new DeletionConfirmation(account("", null));
    // When
    Optional<HeldDeletions> next = confirmation.next(THREE, true);
    // Then
    assertThat(next).contains(new HeldDeletions(3, null, null));
    assertThat(confirmation.message(next))
        .contains("3 deletions", "kubectl annotate cea -n platform acme")
        .contains("cloudelements.io/confirm-deletion=3");
  }

  @Test
  void saysNothingWhereNoneIsHeld() {
    // Given
    DeletionConfirmation confirmation = new DeletionConfirmation(account("", null));
    // When
    Optional<HeldDeletions> next = confirmation.next(List.of(), true);
    // Then
    assertThat(next).isEmpty();
    assertThat(confirmation.message(next)).isEmpty();
  }

  /** A crowd that is deleted would otherwise write the account's status with each of them. */
  @Test
  void writesTheNumberOnlyWithTheCounts() {
    // Given
    DeletionConfirmation confirmation =
        new DeletionConfirmation(account("", new HeldDeletions(1, null, null)));
    // When
    Optional<HeldDeletions> next = confirmation.next(THREE, false);
    // Then
    assertThat(next).contains(new HeldDeletions(1, null, null));
  }

  /** Until the last of those that it is about was asked for, and no longer. */
  @Test
  void theNumberConfirmsThoseThatAreHeld() {
    // Given
    DeletionConfirmation confirmation =
        new DeletionConfirmation(account("3", new HeldDeletions(1, null, null)));
    // When
    Optional<HeldDeletions> next = confirmation.next(THREE, false);
    // Then
    assertThat(next).contains(new HeldDeletions(null, "3", NOON.plusSeconds(4).toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "4", "true", " 3"})
  void anotherValueConfirmsNothing(String value) {
    // Given
    DeletionConfirmation confirmation = new DeletionConfirmation(account(value, null));
    // When
    Optional<HeldDeletions> next = confirmation.next(THREE, true);
    // Then
    assertThat(next).contains(new HeldDeletions(3, null, null));
  }

  /** It may stand in Git since another incident. */
  @Test
  void aValueFromBeforeAnyWasHeldConfirmsNothing() {
    // Given
    HeldDeletions seen =
        new DeletionConfirmation(account("3", null)).next(List.of(), true).orElseThrow();
    DeletionConfirmation confirmation = new DeletionConfirmation(account("3", seen));
    // When
    Optional<HeldDeletions> next = confirmation.next(THREE, true);
    // Then
    assertThat(next).contains(new HeldDeletions(3, "3", null));
    assertThat(confirmation.message(next)).contains("remove the annotation");
  }

  /** The next mass deletion may have as many. */
  @Test
  void aConfirmationIsFollowedOnce() {
    // Given
    HeldDeletions before = new HeldDeletions(null, "3", NOON.toString());
    List<Instant> next = List.of(NOON.plusSeconds(60), NOON.plusSeconds(61), NOON.plusSeconds(62));
    DeletionConfirmation confirmation = new DeletionConfirmation(account("3", before));
    // When
    Optional<HeldDeletions> later = confirmation.next(next, true);
    // Then
    assertThat(later).contains(new HeldDeletions(3, "3", NOON.toString()));
    assertThat(confirmation.message(later)).contains("remove the annotation");
  }

  @Test
  void theSameNumberConfirmsAgainOnceItWasRemoved() {
    // Given
    HeldDeletions before = new HeldDeletions(3, "3", NOON.toString());
    List<Instant> next = List.of(NOON.plusSeconds(60), NOON.plusSeconds(61), NOON.plusSeconds(62));
    HeldDeletions removed =
        new DeletionConfirmation(account("", before)).next(next, false).orElseThrow();
    // When
    Optional<HeldDeletions> later =
        new DeletionConfirmation(account("3", removed)).next(next, false);
    // Then
    assertThat(later).contains(new HeldDeletions(null, "3", NOON.plusSeconds(62).toString()));
  }

  /** Their instances may not be gone yet. */
  @Test
  void aConfirmedDeletionIsNotCountedAnyMore() {
    // Given
    HeldDeletions before = new HeldDeletions(null, "3", NOON.plusSeconds(4).toString());
    // When
    Optional<HeldDeletions> next = new DeletionConfirmation(account("3", before)).next(THREE, true);
    // Then
    assertThat(next).contains(before);
  }

  private static CloudElementsAccount account(String confirmation, HeldDeletions deletions) {
    CloudElementsAccount account = new CloudElementsAccount();
    ObjectMetaBuilder meta = new ObjectMetaBuilder().withNamespace("platform").withName("acme");
    if (!confirmation.isEmpty()) {
      meta.addToAnnotations("cloudelements.io/confirm-deletion", confirmation);
    }
    account.setMetadata(meta.build());
    account.setStatus(
        new CloudElementsAccountStatus(
            null, null, null, null, null, null, deletions, null, List.of()));
    return account;
  }
}
