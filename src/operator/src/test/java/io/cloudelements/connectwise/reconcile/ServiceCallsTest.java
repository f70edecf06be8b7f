package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.instance.TagMatches;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer of the service means to a reconcile, and which failure is one. */
class ServiceCallsTest {
  private static final DesiredInstance DESIRED =
      ((DesiredResolver.Resolution.Resolved)
              new DesiredResolver(ReconcileInputs.SETTINGS)
                  .resolve(ReconcileInputs.helpdesk().build()))
          .desired();
  private static final RemoteInstance INSTANCE = RemoteInstances.bare(7, "the-token");
  private static final RemoteInstance BEFORE = RemoteInstances.tagged(7, "the-token", "before");
  private static final RemoteFailure NOT_FOUND =
      new RemoteFailure.NotFound(RemoteFailure.ErrorAnswer.NONE);
  private static final Action.Delete DELETE = new Action.Delete(new TreeSet<>(Set.of(7L, 8L)));
  private static final Action.Release RELEASE = new Action.Release(7, Set.of("theirs"));

  @Test
  void aReadShowsTheInstance() {
    // Given
    ServiceCalls service = calling(OneAnswer.to(InstanceCall.Read.class, () -> INSTANCE));
    // When
    Observation seen = service.read(new Action.ReadById(7), Observation.NONE);
    // Then
    assertThat(seen).isEqualTo(Observation.NONE.found(INSTANCE));
  }

  @Test
  void aSearchIsForTheResourcesOwnTag() {
    // Given
    TagMatches none = TagMatches.of(List.of());
    OneAnswer service = OneAnswer.to(InstanceCall.FindByTag.class, () -> none);
    // When
    Observation seen = calling(service).read(new Action.SearchByTag(), Observation.NONE);
    // Then
    assertThat(seen).isEqualTo(Observation.NONE.searched(none));
    assertThat(service.calls()).containsExactly(new InstanceCall.FindByTag(DESIRED.ownershipTag()));
  }

  /** A lagging read answers so too, so that it alone proves nothing. */
  @Test
  void aReadThatIsAnswered404MissesTheInstance() {
    // Given
    ServiceCalls service = calling(failing(InstanceCall.Read.class, NOT_FOUND));
    // When
    Observation seen = service.read(new Action.ReadById(7), Observation.NONE);
    // Then
    assertThat(seen).isEqualTo(Observation.NONE.missing(7));
  }

  /** The instance is left as it is, whosever it may be. */
  @Test
  void theProofIsAWriteThatChangesNothing() {
    // Given
    OneAnswer service = OneAnswer.to(InstanceCall.Patch.class, () -> INSTANCE);
    // When
    Observation seen = calling(service).verifyGone(7, Observation.NONE.missing(7));
    // Then
    assertThat(seen).isEqualTo(Observation.NONE.found(INSTANCE));
    assertThat(service.calls())
        .containsExactly(new InstanceCall.Patch(7, Optional.empty(), Optional.empty()));
  }

  @Test
  void aProofThatIsAnswered404ShowsThatTheInstanceIsGone() {
    // Given
    ServiceCalls service = calling(failing(InstanceCall.Patch.class, NOT_FOUND));
    // When
    Observation seen = service.verifyGone(7, Observation.NONE);
    // Then
    assertThat(seen).isEqualTo(Observation.NONE.verifiedMissing(7));
  }

  static Stream<Arguments> changesThatShowTheInstance() {
    Action.Patch patch = new Action.Patch(7, Optional.of("Acme"), Optional.empty());
    return Stream.of(
        Arguments.of(new Action.Create(SendWindow.ALWAYS), InstanceCall.Create.class),
        Arguments.of(new Action.Replace(7), InstanceCall.Replace.class),
        Arguments.of(patch, InstanceCall.Patch.class),
        Arguments.of(new Action.Adopt(patch), InstanceCall.Patch.class));
  }

  /** The answer is newer than what was seen before the change. */
  @ParameterizedTest
  @MethodSource("changesThatShowTheInstance")
  void aChangeShowsTheInstanceAsItsAnswerDoes(
      Action.Mutation change, Class<? extends InstanceCall<?>> call) {
    // Given
    ServiceCalls service = calling(OneAnswer.to(call, () -> INSTANCE));
    // When
    Optional<RemoteInstance> shown = service.change(change, Optional.of(BEFORE));
    // Then
    assertThat(shown).contains(INSTANCE);
  }

