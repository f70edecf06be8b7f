package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.instance.SecretValue;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How urgent a reconcile is once its Secrets are read. */
class ReconcileUrgencyTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  static Stream<Arguments> resources() {
    return Stream.of(
        resource("converged", given -> given, Priority.DRIFT),
        resource("deleted", ReconcileInputs::deleting, Priority.CHANGES),
        resource(
            "edited",
            given -> given.reporting(Resources.status(2L, 7L, "account-1", null)),
            Priority.CHANGES),
        resource(
            "requested",
            given -> given.annotated(Annotations.RECONCILE_REQUESTED_AT, "now"),
            Priority.CHANGES),
        resource(
            "without its token Secret",
            given -> given.without("acme-helpdesk-token"),
            Priority.CHANGES));
  }

  static Stream<Arguments> records() {
    return Stream.of(
        record("without an instance", _ -> Recorded.NOTHING, Priority.CREATIONS),
        record(
            "in another account",
            of -> of.adopting(new Adoption.Open(7, NOW, Optional.empty()), "account-1"),
            Priority.CHANGES),
        record("midway", of -> of.withReason(Optional.of(Reason.UPDATING)), Priority.CHANGES),
        record(
            "failed last time",
            of -> of.withReason(Optional.of(Reason.SERVICE_FAILED)),
            Priority.DRIFT),
        record(
            "with another configuration",
            of -> of.withConfigurationHash(Optional.of("former")),
            Priority.CHANGES));
  }

  /** Drift checks that were taken for changes would hold up what users wait for. */
  @ParameterizedTest(name = "{0}")
  @MethodSource({"resources", "records"})
  void classifiesAReconcileByAllThatItKnows(
      String what,
      UnaryOperator<ReconcileInputs> given,
      UnaryOperator<Recorded> recorded,
      Priority expected) {
    // Given
    ReconcileInput input = given.apply(delivered()).build();
    // When
    Priority priority =
        PriorityClassifier.priority(input, recorded.apply(recorded(input)), desired(input));
    // Then
    assertThat(priority).isEqualTo(expected);
  }

  /** It may have to look for an instance that no status names. */
  @Test
  void aDeletionWithoutAnInstanceIsAChange() {
    // Given
    ReconcileInput input = delivered().deleting().build();
    // When
    Priority priority = PriorityClassifier.priority(input, Recorded.NOTHING, desired(input));
    // Then
    assertThat(priority).isEqualTo(Priority.CHANGES);
  }

  /** An earlier reconcile that failed has not carried it out, and nothing else shows that. */
  @Test
  void anUnfinishedChangeIsStillAChange() {
    // Given
    ReconcileInput input =
        delivered()
            .build()
            .with(
                new ReconcileHistory(
                    Optional.empty(),
                    0,
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
    // When
    Priority priority = PriorityClassifier.priority(input, recorded(input), desired(input));
    // Then
    assertThat(priority).isEqualTo(Priority.CHANGES);
  }

  /** It sends no configuration, so that none is open. */
  @Test
  void aConfigurationThatIsNotManagedIsNoOpenChange() {
    // Given
    ReconcileInput input = delivered("managementPolicy: Observe").build();
    Recorded unsent = recorded(input).withConfigurationHash(Optional.empty());
    // When
    Priority priority = PriorityClassifier.priority(input, unsent, desired(input));
    // Then
    assertThat(priority).isEqualTo(Priority.DRIFT);
  }

  private static Arguments resource(
      String what, UnaryOperator<ReconcileInputs> given, Priority expected) {
    UnaryOperator<Recorded> same = UnaryOperator.identity();
    return Arguments.of(what, given, same, expected);
  }

  private static Arguments record(
      String what, UnaryOperator<Recorded> recorded, Priority expected) {
    UnaryOperator<ReconcileInputs> same = UnaryOperator.identity();
    return Arguments.of(what, same, recorded, expected);
  }

  private static ReconcileInputs delivered(String... lines) {
    return ReconcileInputs.helpdesk(lines)
        .withToken("acme-helpdesk-token", "t")
        .reporting(Resources.status(3L, 7L, "account-1", "acme-helpdesk-token"));
  }

  private static Recorded recorded(ReconcileInput input) {
    DesiredInstance desired = desired(input);
    return Recorded.NOTHING
        .seen(RemoteInstances.bare(7, "t"), desired)
        .withConfigurationHash(
            Optional.of(desired.configuration().fingerprint(SecretValue.of("t"))))
        .withReason(Optional.of(Reason.AVAILABLE));
  }

  private static DesiredInstance desired(ReconcileInput input) {
    return ((DesiredResolver.Resolution.Resolved)
            new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input))
        .desired();
  }
}
