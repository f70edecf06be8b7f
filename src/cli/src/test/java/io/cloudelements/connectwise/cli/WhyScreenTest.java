package io.cloudelements.connectwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.why.BlockingCause;
import io.cloudelements.connectwise.why.Chain;
import io.cloudelements.connectwise.why.ChainLink;
import io.cloudelements.connectwise.why.LinkName;
import io.cloudelements.connectwise.why.LinkState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of a chain people and programs see; {@code WhyIT} keeps whole screens. */
class WhyScreenTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  /** As long as a condition's message can be. */
  private static final String LONG = "It is so. ".repeat(100) + "In the end it is so.";

  private static WhyScreen screen(Optional<Instant> nextCheckAt) {
    BlockingCause cause =
        new BlockingCause(
            "HeldBack",
            LinkName.ADMISSION,
            true,
            "A call is held back.",
            LONG,
            "Wait.",
            "kubectl get cwi");
    return new WhyScreen(
        new Chain(
            new ResourceId("integrations", "acme"),
            false,
            false,
            Arrays.stream(LinkName.values())
                .map(name -> new ChainLink(name, new LinkState.Untold("Nothing is told.")))
                .toList(),
            Optional.of(cause),
            nextCheckAt),
        NOW);
  }

  @Test
  void theNextCheckStandsBelowTheLinkThatWaits() {
    // Given
    WhyScreen screen = screen(Optional.of(NOW.plusSeconds(240)));
    // When
    String text = screen.text();
    // Then
    assertThat(text)
        .containsOnlyOnce("next check: ")
        .contains(
            """
              ? admission      Nothing is told.
                               next check: in 4 min (2026-11-24T10:04:00Z)
              ? instance       Nothing is told.
            """);
    assertThat(screen.data().path("nextCheckAt").asText()).isEqualTo("2026-11-24T10:04:00Z");
  }

  @Test
  void noNextCheckIsShownThatIsNotKnown() {
    // Given // When
    WhyScreen screen = screen(Optional.empty());
    // Then
    assertThat(screen.text()).doesNotContain("next check");
    assertThat(screen.data().has("nextCheckAt")).isFalse();
  }

  /** The end of a message often has the command. */
  @Test
  void noMessageIsCut() {
    // Given // When
    WhyScreen screen = screen(Optional.empty());
    // Then
    assertThat(screen.text()).contains("HeldBack: " + LONG + "\n");
    assertThat(screen.data().at("/cause/message").asText()).isEqualTo(LONG);
  }
}
