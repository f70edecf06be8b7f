package io.cloudelements.connectwise.instance;

import static io.cloudelements.connectwise.instance.PlannerInputs.NOW;
import static io.cloudelements.connectwise.instance.PlannerInputs.RESOURCE;
import static io.cloudelements.connectwise.instance.PlannerInputs.company;
import static io.cloudelements.connectwise.instance.PlannerInputs.fresh;
import static io.cloudelements.connectwise.instance.PlannerInputs.instance;
import static io.cloudelements.connectwise.instance.PlannerInputs.intended;
import static io.cloudelements.connectwise.instance.PlannerInputs.named;
import static io.cloudelements.connectwise.instance.PlannerInputs.provisioned;
import static io.cloudelements.connectwise.instance.PlannerInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages name what was seen; the planner's tests check reasons only. */
class OutcomesTest {
  private static final DesiredInstance DESIRED = fresh().build().desired();
  private static final String FORMER = "000000000000";

  static Stream<Arguments> fieldsThatAreNotKept() {
    return Stream.of(
        Arguments.of(named(instance(7), "A &amp; B"), "name (kept as \"A &amp; B\")"),
        Arguments.of(tagged(instance(7), "b", "a"), "tags (kept as [a, b])"),
        Arguments.of(
            company(instance(7), "ACME"), "configuration entry helpdesk.connectwise.company"),
        Arguments.of(
            company(named(instance(7), "X"), "ACME"),
            "configuration entry helpdesk.connectwise.company, name (kept as \"X\")"));
  }

  /** A person must know which value to change, and nothing of those that are right. */
  @ParameterizedTest
  @MethodSource("fieldsThatAreNotKept")
  void namesOnlyTheFieldsThatTheServiceDoesNotKeep(RemoteInstance seen, String fields) {
    // Given
    DesiredInstance desired = DESIRED;
    // When
    Outcome outcome = Outcomes.notAccepted(seen, desired);
    // Then
    assertThat(outcome.message())
        .isEqualTo(
            "Instance 7 works, but the service does not keep what was sent: %s. Write the value"
                + " that it keeps, which its console shows, into the resource or its Secret.",
            fields);
  }

  @Test
  void namesTheMissingIdToObserve() {
    // Given
    DesiredInstance byId = fresh().adopting(50).build().desired();
    // When
    Outcome outcome = Outcomes.nothingToObserve(byId);
    // Then
    assertThat(outcome.message()).contains("and none has the id 50 in this account");
    assertThat(Outcomes.nothingToObserve(DESIRED).message()).doesNotContain("none has the id");
  }

  /** One confirmation is for all instances of the resource. */
  @Test
  void namesEveryInstanceWhoseDeletionIsHeld() {
    // Given
    Optional<ResourceId> none = Optional.empty();
    Optional<ResourceId> shared = Optional.of(new ResourceId("platform", "acme"));
    // When
    String one = Outcomes.deletionHeld(new TreeSet<>(Set.of(7L)), 7, none, DESIRED).message();
    String two = Outcomes.deletionHeld(new TreeSet<>(Set.of(9L, 7L)), 7, shared, DESIRED).message();
    // Then
    assertThat(one)
        .contains(
            "so instance 7 is left alone. To delete it, annotate", "To leave it at the service")
        .doesNotContain("CloudElementsAccount");
    assertThat(two)
        .contains(
            "so instances 7, 9 are left alone. To delete all of them, annotate",
            "; or the owner of CloudElementsAccount platform/acme confirms",
            "To leave them at the service");
  }

  /** The person to ask depends on the owner's cluster: this one, or another. */
  @Test
  void namesTheClusterOfTheOtherOwner() {
    // Given
    String neighbour = PlannerInputs.NEIGHBOUR.value();
    // When
    Outcome outcome = OwnershipOutcomes.ownedByAnother(7, neighbour, fresh().build());
    // Then
    assertThat(outcome.message())
        .contains("belongs to another resource of this cluster (tag " + neighbour + ")");
    assertThat(
            OwnershipOutcomes.ownedByAnother(7, PlannerInputs.FOREIGN.value(), fresh().build())
                .message())
        .contains(
            "belongs to a resource of another cluster",
            "If that is this cluster under its former name, give the operator its former"
                + " CLUSTER_NAME again. To take it over, ");
  }

