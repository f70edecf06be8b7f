package io.cloudelements.connectwise.cluster;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link NeedsGarbageCollection}. */
final class GarbageCollectionCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return ToolExtension.reported(
        context,
        decide(
            ControlPlaneBinaries.locate(System.out), Boolean.getBoolean("tests.nothing.skipped")));
  }

  /**
   * @throws ControlPlaneException the test cannot run and may not be skipped
   */
  static ConditionEvaluationResult decide(ControlPlaneBinaries binaries, boolean nothingSkipped) {
    if (binaries.hasControllerManager()) {
      return enabled("there is a kube-controller-manager");
    }
    String reason =
        "%s has no kube-controller-manager, which collects garbage".formatted(binaries.directory());
    if (nothingSkipped) {
      throw new ControlPlaneException(reason + ", and no test may be skipped");
    }
    return disabled(reason);
  }
}
