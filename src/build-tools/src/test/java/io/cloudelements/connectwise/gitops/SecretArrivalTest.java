package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.common.CelValidationException;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.docs.ExampleInputs;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.PlannerOutcomes;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.reconcile.ReconcileOutcomes;
import io.cloudelements.connectwise.status.SecretWait;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A manifest whose Secret comes after it, from a store or a later wave: what each tool makes of the
 * statuses that the operator writes meanwhile.
 */
class SecretArrivalTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant APPLIED = Instant.parse("2026-11-24T10:00:00Z");
  private static final Recorded USABLE = PlannerOutcomes.recorded(false, true);

  /** A tool's answers to one resource. */
  private record Answers(String argoCd, FluxHealth.Result flux, Kstatus kstatus) {
    static final Answers AT_WORK =
        new Answers("Progressing", FluxHealth.Result.IN_PROGRESS, Kstatus.IN_PROGRESS);
    static final Answers FAILED = new Answers("Degraded", FluxHealth.Result.FAILED, Kstatus.FAILED);
    static final Answers DONE = new Answers("Healthy", FluxHealth.Result.CURRENT, Kstatus.CURRENT);
  }

  /** A sync that fails for a Secret that is on its way calls a person for nothing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60, 119})
  void noToolHasFailedWithinTwoMinutes(int seconds) throws CelValidationException {
    // Given
    ConnectWiseInstance first = withoutSecret(ExampleInputs.resource(""), APPLIED);
    // When
    ConnectWiseInstance later = withoutSecret(first, APPLIED.plusSeconds(seconds));
    // Then
    assertThat(answers(first)).isEqualTo(Answers.AT_WORK);
    assertThat(answers(later)).isEqualTo(Answers.AT_WORK);
  }

  /** A Secret that never arrives must be reported. */
  @Test
  void everyToolSaysThatItFailedAfterTwoMinutes() throws CelValidationException {
    // Given
    ConnectWiseInstance first = withoutSecret(ExampleInputs.resource(""), APPLIED);
    // When
    ConnectWiseInstance later = withoutSecret(first, APPLIED.plus(SecretWait.UNTIL_STALLED));
    // Then
    assertThat(answers(later)).isEqualTo(Answers.FAILED);
  }

  /** Also after the two minutes: the Secret is all that it takes, and no sync by hand. */
  @ParameterizedTest
  @ValueSource(ints = {30, 119, 120, 86_400})
  void theSecretEndsTheWaitByItself(int seconds) throws CelValidationException {
    // Given
    Instant arrival = APPLIED.plusSeconds(seconds);
    ConnectWiseInstance waiting =
        withoutSecret(withoutSecret(ExampleInputs.resource(""), APPLIED), arrival);
    // When
    ConnectWiseInstance created =
        reconciled(
            waiting,
            ReconcileOutcomes.provisioning(arrival),
            PlannerOutcomes.withIntent(),
            arrival);
    ConnectWiseInstance ready =
        reconciled(created, PlannerOutcomes.available(), USABLE, arrival.plusSeconds(20));
    // Then
    assertThat(answers(created)).isEqualTo(Answers.AT_WORK);
    assertThat(answers(ready)).isEqualTo(Answers.DONE);
  }

  /** Tools replace a Secret by deleting and creating it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 59, 60, 119})
  void aSecretThatIsReplacedFailsNoTool(int seconds) throws CelValidationException {
    // Given
    ConnectWiseInstance ready =
        reconciled(ExampleInputs.resource(""), PlannerOutcomes.available(), USABLE, APPLIED);
    ConnectWiseInstance first = withoutSecret(ready, USABLE, APPLIED);
    // When
    ConnectWiseInstance later = withoutSecret(first, USABLE, APPLIED.plusSeconds(seconds));
    // Then
    assertThat(answers(later)).isEqualTo(Answers.AT_WORK);
  }

  /** Both wait longer than the operator does, or their own limit would fail first. */
  @Test
  void theFilesWaitLongerThanTheOperator() {
    // Given
    String flux = GitOpsFile.FLUX_KUSTOMIZATIONS.named("integrations").at("/spec/timeout").asText();
    var retry = GitOpsFile.ARGO_CD_INTEGRATIONS.only().at("/spec/syncPolicy/retry");
    // When
    Duration timeout = Duration.parse("PT" + flux);
    Duration retries =
        Duration.parse("PT" + retry.at("/backoff/duration").asText())
            .multipliedBy(retry.get("limit").asLong());
    // Then
    assertThat(timeout).isGreaterThan(SecretWait.UNTIL_STALLED);
    assertThat(retries).isGreaterThan(SecretWait.UNTIL_STALLED);
  }

  private static ConnectWiseInstance withoutSecret(ConnectWiseInstance before, Instant now) {
    return withoutSecret(before, Recorded.NOTHING, now);
  }

  private static ConnectWiseInstance withoutSecret(
      ConnectWiseInstance before, Recorded recorded, Instant now) {
    Outcome missing = ExampleInputs.blocked("", Map.of());
    return reconciled(before, ReconcileOutcomes.waiting(before, missing, now), recorded, now);
  }

  private static ConnectWiseInstance reconciled(
      ConnectWiseInstance before, Outcome outcome, Recorded recorded, Instant now) {
    ConnectWiseInstance after = ExampleInputs.resource("");
    after.setStatus(
        StatusComposer.compose(
            Optional.ofNullable(before.getStatus()),
            before.getMetadata().getGeneration(),
            new StatusReport(outcome, recorded, List.of(), Optional.empty()),
            now));
    return after;
  }

  private static Answers answers(ConnectWiseInstance resource) throws CelValidationException {
    Map<String, Object> read = JSON.convertValue(resource, new TypeReference<>() {});
    return new Answers(
        LuaScript.of("health.lua").run(read).get("status").asText(),
        FluxHealth.committed().of(read),
        Kstatus.of(read));
  }
}
