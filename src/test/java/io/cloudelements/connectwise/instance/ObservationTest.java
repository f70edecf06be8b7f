package io.cloudelements.connectwise.instance;

import static io.cloudelements.connectwise.instance.Situations.bare;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationTest {

  /** Gone means: neither by id nor by tag, and both were asked. */
  @Test
  void oneUnansweredQuestionProvesNothing() {
    // Given
    Observation missing = Observation.NONE.missing(7);
    // When
    boolean gone = missing.searched(List.of()).gone();
    // Then
    assertThat(gone).isTrue();
    assertThat(missing.gone()).isFalse();
    assertThat(Observation.NONE.searched(List.of()).gone()).isFalse();
    assertThat(missing.searched(List.of(bare(8))).gone()).isFalse();
    assertThat(Observation.NONE.found(bare(7)).searched(List.of()).gone()).isFalse();
  }

  /** The service promises no order, and two passes must choose the same instance. */
  @Test
  void matchesComeInTheOrderOfTheirIds() {
    // Given
    List<RemoteInstance> listed = List.of(bare(9), bare(7), bare(8));
    // When
    Observation searched = Observation.NONE.searched(listed);
    // Then
    assertThat(searched.byTag())
        .isInstanceOfSatisfying(
            Observation.Search.Result.class,
            result ->
                assertThat(result.matches())
                    .extracting(RemoteInstance::id)
                    .containsExactly(7L, 8L, 9L));
  }
}
