package io.cloudelements.connectwise.release;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import io.cloudelements.connectwise.release.ReleaseTool.LocatedTool;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Decides for {@link NeedsReleaseTool}. */
final class ReleaseToolExtension implements ExecutionCondition, ParameterResolver {
  /** By name: a test with several cases asks once. */
  private static final Map<String, LocatedTool> LOCATED = new ConcurrentHashMap<>();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    ConditionEvaluationResult result =
        decide(located(context), Boolean.getBoolean("tests.nothing.skipped"));
    if (result.isDisabled()) {
      System.out.printf(
          "Skipped %s: %s%n", context.getDisplayName(), result.getReason().orElseThrow());
    }
    return result;
  }

  /**
   * @throws IllegalStateException the test cannot run and may not be skipped
   */
  static ConditionEvaluationResult decide(LocatedTool located, boolean nothingSkipped) {
    return switch (located) {
      case LocatedTool.Found(ReleaseTool tool) -> enabled("it is " + tool.program());
      case LocatedTool.Missing(String reason) -> {
        if (nothingSkipped) {
          throw new IllegalStateException(reason + ", and no test may be skipped");
        }
        yield disabled(reason);
      }
    };
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ReleaseTool.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return switch (located(context)) {
      case LocatedTool.Found(ReleaseTool tool) -> tool;
      case LocatedTool.Missing(String reason) -> throw new IllegalStateException(reason);
    };
  }

  private static LocatedTool located(ExtensionContext context) {
    String name = context.getRequiredTestMethod().getAnnotation(NeedsReleaseTool.class).value();
    return LOCATED.computeIfAbsent(name, ReleaseTool::locate);
  }
}
