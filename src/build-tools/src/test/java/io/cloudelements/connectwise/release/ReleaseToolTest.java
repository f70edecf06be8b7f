package io.cloudelements.connectwise.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.cluster.Located;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** What becomes of a test whose tool is not there. */
class ReleaseToolTest {

  @Test
  void a_tool_that_is_not_known_is_missing() {
    // Given // When
    Located<ReleaseTool> located = ReleaseTool.locate("nonsense");
    // Then
    assertThat(located).isEqualTo(new Located.Missing<>("release: which tool is nonsense?"));
  }

  @Test
  void a_test_without_its_tool_is_skipped_with_the_reason() {
    // Given
    Located<ReleaseTool> missing = new Located.Missing<>("it is not there");
    // When
    ConditionEvaluationResult result = ReleaseToolExtension.decide(missing, false);
    // Then
    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason()).contains("it is not there");
  }

  /** On CI a test that tests nothing would go unnoticed. */
  @Test
  void a_test_fails_where_nothing_may_be_skipped() {
    // Given
    Located<ReleaseTool> missing = new Located.Missing<>("it is not there");
    // When // Then
    assertThatThrownBy(() -> ReleaseToolExtension.decide(missing, true))
        .hasMessageContaining("it is not there, and no test may be skipped");
  }
}
