package io.cloudelements.connectwise.instance;

import static io.cloudelements.connectwise.instance.PlannerInputs.bare;
import static io.cloudelements.connectwise.instance.PlannerInputs.fresh;
import static io.cloudelements.connectwise.instance.PlannerInputs.instance;
import static io.cloudelements.connectwise.instance.PlannerInputs.intended;
import static io.cloudelements.connectwise.instance.PlannerInputs.provisioned;
import static io.cloudelements.connectwise.instance.PlannerInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoteInstanceTest {

  /** A search is believed only for entries that really carry the tag. */
  @Test
  void carriesOnlyTagsThatItShows() {
    // Given
    RemoteInstance ours = instance(7);
    // When
    boolean carries = ours.carries(PlannerInputs.OURS);
    // Then
    assertThat(carries).isTrue();
    assertThat(ours.carries(PlannerInputs.FOREIGN)).isFalse();
    assertThat(tagged(ours).carries(PlannerInputs.OURS)).isFalse();
    assertThat(bare(7).carries(PlannerInputs.OURS)).isFalse();
  }

  /** An answer to a change shows less than a read; what the change left alone is still known. */
  @Test
  void followingKeepsFieldsMissingInTheAnswer() {
    // Given
    RemoteInstance earlier = instance(7).withDisabled(true);
    // When
    RemoteInstance completed = bare(7).following(earlier);
    // Then
    assertThat(completed.elementKey()).contains("connectwisehd");
    assertThat(completed.disabled()).contains(true);
    assertThat(completed.name()).as("the field that was changed").isEmpty();
    assertThat(instance(7).following(earlier)).as("its own words count").isEqualTo(instance(7));
  }

  /** Values that were sent to one instance say nothing about another. */
  @Test
  void keepsTheConfigurationHashForTheSameInstanceOnly() {
    // Given
    PlannerInput known = provisioned(7).build();
    // When
    Recorded same = known.recorded().seen(instance(7), known.desired());
    // Then
    assertThat(same.configurationHash()).isPresent();
    assertThat(known.recorded().seen(instance(8), known.desired()).configurationHash()).isEmpty();
    assertThat(fresh().build().recorded().seen(instance(7), known.desired()).instanceId())
        .contains(7L);
  }

  @Test
  void seeingTheInstanceClosesAnOpenIntent() {
    // Given
    PlannerInput open = intended(1, Duration.ZERO).build();
    // When
    Recorded recorded = open.recorded().seen(bare(7), open.desired());
    // Then
    assertThat(recorded.intent()).isEmpty();
    assertThat(recorded.elementKey()).as("as asked for").isEqualTo(Optional.of("connectwisehd"));
    assertThat(recorded.account()).contains(PlannerInputs.ACCOUNT.fingerprint());
  }
}