  /** The answer has no body (contract §5), and the status reports what was switched. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSwitchShowsTheInstanceAsItWasButForTheSwitch(boolean enabled) {
    // Given
    OneAnswer service = OneAnswer.to(InstanceCall.SetEnabled.class, InstanceCall.Done::new);
    // When
    Optional<RemoteInstance> shown =
        calling(service).change(new Action.SetEnabled(7, enabled), Optional.of(BEFORE));
    // Then
    assertThat(shown).contains(BEFORE.withDisabled(!enabled));
    assertThat(service.calls()).containsExactly(new InstanceCall.SetEnabled(7, enabled));
  }

  /** What is given back is not the resource's any more, although the answer shows it. */
  @Test
  void aReleaseLeavesNoInstance() {
    // Given
    OneAnswer service = OneAnswer.to(InstanceCall.Patch.class, () -> INSTANCE);
    // When
    Optional<RemoteInstance> shown = calling(service).change(RELEASE, Optional.of(BEFORE));
    // Then
    assertThat(shown).isEmpty();
    assertThat(service.calls()).containsExactlyElementsOf(RELEASE.calls(DESIRED.definition()));
  }

  /** An earlier deletion whose answer was lost may have removed some of them. */
  @Test
  void aDeletionGoesOnWhereAnInstanceIsGoneAlready() {
    // Given
    OneAnswer service = failing(InstanceCall.Delete.class, NOT_FOUND);
    // When
    Optional<RemoteInstance> left = calling(service).change(DELETE, Optional.of(BEFORE));
    // Then
    assertThat(left).isEmpty();
    assertThat(service.calls())
        .containsExactly(new InstanceCall.Delete(7), new InstanceCall.Delete(8));
  }

  @Test
  void aReleaseOfAnInstanceThatIsGoneIsDone() {
    // Given
    ServiceCalls service = calling(failing(InstanceCall.Patch.class, NOT_FOUND));
    // When
    Optional<RemoteInstance> left = service.change(RELEASE, Optional.of(BEFORE));
    // Then
    assertThat(left).isEmpty();
  }

  static Stream<Arguments> failures() {
    RemoteFailure refused = new RemoteFailure.AccessDenied(RemoteFailure.ErrorAnswer.NONE);
    return Stream.of(
        failure(
            "a read",
            InstanceCall.Read.class,
            refused,
            calls -> calls.read(new Action.ReadById(7), Observation.NONE)),
        failure(
            "a search answered 404",
            InstanceCall.FindByTag.class,
            NOT_FOUND,
            calls -> calls.read(new Action.SearchByTag(), Observation.NONE)),
        failure(
            "a proof",
            InstanceCall.Patch.class,
            refused,
            calls -> calls.verifyGone(7, Observation.NONE)),
        failure(
            "a deletion",
            InstanceCall.Delete.class,
            refused,
            calls -> calls.change(DELETE, Optional.empty())),
        failure(
            "a release",
            InstanceCall.Patch.class,
            refused,
            calls -> calls.change(RELEASE, Optional.empty())),
        failure(
            "a change answered 404",
            InstanceCall.Replace.class,
            NOT_FOUND,
            calls -> calls.change(new Action.Replace(7), Optional.of(BEFORE))),
        failure(
            "a switch answered 404",
            InstanceCall.SetEnabled.class,
            NOT_FOUND,
            calls -> calls.change(new Action.SetEnabled(7, true), Optional.of(BEFORE))));
  }

  /** Taken for an answer it would lose, or make twice, what the service has. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void everyOtherFailureIsThrown(
      String what,
      Class<? extends InstanceCall<?>> call,
      RemoteFailure failure,
      Consumer<ServiceCalls> asking) {
    // Given
    OneAnswer service = failing(call, failure);
    // When / Then
    assertThatThrownBy(() -> asking.accept(calling(service)))
        .isInstanceOfSatisfying(
            InstancesApiException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    assertThat(service.calls()).as("no further call").hasSize(1);
  }

  private static Arguments failure(
      String what,
      Class<? extends InstanceCall<?>> call,
      RemoteFailure failure,
      Consumer<ServiceCalls> asking) {
    return Arguments.of(what, call, failure, asking);
  }

  private static OneAnswer failing(
      Class<? extends InstanceCall<?>> expected, RemoteFailure failure) {
    return OneAnswer.to(
        expected,
        () -> {
          throw new InstancesApiException(failure);
        });
  }

  private static ServiceCalls calling(InstancesApi service) {
    return new ServiceCalls(service, DESIRED);
  }
}
