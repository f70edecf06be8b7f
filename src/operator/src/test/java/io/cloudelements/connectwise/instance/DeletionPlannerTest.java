package io.cloudelements.connectwise.instance;

import static io.cloudelements.connectwise.instance.PlannerInputs.NOW;
import static io.cloudelements.connectwise.instance.PlannerInputs.bare;
import static io.cloudelements.connectwise.instance.PlannerInputs.fresh;
import static io.cloudelements.connectwise.instance.PlannerInputs.instance;
import static io.cloudelements.connectwise.instance.PlannerInputs.intended;
import static io.cloudelements.connectwise.instance.PlannerInputs.provisioned;
import static io.cloudelements.connectwise.instance.PlannerInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The deletion rows of the decision table; policies that keep the instance never get here. */
class DeletionPlannerTest {
  private static final String OTHER_ACCOUNT = "000000000000";

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void choosesTheNextAction(String why, PlannerInputs given, Predicate<Action> expected) {
    // Given
    PlannerInput plannerInput = given.build();
    // When
    Action action = DeletionPlanner.plan(plannerInput);
    // Then
    assertThat(action).as(why).matches(expected);
  }

  static Stream<Arguments> rows() {
    RemoteInstance stranger = tagged(instance(8), PlannerInputs.FOREIGN.value());
    return Stream.of(
        row(
            "everything that carries the tag must go, so a search comes first",
            provisioned(7),
            is(new Action.SearchByTag())),
        row(
            "a search without proof may overlook what must go",
            provisioned(7).withAnInconclusiveSearch(),
            settles(Reason.DELETION_BLOCKED)),
        row(
            "also while the outcome of a creation is open",
            intended(1, Duration.ofMinutes(5)).withAnInconclusiveSearch(),
            settles(Reason.DELETION_BLOCKED)),
        row(
            "where nothing was ever made there is nothing to overlook",
            fresh().withAnInconclusiveSearch(),
            settles(Reason.DELETED)),
        row(
            "the recorded one and its duplicates go",
            provisioned(7).finding(instance(7), instance(9)),
            deletes(7, 9)),
        row(
            "a recorded one that the list does not show is asked for by id",
            provisioned(7).finding(),
            is(new Action.ReadById(7))),
        row(
            "also when the list shows another one",
            provisioned(7).finding(instance(9)),
            is(new Action.ReadById(7))),
        row(
            "a list may lag: what is there by id goes",
            provisioned(7).finding().seeing(instance(7)),
            deletes(7)),
        row(
            "our tag was taken off: the record alone deletes nothing",
            provisioned(7).finding().seeing(tagged(instance(7), "production")),
            settles(Reason.DELETION_BLOCKED)),
        row(
            "nor does it where no tags are shown, since it may be another resource's",
            provisioned(7).finding().seeing(bare(7)),
            settles(Reason.DELETION_BLOCKED)),
        row(
            "the instance with our tag goes, also when the status names another",
            provisioned(7).finding(instance(9)).seeing(tagged(instance(7), "production")),
            deletes(9)),
        row(
            "and what it names still does not",
            provisioned(7)
                .finding(instance(9))
                .seeing(tagged(instance(7), "production"))
                .having(deletion(9)),
            settles(Reason.DELETION_BLOCKED)),
        row(
            "an instance with another owner is not deleted",
            provisioned(8).finding().seeing(stranger),
            settles(Reason.DELETED)),
        row(
            "also when it still carries our tag",
            provisioned(8)
                .finding(
                    tagged(instance(8), PlannerInputs.OURS.value(), PlannerInputs.FOREIGN.value())),
            settles(Reason.DELETED)),
        row(
            "404 to a read may lag behind the creation: ask by a write that changes nothing",
            provisioned(7).finding().missing(7),
            is(new Action.VerifyGone(7))),
        row(
            "404 to a write is done",
            provisioned(7).finding().verifiedMissing(7),
            settles(Reason.DELETED)),
        row(
            "404 in another account is not",
            provisioned(7).inAccount(OTHER_ACCOUNT).finding().missing(7),
            settles(Reason.DELETION_BLOCKED)),
        row(
            "after the deletes the finalizer goes",
            provisioned(7).finding(instance(7)).having(deletion(7)),
            settles(Reason.DELETED)),
        row(
            "also where only its id showed it",
            provisioned(7).finding().seeing(instance(7)).having(deletion(7)),
            settles(Reason.DELETED)),
        row(
            "a POST may still land: wait for its window, or it would be left behind",
            intended(1, Duration.ofSeconds(10)).finding(),
            settles(Reason.DELETING)),
        row(
            "it landed: remove it",
            intended(1, Duration.ofSeconds(10)).finding(instance(7)),
            deletes(7)),
        row(
            "past the window nothing can land any more",
            intended(1, Duration.ofMinutes(5)).finding(),
            settles(Reason.DELETED)),
        row(
            "the outcome of an attempt in another account cannot be seen in this one",
            intended(1, Duration.ofMinutes(5)).inAccount(OTHER_ACCOUNT).finding(),
            settles(Reason.DELETION_BLOCKED)),
        row(
            "within the window it may: another account may be the same one under a new secret",
            intended(1, Duration.ofSeconds(10)).inAccount(OTHER_ACCOUNT).finding(),
            settles(Reason.DELETING)),
        row(
            "and a search without proof shows neither",
            intended(1, Duration.ofMinutes(5)).inAccount(OTHER_ACCOUNT).withAnInconclusiveSearch(),
            settles(Reason.DELETION_BLOCKED)),
        row(
            "an intent from the future stays one of the other account",
            intended(1, Duration.ofHours(-1)).inAccount(OTHER_ACCOUNT).finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), false))),
        row(
            "the instance with our tag goes, under any secret that shows it",
            intended(1, Duration.ofMinutes(5)).inAccount(OTHER_ACCOUNT).finding(instance(7)),
            deletes(7)),
        row(
            "also where the recorded one shows by its id alone",
            provisioned(7).inAccount(OTHER_ACCOUNT).finding().seeing(instance(7)),
            deletes(7)),
        row(
            "another instance that shows it goes too, and does not stand for the recorded one",
            provisioned(7)
                .inAccount(OTHER_ACCOUNT)
                .finding(instance(9))
                .missing(7)
                .having(deletion(9)),
            settles(Reason.DELETION_BLOCKED)),
        row(
            "an instance with our tag in another account answers it",
            intended(1, Duration.ofMinutes(5))
                .inAccount(OTHER_ACCOUNT)
                .finding(instance(7))
                .having(deletion(7)),
            settles(Reason.DELETED)),
        row(
            "an adoption that is not complete: its PUT may still take effect",
            adopting50(Duration.ofSeconds(10)).finding(instance(50)),
            settles(Reason.DELETING)),
        row(
            "then the instance gets back the tags that were found, and is not deleted",
            adopting50(Duration.ofMinutes(5)).finding(instance(50)),
            is(new Action.Release(50, Set.of("by hand")))),
        row(
            "also where the list lags",
            adopting50(Duration.ofMinutes(5)).finding().seeing(instance(50)),
            is(new Action.Release(50, Set.of("by hand")))),
        row(
            "one that was refused has changed nothing",
            fresh().adopting(50).finding(),
            settles(Reason.DELETED)),
        row(
            "an instance that an adoption may have marked is asked for by its id too",
            adopting50(Duration.ofMinutes(5)).finding(),
            is(new Action.ReadById(50))),
        row(
            "while its PUT may still take effect nothing is let go, shown or not",
            adopting50(Duration.ofSeconds(10)).finding().seeing(tagged(instance(50), "by hand")),
            settles(Reason.DELETING)),
        row(
            "an adoption from the future is dated anew",
            adopting50(Duration.ofHours(-1)).finding(instance(50)),
            is(
                new Action.BeginAdoption(
                    new Adoption.Open(50, NOW, Optional.of(Set.of("by hand")))))),
        row(
            "one that was begun in another account cannot be waited for in this one",
            adopting50(Duration.ofMinutes(5)).inAccount(OTHER_ACCOUNT).finding().missing(50),
            settles(Reason.DELETION_BLOCKED)),
        row(
            "after the release the finalizer goes",
            adopting50(Duration.ofMinutes(5))
                .finding(instance(50))
                .having(new Action.Release(50, Set.of("by hand"))),
            settles(Reason.DELETED)),
        row(
            "of two the second is released by the next reconcile",
            adopting50(Duration.ofMinutes(5))
                .finding(instance(50), instance(51))
                .having(new Action.Release(50, Set.of("by hand"))),
            settles(Reason.DELETING)),
        row(
            "so is the named one after its duplicate is deleted",
            provisioned(50).adopting(50).finding(instance(50), instance(51)).having(deletion(51)),
            settles(Reason.DELETING)),
        row(
            "an adoption that took no effect leaves the instance alone",
            adopting50(Duration.ofMinutes(5)).finding().seeing(tagged(instance(50), "by hand")),
            settles(Reason.DELETED)),
        row(
            "an account that does not show what was to be adopted is another one",
            adopting50(Duration.ofSeconds(10)).inAccount(OTHER_ACCOUNT).finding().missing(50),
            settles(Reason.DELETION_BLOCKED)),
        row(
            "one that shows it is the same under another secret: its PUT may still take effect",
            adopting50(Duration.ofSeconds(10))
                .inAccount(OTHER_ACCOUNT)
                .finding()
                .seeing(tagged(instance(50), "by hand")),
            settles(Reason.DELETING)),
        row(
            "and cannot any more when the window has passed",
            adopting50(Duration.ofMinutes(5))
                .inAccount(OTHER_ACCOUNT)
                .finding()
                .seeing(tagged(instance(50), "by hand")),
            settles(Reason.DELETED)),
        row(
            "without a status it is unknown whether it was complete: the tag comes off",
            provisioned(50).adopting(50).finding(instance(50)),
            is(new Action.Release(50, Set.of("production")))),
        row(
            "an instance whose adoption is complete is deleted like any other",
            provisioned(50).adopting(50).adopted().finding(instance(50)),
            deletes(50)),
        row(
            "one that was made in its place, too",
            provisioned(7).adopting(50).finding(instance(7)),
            deletes(7)),
        row(
            "an intent from the future is dated anew",
            intended(1, Duration.ofHours(-1)).finding(),
            is(new Action.RecordIntent(new Intent(1, NOW), false))),
        row(
            "a status without intent and instance says that nothing was made",
            fresh().afterReason(Reason.ACCOUNT_REJECTED).finding(),
            settles(Reason.DELETED)));
  }

  private static Arguments row(String why, PlannerInputs given, Predicate<Action> expected) {
    return Arguments.of(why, given, expected);
  }

  private static Predicate<Action> is(Action expected) {
    return expected::equals;
  }

  private static Predicate<Action> deletes(long... ids) {
    return is(deletion(ids));
  }

  private static Action.Delete deletion(long... ids) {
    return new Action.Delete(new TreeSet<>(Arrays.stream(ids).boxed().toList()));
  }

  /** Instance 50 was marked "by hand" before an adoption that began this long ago. */
  private static PlannerInputs adopting50(Duration ago) {
    return fresh().adopting(50).adoptionBegun(50, ago, "by hand");
  }

  private static Predicate<Action> settles(Reason reason) {
    return action -> action instanceof Action.Finish(Outcome outcome) && outcome.reason() == reason;
  }
}
