package io.cloudelements.connectwise.instance;

import static io.cloudelements.connectwise.instance.PlannerInputs.bare;
import static io.cloudelements.connectwise.instance.PlannerInputs.listed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObservationTest {

  /** Gone means: neither by id nor by tag, and both were asked. */
  @Test
  void goneNeedsAMissingIdAndAnEmptySearch() {
    // Given
    Observation missing = Observation.NONE.missing(7);
    // When
    Optional<Long> gone = missing.searched(TagMatches.of(List.of())).gone();
    // Then
    assertThat(gone).contains(7L);
    assertThat(missing.gone()).isEmpty();
    assertThat(Observation.NONE.searched(TagMatches.of(List.of())).gone()).isEmpty();
    assertThat(missing.searched(TagMatches.of(List.of(listed(bare(8))))).gone()).isEmpty();
    assertThat(Observation.NONE.found(bare(7)).searched(TagMatches.of(List.of())).gone()).isEmpty();
  }

  /** A 404 that a gateway may have given says nothing about what there is. */
  @Test
  void anUnprovenSearchIsNotGone() {
    // Given
    Observation missing = Observation.NONE.missing(7);
    // When
    Optional<Long> gone = missing.searched(TagMatches.INCONCLUSIVE).gone();
    // Then
    assertThat(gone).isEmpty();
  }

  /** The service promises no order, and two reconciles must choose the same instance. */
  @Test
  void matchesAreOrderedById() {
    // Given
    TagMatches matches =
        TagMatches.of(Stream.of(bare(9), bare(7), bare(8)).map(PlannerInputs::listed).toList());
    // When
    Observation searched = Observation.NONE.searched(matches);
    // Then
    assertThat(searched.byTag())
        .isInstanceOfSatisfying(
            Observation.Search.Result.class,
            result ->
                assertThat(result.matches())
                    .extracting(ListedInstance::id)
                    .containsExactly(7L, 8L, 9L));
  }
}