  static Stream<Arguments> takeOvers() {
    return Stream.of(
        Arguments.of(
            "nothing is annotated yet",
            fresh(),
            "annotate this resource with cloudelements.io/take-over: \"7\" (kubectl annotate cwi -n"
                + " integrations acme --overwrite cloudelements.io/take-over=7) after"),
        Arguments.of(
            "\"true\" names nothing, and is refused with what does",
            fresh().takingOver("true"),
            "take-over=7); the value \"true\" does not confirm this"),
        Arguments.of(
            "another instance is named",
            fresh().takingOver("8"),
            "take-over=7); the value \"8\" does not confirm this"),
        Arguments.of(
            "another owner is named",
            fresh().takingOver("7@cwi-00000000-000000000000000000000000"),
            "the value \"7@cwi-00000000-000000000000000000000000\" does not confirm this"),
        Arguments.of(
            "control characters do not get to a terminal",
            fresh().takingOver("\u001b[31m"),
            "); the value \"??31m\" does not confirm this"),
        Arguments.of(
            "it was followed once, and is void",
            provisioned(7).takingOver("7").afterTakeOver(),
            "has been followed once and is void"));
  }

  /** A confirmation is for once, and for what it names; the message has the value to write. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("takeOvers")
  void namesTheValueOfTheConfirmation(String why, PlannerInputs given, String expected) {
    // Given
    PlannerInput plannerInput = given.build();
    // When
    Outcome outcome =
        OwnershipOutcomes.ownedByAnother(7, PlannerInputs.FOREIGN.value(), plannerInput);
    // Then
    assertThat(outcome.message()).as(why).contains(expected);
  }

  static Stream<Arguments> otherAccounts() {
    Duration passed = Duration.ofMinutes(5);
    String confirm =
        "annotate this resource with cloudelements.io/confirm-recreate: \"%s@"
            + PlannerInputs.ACCOUNT.fingerprint()
            + "\"";
    String attempt = confirm.formatted(PlannerInputs.NOW.minus(passed));
    String instance = confirm.formatted(7);
    String ifTheyWork = "as long as they still work: a user secret that was reset does not";
    String retain = "set spec.deletionPolicy: Retain";
    return Stream.of(
        Arguments.of(
            "an attempt of which the account shows nothing",
            InstancePlanner.plan(intended(1, passed).inAccount(FORMER).finding().build()),
            List.of("same user under a secret that was reset", attempt, ifTheyWork, retain)),
        Arguments.of(
            "an instance that the account does not show",
            InstancePlanner.plan(provisioned(7).inAccount(FORMER).missing(7).finding().build()),
            List.of("the new secret of the same user", instance, ifTheyWork, retain)),
        Arguments.of(
            "the deletion of the one",
            DeletionPlanner.plan(intended(1, passed).inAccount(FORMER).finding().build()),
            List.of("shows no instance of it", ifTheyWork, retain)),
        Arguments.of(
            "the deletion of the other",
            DeletionPlanner.plan(provisioned(7).inAccount(FORMER).finding().missing(7).build()),
            List.of("the new secret of the same user", ifTheyWork, retain)));
  }

  /** A secret that was reset at the service cannot be put back (contract §11). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("otherAccounts")
  void namesTheRemediesThatExistForAnotherAccount(String why, Action action, List<String> parts) {
    // Given
    int namesOfFullLength = 63 + 253 - RESOURCE.namespace().length() - RESOURCE.name().length();
    // When
    String message = ((Action.Finish) action).outcome().message();
    // Then
    assertThat(message).as(why).contains(parts);
    assertThat(message.length() + namesOfFullLength).as(why).isLessThanOrEqualTo(1024);
  }

  /** Nothing is to be done yet, and it is said when that changes. */
  @Test
  void namesBothAccountsWhileALateInstanceMayShow() {
    // Given
    PlannerInput switched = intended(1, Duration.ofSeconds(10)).inAccount(FORMER).finding().build();
    // When
    Action action = InstancePlanner.plan(switched);
    // Then
    assertThat(((Action.Finish) action).outcome().message())
        .contains(
            "in account " + FORMER,
            "account " + PlannerInputs.ACCOUNT.fingerprint(),
            "if none does by " + NOW.plusSeconds(170));
  }
}
