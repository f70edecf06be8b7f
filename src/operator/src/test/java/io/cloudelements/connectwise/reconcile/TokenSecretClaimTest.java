package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.instance.TagMatches;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Secret without an owner under the token Secret's name, where no status tells the instance. */
class TokenSecretClaimTest {
  private static final Action CREATION =
      new Action.RecordIntent(new Intent(1, Instant.parse("2026-11-24T10:00:00Z")), true);

  private final TokenSecretClaim claim =
      new TokenSecretClaim(
          ReconcileInputs.helpdesk().with(restored()).build(), Optional.empty(), false);

  /** Whose the Secret is shows with the instance, and that is looked for first. */
  @Test
  void searchesByTagBeforeRecording() {
    // When
    Action next = claim.before(CREATION, Observation.NONE);
    // Then
    assertThat(next).isInstanceOf(Action.SearchByTag.class);
  }

  /** Its token could not be delivered, so the instance is not made. */
  @Test
  void createsNothingWhileTheSecretHasNoProvenOwner() {
    // When
    Action next = claim.before(CREATION, Observation.NONE.searched(TagMatches.of(List.of())));
    // Then
    assertThat(next)
        .isInstanceOfSatisfying(
            Action.Finish.class,
            settled -> assertThat(settled.outcome().reason()).isEqualTo(Reason.SECRET_CONFLICT));
  }

  @Test
  void allowsAChangeOfTheInstanceWithTheSecretsToken() {
    // Given
    Action change = new Action.Replace(7);
    // When
    Action next =
        claim.before(change, Observation.NONE.found(RemoteInstances.bare(7, "the-token")));
    // Then
    assertThat(next).isSameAs(change);
  }

  @Test
  void refusesAChangeOfAnotherInstance() {
    // Given
    Observation other =
        Observation.NONE
            .found(RemoteInstances.bare(8, "the-token"))
            .searched(TagMatches.of(List.of()));
    // When
    Action next = claim.before(new Action.Replace(8), other);
    // Then
    assertThat(next).isInstanceOf(Action.Finish.class);
  }

  /** A resource without such a Secret is none of its business. */
  @Test
  void anOwnedOrMissingSecretBlocksNothing() {
    // Given
    TokenSecretClaim none =
        new TokenSecretClaim(ReconcileInputs.helpdesk().build(), Optional.empty(), false);
    TokenSecretClaim ours =
        new TokenSecretClaim(
            ReconcileInputs.helpdesk().withToken("acme-helpdesk-token", "t").build(),
            Optional.empty(),
            false);
    // When
    Action next = none.before(CREATION, Observation.NONE);
    // Then
    assertThat(next).isSameAs(CREATION);
    assertThat(ours.before(CREATION, Observation.NONE)).isSameAs(CREATION);
  }

  /** No other instance would show whose the Secret is. */
  @Test
  void takesUpTheSecretOfAnInstanceThatAWriteProvedGone() {
    // When
    Action next = ofLost(false).takingUp(CREATION, Observation.NONE.verifiedMissing(7));
    // Then
    assertThat(next).isEqualTo(new Action.TakeUpSecret("acme-helpdesk-token"));
  }

  /** A read may lag behind, or be of another account. */
  @Test
  void takesNothingUpForA404Alone() {
    // When
    Action next = ofLost(false).takingUp(CREATION, Observation.NONE.missing(7));
    // Then
    assertThat(next).isSameAs(CREATION);
  }

  /** The 404 is followed up, or reported, before anything is changed. */
  @Test
  void takesNothingUpWhileNothingIsToBeChanged() {
    // Given
    Action search = new Action.SearchByTag();
    // When
    Action next = ofLost(false).takingUp(search, Observation.NONE.verifiedMissing(7));
    // Then
    assertThat(next).isSameAs(search);
  }

