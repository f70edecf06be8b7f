package io.cloudelements.connectwise.instance;

import static io.cloudelements.connectwise.instance.Situations.company;
import static io.cloudelements.connectwise.instance.Situations.fresh;
import static io.cloudelements.connectwise.instance.Situations.instance;
import static io.cloudelements.connectwise.instance.Situations.named;
import static io.cloudelements.connectwise.instance.Situations.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a message names differs with what was seen; the planner's tests look at reasons only. */
class VerdictsTest {
  private static final DesiredInstance DESIRED = fresh().build().desired();

  static Stream<Arguments> notKept() {
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
  @MethodSource("notKept")
  void whatTheServiceDoesNotKeepIsNamedAndNothingElse(RemoteInstance seen, String fields) {
    // Given
    DesiredInstance desired = DESIRED;
    // When
    Verdict verdict = Verdicts.notAccepted(seen, desired);
    // Then
    assertThat(verdict.message())
        .isEqualTo(
            "Instance 7 works, but the service does not keep what was sent: %s. Write the value that"
                + " it keeps, which its console shows, into the resource or its Secret.",
            fields);
  }

  @Test
  void anIdThatIsNotThereToObserveIsNamed() {
    // Given
    DesiredInstance byId = fresh().adopting(50).build().desired();
    // When
    Verdict verdict = Verdicts.nothingToObserve(byId);
    // Then
    assertThat(verdict.message()).contains("and none has the id 50 in this account");
    assertThat(Verdicts.nothingToObserve(DESIRED).message()).doesNotContain("none has the id");
  }

  /** Whom to ask differs: a colleague with this cluster, or one with another. */
  @Test
  void theOtherOwnerIsPlaced() {
    // Given
    String neighbour = Situations.NEIGHBOUR.value();
    // When
    Verdict verdict = Verdicts.ownedByAnother(7, neighbour, DESIRED);
    // Then
    assertThat(verdict.message())
        .contains("belongs to another resource of this cluster (tag " + neighbour + ")");
    assertThat(Verdicts.ownedByAnother(7, Situations.FOREIGN.value(), DESIRED).message())
        .contains("belongs to a resource of another cluster");
  }
}
