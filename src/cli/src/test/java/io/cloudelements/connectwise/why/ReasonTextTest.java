package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonTextTest {
  /** A text whose reason was renamed or removed would never be shown, and a new one would fail. */
  @Test
  void everyReasonHasEveryTextAndNoTextIsUnused() {
    // Given
    Set<String> expected =
        Arrays.stream(Reason.values())
            .flatMap(reason ->
                Stream.of("meaning", "next", "remedy", "link", "command")
                    .map(which -> reason.name() + "." + which))
            .collect(Collectors.toSet());
    // When
    Set<String> keys = ReasonText.keys();
    // Then
    assertThat(keys).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Two reasons with the same words would be one. */
  @Test
  void reasonsHaveDistinctMeanings() {
    // Given // When
    List<String> meanings =
        Arrays.stream(Reason.values()).map(reason -> ReasonText.of(reason).meaning()).toList();
    // Then
    assertThat(meanings).doesNotHaveDuplicates();
  }
}
