package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.account.AccountCheckResult;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountStatusComposer;
import io.cloudelements.connectwise.account.AccountUse;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The health script of accounts, over what the operator's own code reports. */
class ArgoCdAccountHealthTest {
  private static final LuaScript SCRIPT = LuaScript.of("../CloudElementsAccount/health.lua");
  private static final String MESSAGE = "what is the matter";

  /** A wrong health would make a pipeline wait for ever, or continue although nothing works. */
  @ParameterizedTest
  @EnumSource
  void mapsEveryReasonToAHealth(AccountReason reason) {
    // Given
    CloudElementsAccount account = reported(reason);
    // When
    JsonNode health = run(account);
    // Then
    assertThat(health.get("status").asText()).isEqualTo(expected(reason).argoCd());
    assertThat(health.get("message").asText()).isEqualTo(MESSAGE);
  }

  private static ToolHealth expected(AccountReason reason) {
    return switch (reason) {
      case VERIFIED -> ToolHealth.HEALTHY;
      case SUSPENDED -> ToolHealth.ON_HOLD;
      case UNREACHABLE -> ToolHealth.PROGRESSING;
      default -> ToolHealth.FAILED;
    };
  }

  /** A status that is about an older generation says nothing of the change. */
  @Test
  void anUnobservedGenerationIsProgressing() {
    // Given
    CloudElementsAccount account = reported(AccountReason.VERIFIED);
    account.getMetadata().setGeneration(2L);
    // When
    JsonNode health = run(account);
    // Then
    assertThat(health.get("status").asText()).isEqualTo("Progressing");
  }

  @Test
  void anAccountWithoutStatusIsProgressing() {
    // Given
    CloudElementsAccount account = reported(AccountReason.VERIFIED);
    account.setStatus(null);
    // When
    JsonNode health = run(account);
    // Then
    assertThat(health.get("status").asText()).isEqualTo("Progressing");
  }

  /** A prune waits for the deletion; the message says who still uses the account. */
  @Test
  void anAccountUnderDeletionIsProgressingAndSaysWhy() {
    // Given
    CloudElementsAccount account = reported(AccountReason.IN_USE);
    account.getMetadata().setDeletionTimestamp("2026-11-24T09:59:00Z");
    // When
    JsonNode health = run(account);
    // Then
    assertThat(health.get("status").asText()).isEqualTo("Progressing");
    assertThat(health.get("deletionMessage").asText()).isEqualTo(MESSAGE);
  }

  private static CloudElementsAccount reported(AccountReason reason) {
    CloudElementsAccount account = new CloudElementsAccount();
    account.setMetadata(
        new ObjectMetaBuilder().withNamespace("a").withName("b").withGeneration(1L).build());
    AccountCheckResult result = new AccountCheckResult(reason, MESSAGE, Optional.empty());
    account.setStatus(
        AccountStatusComposer.compose(account, result, AccountUse.none(), false, Instant.EPOCH));
    return account;
  }

  private static JsonNode run(CloudElementsAccount account) {
    return SCRIPT.run(new ObjectMapper().<JsonNode>valueToTree(account));
  }
}
