package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.instance.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The health script, executed as Argo CD does. */
class ArgoCdHealthTest {
  private static final LuaScript SCRIPT = LuaScript.of("health.lua");

  /** A wrong health would make a pipeline wait for ever, or continue although nothing works. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void mapsEveryStateToAHealth(StatusFixture fixture) {
    // Given
    Map<String, Object> resource = fixture.resource();
    // When
    JsonNode health = SCRIPT.run(resource);
    // Then
    assertThat(health.get("status").asText()).isEqualTo(fixture.expected().argoCd());
    assertThat(health.get("message").asText()).isEqualTo(StatusFixture.MESSAGE);
  }

  /** A status that is about an older generation says nothing of the change. */
  @Test
  void anUnobservedGenerationIsProgressing() {
    // Given
    StatusFixture fixture = new StatusFixture(Reason.AVAILABLE, true, true);
    // When
    JsonNode health = SCRIPT.run(fixture.resource());
    // Then
    assertThat(health.get("status").asText()).isEqualTo("Progressing");
  }

  @Test
  void aResourceWithoutStatusIsProgressing() {
    // Given
    Map<String, Object> resource = StatusFixture.fresh();
    // When
    JsonNode health = SCRIPT.run(resource);
    // Then
    assertThat(health.get("status").asText()).isEqualTo("Progressing");
  }

  /** A prune waits for the deletion; the message says for what the deletion waits. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void aResourceUnderDeletionIsProgressingAndSaysWhy(StatusFixture fixture) {
    // Given
    Map<String, Object> resource = fixture.underDeletion();
    // When
    JsonNode health = SCRIPT.run(resource);
    // Then
    assertThat(health.get("status").asText()).isEqualTo("Progressing");
    assertThat(health.get("message").asText()).isEqualTo(StatusFixture.MESSAGE);
    assertThat(health.get("deletionMessage").asText()).isEqualTo(StatusFixture.MESSAGE);
  }

  /** Before the operator has seen the deletion, the status is about the time before it. */
  @Test
  void aResourceWhoseDeletionIsNotSeenYetIsProgressing() {
    // Given
    Map<String, Object> resource = new StatusFixture(Reason.AVAILABLE, true, true).underDeletion();
    // When
    JsonNode health = SCRIPT.run(resource);
    // Then
    assertThat(health.get("status").asText()).isEqualTo("Progressing");
    assertThat(health.get("message").asText()).isNotEqualTo(StatusFixture.MESSAGE);
    assertThat(health.has("deletionMessage")).isFalse();
  }
}