  /** Its token is delivered whatever is done next. */
  @Test
  void takesTheSecretUpForAnotherInstanceThatTheResourceMayUse() {
    // Given
    Action search = new Action.SearchByTag();
    // When
    Action next =
        ofLost(true)
            .takingUp(search, Observation.NONE.found(RemoteInstances.bare(8, "another-token")));
    // Then
    assertThat(next).isEqualTo(new Action.TakeUpSecret("acme-helpdesk-token"));
  }

  static Stream<Action> actionsWithoutAChange() {
    return Stream.of(
        new Action.ReadById(7),
        new Action.VerifyGone(7),
        new Action.TakeUpSecret("another"),
        Action.finish(Outcome.of(Reason.AVAILABLE, "Message.")));
  }

  /** Nothing is made or changed by it, so that the owner may show only later. */
  @ParameterizedTest
  @MethodSource("actionsWithoutAChange")
  void whatChangesNothingNeedsNoProof(Action next) {
    // When
    Action before = claim.before(next, Observation.NONE);
    // Then
    assertThat(before).isSameAs(next);
  }

  /** It is taken up first, and then it is this resource's. */
  @Test
  void aSecretThatIsToBeTakenUpNeedsNoProof() {
    // Given
    Action change = new Action.Replace(8);
    // When
    Action next =
        ofLost(true).before(change, Observation.NONE.found(RemoteInstances.bare(8, "another")));
    // Then
    assertThat(next).isSameAs(change);
  }

  /** The Secret goes with the resource, or stays without it. */
  @Test
  void aDeletionTakesNothingUpAndNeedsNoProof() {
    // Given
    Action change = new Action.Delete(new TreeSet<>(Set.of(8L)));
    TokenSecretClaim deleting =
        new TokenSecretClaim(
            ReconcileInputs.helpdesk()
                .reporting(LostInstancesTest.missing())
                .with(restored())
                .deleting()
                .build(),
            Optional.of(7L),
            false);
    // When
    Action next = deleting.takingUp(change, Observation.NONE.verifiedMissing(7));
    // Then
    assertThat(next).isSameAs(change);
    assertThat(deleting.before(change, Observation.NONE.found(RemoteInstances.bare(8, "t"))))
        .isSameAs(change);
  }

  /** An empty answer that is not the service's own says nothing about the owner. */
  @Test
  void createsNothingAfterASearchThatProvesNothing() {
    // When
    Action next = claim.before(CREATION, Observation.NONE.searched(TagMatches.INCONCLUSIVE));
    // Then
    assertThat(next).isInstanceOf(Action.Finish.class);
  }

  /** Its token is not shown in a search. */
  @Test
  void readsTheFirstMatchOfTheSearch() {
    // Given
    Observation matched = Observation.NONE.searched(TagMatches.of(List.of(listed(9), listed(8))));
    // When
    Action next = claim.before(CREATION, matched);
    // Then
    assertThat(next).isEqualTo(new Action.ReadById(8));
  }

  private static ListedInstance listed(long id) {
    return new ListedInstance(
        id,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static TokenSecretClaim ofLost(boolean usable) {
    return new TokenSecretClaim(
        ReconcileInputs.helpdesk().reporting(LostInstancesTest.missing()).with(restored()).build(),
        Optional.of(7L),
        usable);
  }

  /** As a backup tool leaves it: with the token of instance 7, and without an owner. */
  static Secret restored() {
    var resolution =
        new DesiredResolver(ReconcileInputs.SETTINGS).resolve(ReconcileInputs.helpdesk().build());
    var desired = ((DesiredResolver.Resolution.Resolved) resolution).desired();
    return new SecretBuilder(
            ReconcileInputs.helpdesk()
                .build()
                .tokenSecret(
                    desired,
                    RemoteInstances.bare(7, "the-token").id(),
                    RemoteInstances.bare(7, "the-token").token())
                .orElseThrow())
        .editMetadata()
        .withOwnerReferences()
        .endMetadata()
        .build();
  }
}
