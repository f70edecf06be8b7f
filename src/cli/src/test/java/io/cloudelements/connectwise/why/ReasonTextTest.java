package io.cloudelements.connectwise.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.instance.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonTextTest {
  private static final String[] TEXTS = {"meaning", "next", "remedy", "command"};

  /** A text whose reason was renamed or removed would never be shown, and a new one would fail. */
  @Test
  void everyReasonHasEveryTextAndNoTextIsUnused() {
    // Given
    Set<String> expected = keys(Reason.values(), TEXTS);
    expected.addAll(keys(Reason.values(), "link"));
    // When
    Set<String> keys = ReasonText.OF_RESOURCES.texts().keySet();
    // Then
    assertThat(keys).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The same of account objects. */
  @Test
  void everyReasonOfAnAccountHasEveryTextAndNoTextIsUnused() {
    // Given
    Set<String> expected = keys(AccountReason.values(), TEXTS);
    // When
    Set<String> keys = ReasonText.OF_ACCOUNTS.texts().keySet();
    // Then
    assertThat(keys).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Two reasons with the same words would be one. */
  @Test
  void reasonsHaveDistinctMeanings() {
    // Given // When
    List<String> meanings =
        ExplainedReason.all().stream().map(reason -> reason.text().meaning()).toList();
    // Then
    assertThat(meanings).hasSizeGreaterThan(Reason.values().length).doesNotHaveDuplicates();
  }

  private static Set<String> keys(Enum<?>[] reasons, String... texts) {
    return Arrays.stream(reasons)
        .flatMap(reason -> Stream.of(texts).map(which -> reason.name() + "." + which))
        .collect(Collectors.toSet());
  }
}
