package io.cloudelements.connectwise.instance;

import static io.cloudelements.connectwise.instance.PlannerInputs.NOW;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdoptionTest {

  @Test
  void recordsTheTagsThatWereFound() {
    // Given
    Set<String> tags = numbered(64, "t".repeat(254));
    // When
    Adoption.Open open = new Adoption.Open(7, NOW, Optional.of(tags));
    // Then
    assertThat(open.foundTags()).contains(tags);
  }

  /** They are another owner's, and they would not fit into a status. */
  @Test
  void leavesOutTooManyTags() {
    // When
    Adoption.Open open = new Adoption.Open(7, NOW, Optional.of(numbered(65, "t")));
    // Then
    assertThat(open.foundTags()).isEmpty();
  }

  /** A tag that was cut off could not be put back, so all of them are kept, or none. */
  @Test
  void leavesOutTagsOfWhichOneIsTooLong() {
    // When
    Adoption.Open open =
        new Adoption.Open(7, NOW, Optional.of(Set.of("production", "t".repeat(257))));
    // Then
    assertThat(open.foundTags()).isEmpty();
  }

  private static Set<String> numbered(int many, String text) {
    return IntStream.range(10, 10 + many).mapToObj(i -> text + i).collect(toSet());
  }
}
