package io.cloudelements.connectwise.instance;

import static io.cloudelements.connectwise.instance.PlannerInputs.ACCOUNT;
import static io.cloudelements.connectwise.instance.PlannerInputs.NOW;
import static io.cloudelements.connectwise.instance.PlannerInputs.bare;
import static io.cloudelements.connectwise.instance.PlannerInputs.fresh;
import static io.cloudelements.connectwise.instance.PlannerInputs.provisioned;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedTest {
  private static final PlannerInput HELD = provisioned(7).afterHold().build();

  static Stream<Arguments> holds() {
    Recorded held = HELD.recorded();
    Recorded elsewhere = provisioned(7).afterHold().inAccount("000000000000").build().recorded();
    return Stream.of(
        Arguments.of("nothing was asked", shown(held, Observation.NONE), true),
        Arguments.of("it is missing", shown(held, Observation.NONE.missing(7)), true),
        Arguments.of("it shows", shown(held, Observation.NONE.found(bare(7))), false),
        Arguments.of("another one shows", shown(held, Observation.NONE.found(bare(8))), true),
        Arguments.of(
            "another account shows that id",
            shown(elsewhere, Observation.NONE.found(bare(7))),
            true),
        Arguments.of("it is used", held.seen(bare(7), HELD.desired()), false),
        Arguments.of(
            "another one is taken over",
            held.adopting(new Adoption.Open(8, NOW, Optional.empty()), ACCOUNT.fingerprint()),
            false),
        Arguments.of(
            "another one is made", held.withIntent(new Intent(1, NOW), Optional.empty()), false),
        Arguments.of("no POST was sent after all", held.withoutIntent(), true));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("holds")
  void keepsAHoldUntilItIsOver(String what, Recorded after, boolean held) {
    assertThat(after.recreationHeld()).as(what).isEqualTo(held);
  }

  /** The one that is marked now is the one whose configuration is known. */
  @Test
  void anAdoptionOfTheRecordedInstanceKeepsWhatIsKnownOfIt() {
    // Given
    Recorded known = provisioned(7).build().recorded();
    // When
    Recorded adopting =
        known.adopting(new Adoption.Open(7, NOW, Optional.empty()), ACCOUNT.fingerprint());
    // Then
    assertThat(adopting.instance()).isEqualTo(known.instance());
  }

  @Test
  void anAdoptionOfAnotherInstanceForgetsTheFormerOne() {
    // Given
    Recorded known = provisioned(7).build().recorded();
    // When
    Recorded adopting =
        known.adopting(new Adoption.Open(50, NOW, Optional.empty()), ACCOUNT.fingerprint());
    // Then
    assertThat(adopting.instance())
        .isEqualTo(Recorded.LastSeen.madeIn(Optional.of(ACCOUNT.fingerprint())));
  }

  static Stream<Arguments> followedUp() {
    return Stream.of(
        Arguments.of(
            "an open one has the id that the instance has now",
            new Adoption.Open(50, NOW, Optional.of(Set.of("by hand"))),
            new Adoption.Open(51, NOW, Optional.of(Set.of("by hand")))),
        Arguments.of(
            "one that was given up stays that of the named instance",
            new Adoption.Completed(50),
            new Adoption.Completed(50)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("followedUp")
  void anAdoptionIsFollowedUp(String why, Adoption before, Adoption after) {
    // Given
    PlannerInput adopting = fresh().adopting(50).build();
    // When
    Recorded seen =
        adopting.recorded().withAdoption(Optional.of(before)).seen(bare(51), adopting.desired());
    // Then
    assertThat(seen.adoption()).as(why).contains(after);
  }

  static Stream<Arguments> takeOvers() {
    return Stream.of(
        Arguments.of("it names the instance", fresh().takingOver("7"), Optional.of("7")),
        Arguments.of(
            "it names the instance and its former owner",
            fresh().takingOver("7@cwi-00000000-000000000000000000000000"),
            Optional.of("7@cwi-00000000-000000000000000000000000")),
        Arguments.of("it names another one", fresh().takingOver("8"), Optional.empty()),
        Arguments.of("there is none", fresh(), Optional.empty()),
        Arguments.of(
            "nothing is taken by observing",
            fresh().takingOver("7").under(ManagementPolicy.OBSERVE),
            Optional.empty()));
  }

  /** A take-over is good for once, so it is recorded when it has been followed. */
  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("takeOvers")
  void recordsTheTakeOverThatWasFollowed(String why, PlannerInputs given, Optional<String> taken) {
    // Given
    PlannerInput plannerInput = given.build();
    // When
    Recorded seen = plannerInput.recorded().seen(bare(7), plannerInput.desired());
    // Then
    assertThat(seen.takenOver()).as(why).isEqualTo(taken);
  }

  static Stream<Arguments> adoptions() {
    Optional<Adoption> open =
        Optional.of(new Adoption.Open(7, NOW, Optional.of(Set.of("by hand"))));
    Optional<Adoption> completed = Optional.of(new Adoption.Completed(50));
    Optional<Adoption> of7 = Optional.of(new Adoption.Completed(7));
    return Stream.of(
        Arguments.of("the named one is ours", Optional.empty(), Optional.of(7L), of7),
        Arguments.of("another one is ours", Optional.empty(), Optional.of(50L), Optional.empty()),
        Arguments.of("none is named", Optional.empty(), Optional.empty(), Optional.empty()),
        Arguments.of("an adoption is complete", open, Optional.of(7L), of7),
        Arguments.of("it has another id by now", open, Optional.of(50L), of7),
        Arguments.of("it was a take-over", open, Optional.empty(), Optional.empty()),
        Arguments.of("it was complete before", completed, Optional.of(7L), completed));
  }

  /** From its first Ready on the instance is deleted with its resource. */
  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("adoptions")
  void anAdoptionIsCompleteWithReady(
      String why, Optional<Adoption> before, Optional<Long> named, Optional<Adoption> after) {
    // Given
    Recorded recorded = provisioned(7).build().recorded().withAdoption(before);
    // When
    Recorded ready = recorded.adopted(named);
    // Then
    assertThat(ready.adoption()).as(why).isEqualTo(after);
  }

  private static Recorded shown(Recorded held, Observation seen) {
    return held.withoutHoldIfShown(seen, ACCOUNT);
  }
}
