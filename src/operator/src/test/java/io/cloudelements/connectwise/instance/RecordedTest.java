package io.cloudelements.connectwise.instance;

import static io.cloudelements.connectwise.instance.Situations.ACCOUNT;
import static io.cloudelements.connectwise.instance.Situations.NOW;
import static io.cloudelements.connectwise.instance.Situations.bare;
import static io.cloudelements.connectwise.instance.Situations.provisioned;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedTest {
  private static final Situation HELD = provisioned(7).afterHold().build();

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

  private static Recorded shown(Recorded held, Observation seen) {
    return held.withoutHoldIfShown(seen, ACCOUNT);
  }
}
