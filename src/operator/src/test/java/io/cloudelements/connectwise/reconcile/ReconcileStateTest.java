package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.TagMatches;
import io.cloudelements.connectwise.instance.UsableInstance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reconcile knows after each answer of the service. */
class ReconcileStateTest {
  private static final DesiredResolver.Resolution.Resolved RESOLVED =
      (DesiredResolver.Resolution.Resolved)
          new DesiredResolver(ReconcileInputs.SETTINGS)
              .resolve(ReconcileInputs.helpdesk("adoptInstanceId: 7").build());
  private static final DesiredInstance DESIRED = RESOLVED.desired();
  private static final RemoteInstance INSTANCE = RemoteInstances.bare(7, "the-token");
  private static final Recorded RECORDED = Recorded.NOTHING.seen(INSTANCE, DESIRED);
  private static final TagMatches NONE = TagMatches.of(List.of());

  /** A deletion may need them, however the reconcile ended. */
  @Test
  void aResultHasTheCredentialsOnceTheyAreKnown() {
    // Given
    ReconcileState state = new ReconcileState(Recorded.NOTHING);
    ReconcileResult result = ReconcileResult.finished(Reason.AVAILABLE, List.of());
    ReconcileEnd before = state.withCredentials(result);
    // When
    state.use(RESOLVED.credentials());
    // Then
    assertThat(before).isEqualTo(result);
    assertThat(state.withCredentials(result)).isEqualTo(result.with(RESOLVED.credentials()));
    assertThat(state.credentials()).contains(RESOLVED.credentials());
  }

  /** Nothing is to be remembered of it. */
  @Test
  void aQueuedReconcileStaysAsItIs() {
    // Given
    ReconcileState state = new ReconcileState(Recorded.NOTHING);
    state.use(RESOLVED.credentials());
    AccountKey account = DESIRED.account().key();
    // When
    ReconcileEnd end = state.withCredentials(new ReconcileEnd.Queued(account));
    // Then
    assertThat(end).isEqualTo(new ReconcileEnd.Queued(account));
  }

  /** Its own account would deliver the Secret again. */
  @ParameterizedTest
  @CsvSource({
    "'accountRef: {name: acme}', false, false",
    "'accountRef: {name: acme}', true,  true",
    "'',                         false, true"
  })
  void aTokenSecretThatNothingDeliversAgainIsNotRecorded(
      String line, boolean there, boolean recorded) {
    // Given
    ReconcileInputs given = ReconcileInputs.helpdesk(line);
    if (there) {
      given.withToken("acme-token", "t");
    }
    ReconcileState state = new ReconcileState(RECORDED.withTokenSecret("acme-token"));
    // When
    state.withoutAccount(given.build());
    // Then
    assertThat(state.recorded().tokenSecret().isPresent()).isEqualTo(recorded);
  }

  /** Another instance may be found after it, and the restored Secret is still the lost one's. */
  @Test
  void remembersTheInstanceThatWasMissingLast() {
    // Given
    ReconcileState state = new ReconcileState(RECORDED);
    state.see(Observation.NONE.missing(7));
    // When
    state.see(Observation.NONE.found(RemoteInstances.bare(8, "t")));
    // Then
    assertThat(state.missing()).contains(7L);
    assertThat(state.seen()).isEqualTo(Observation.NONE.found(RemoteInstances.bare(8, "t")));
  }

  /** Losses are counted, and too many of them hold every recreation of the account. */
  @ParameterizedTest
  @CsvSource({
    "7, true,  true,  true",
    "8, true,  true,  false",
    "7, false, true,  false",
    "7, true,  false, false"
  })
  void onlyTheRecordedInstanceOfTheAccountIsALoss(
      long recorded, boolean ofThisAccount, boolean goneByTag, boolean lost) {
    // Given
    Recorded here = Recorded.NOTHING.seen(RemoteInstances.bare(recorded, "t"), DESIRED);
    ReconcileState state =
        new ReconcileState(ofThisAccount ? here : UsableInstance.recorded(recorded));
    Observation missing = Observation.NONE.missing(7);
    state.see(goneByTag ? missing.searched(NONE) : missing);
    // When
    Optional<Long> found = state.lost(DESIRED);
    // Then
    assertThat(found).isEqualTo(lost ? Optional.of(7L) : Optional.empty());
  }

  @Test
  void anInstanceThatShowsAgainIsHeldNoMore() {
    // Given
    ReconcileState state = new ReconcileState(UsableInstance.held(RECORDED));
    state.see(Observation.NONE.found(INSTANCE));
    // When
    state.endHold(DESIRED);
    // Then
    assertThat(state.recorded().recreationHeld()).isFalse();
  }

  @Test
  void anAcceptedInstanceIsRecordedWithItsDuplicates() {
    // Given
    ReconcileState state = new ReconcileState(Recorded.NOTHING);
    state.see(Observation.NONE.searched(TagMatches.of(List.of(listed(7), listed(8)))));
    // When
    state.accept(INSTANCE, DESIRED);
    // Then
    assertThat(state.instance()).contains(INSTANCE);
    assertThat(state.recorded().instanceId()).contains(7L);
    assertThat(state.recorded().duplicates()).containsExactly(8L);
    assertThat(state.recorded().configurationHash()).as("nothing was sent").isEmpty();
  }

  /** A token that came with the answer is the key of the hash. */
  @Test
  void theConfigurationThatWasSentIsRecordedWithTheInstance() {
    // Given
    ReconcileState state = new ReconcileState(Recorded.NOTHING);
    String hash = DESIRED.configuration().fingerprint(INSTANCE.token());
    // When
    state.learn(INSTANCE, DESIRED, true);
    // Then
    assertThat(state.recorded().configurationHash()).contains(hash);
    state.accept(INSTANCE, DESIRED);
    assertThat(state.recorded().configurationHash()).contains(hash);
  }

  @Test
  void anAnswerToAnotherChangeLeavesTheHash() {
    // Given
    ReconcileState state =
        new ReconcileState(RECORDED.withConfigurationHash(Optional.of("before")));
    // When
    state.learn(INSTANCE, DESIRED, false);
    // Then
    assertThat(state.recorded().configurationHash()).contains("before");
    state.accept(INSTANCE, DESIRED);
    assertThat(state.recorded().configurationHash()).contains("before");
  }

  /** An answer may leave out what the change did not touch. */
  @Test
  void anAnswerIsCompletedByWhatWasSeenBefore() {
    // Given
    RemoteInstance earlier =
        new RemoteInstance(
            7,
            SecretValue.of("the-token"),
            Optional.of("Acme"),
            Optional.of("connectwisehd"),
            Optional.empty(),
            new Availability(Optional.of(true), Optional.of(true)),
            Map.of());
    ReconcileState state = new ReconcileState(RECORDED);
    state.see(Observation.NONE.found(earlier));
    // When
    state.learn(INSTANCE, DESIRED, false);
    // Then
    assertThat(state.seen()).isEqualTo(Observation.NONE.found(INSTANCE.following(earlier)));
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
}
