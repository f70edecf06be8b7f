package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * For what the waves of a parent wait. The statuses have the fields of Argo CD's type Application
 * (v1alpha1).
 */
class ApplicationHealthTest {
  private static final LuaScript SCRIPT =
      LuaScript.read(GitOpsGenerator.FOLDER.resolve("argocd/application-health.lua"));

  private static final String SYNCED = "sync: {status: Synced, revision: b}";
  private static final String OUT_OF_SYNC = "sync: {status: OutOfSync, revision: b}";
  private static final String HEALTHY = "health: {status: Healthy}";

  /** The second wave must begin when the operator runs, and neither before nor never. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Progressing | no status yet             | ",
        "Progressing | compared, not synced      | OUT_OF_SYNC, HEALTHY",
        "Progressing | a sync runs               | OUT_OF_SYNC, HEALTHY, operationState: {phase: Running}",
        "Degraded    | the sync failed           | OUT_OF_SYNC, HEALTHY, operationState: {phase: Failed}",
        "Progressing | synced, the pod starts    | SYNCED, health: {status: Progressing}, operationState: {phase: Succeeded, syncResult: {revision: b}}",
        "Progressing | a newer revision is known | OUT_OF_SYNC, HEALTHY, operationState: {phase: Succeeded, syncResult: {revision: a}}",
        "Healthy     | synced                    | SYNCED, HEALTHY, operationState: {phase: Succeeded, syncResult: {revision: b}}",
        "Healthy     | others change a field     | OUT_OF_SYNC, HEALTHY, operationState: {phase: Succeeded, syncResult: {revision: b}}",
        "Suspended   | a resource is on hold     | SYNCED, health: {status: Suspended}, operationState: {phase: Succeeded, syncResult: {revision: b}}"
      })
  void isHealthyOnceItsRevisionIsSyncedAndHealthy(String expected, String when, String status)
      throws IOException {
    // Given
    JsonNode application = application("{automated: {selfHeal: true}}", status);
    // When
    JsonNode health = SCRIPT.run(application);
    // Then
    assertThat(health.get("status").asText()).as(when).isEqualTo(expected);
  }

  /** Where a person syncs, being out of sync is no work under way. */
  @ParameterizedTest
  @CsvSource({"'{}'", "'{automated: {enabled: false}}'"})
  void doesNotWaitForASyncThatHasNotBegun(String policy) throws IOException {
    // Given
    JsonNode application = application(policy, "OUT_OF_SYNC, HEALTHY");
    // When
    JsonNode health = SCRIPT.run(application);
    // Then
    assertThat(health.get("status").asText()).isEqualTo("Healthy");
  }

  private static JsonNode application(String policy, String status) throws IOException {
    String text =
        (status == null ? "" : status)
            .replace("OUT_OF_SYNC", OUT_OF_SYNC)
            .replace("SYNCED", SYNCED)
            .replace("HEALTHY", HEALTHY);
    return new YAMLMapper()
        .readTree("{spec: {syncPolicy: %s}, status: {%s}}".formatted(policy, text));
  }
}
