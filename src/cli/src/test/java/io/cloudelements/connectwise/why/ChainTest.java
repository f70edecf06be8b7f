package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A chain of resources whose status the operator's own code composed. */
class ChainTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Instant NEXT = NOW.plusSeconds(240);

  private static Chain chain(long generation, Reason reason, Optional<Instant> next) {
    ConnectWiseInstance resource = UnseenFacts.acme("{}");
    resource.getMetadata().setGeneration(generation);
    resource.setStatus(
        StatusComposer.compose(
            Optional.empty(),
            1,
            new StatusReport(
                Outcome.of(reason, "It is so."),
                Recorded.NOTHING,
                List.of(),
                Optional.empty(),
                ManagementPolicy.MANAGE,
                next),
            NOW));
    return Chain.of(UnseenFacts.of(resource, Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"HELD_BACK", "AWAITING_OUTCOME", "PROVIDER_REJECTED", "DELETION_HELD"})
  void tellsTheNextCheckOfAResourceThatWaits(Reason reason) {
    // Given // When
    Chain chain = chain(1, reason, Optional.of(NEXT));
    // Then
    assertThat(chain.nextCheckAt()).contains(NEXT);
  }

  @Test
  void tellsNoNextCheckThatTheStatusDoesNotHave() {
    // Given // When
    Chain chain = chain(1, Reason.PROVISIONING, Optional.empty());
    // Then
    assertThat(chain.nextCheckAt()).isEmpty();
  }

  /** A change of the spec is reconciled at once. */
  @Test
  void tellsNoNextCheckOfAnOlderSpec() {
    // Given // When
    Chain chain = chain(2, Reason.PROVIDER_REJECTED, Optional.of(NEXT));
    // Then
    assertThat(chain.nextCheckAt()).isEmpty();
    assertThat(chain.stalled()).isFalse();
    assertThat(chain.cause()).map(BlockingCause::reason).contains(BlockingCause.NOT_OBSERVED);
  }

  /** Each link needs the one before it, and a program reads them by their place. */
  @Test
  void linksStandInTheOrderOfTheirNeeds() {
    // Given // When
    Chain chain = chain(1, Reason.HELD_BACK, Optional.empty());
    // Then
    assertThat(chain.links())
        .extracting(link -> link.name().key())
        .containsExactly(
            "account", "secrets", "admission", "instance", "token-secret", "consumers");
  }
}
