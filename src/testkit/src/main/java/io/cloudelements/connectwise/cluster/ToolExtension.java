package io.cloudelements.connectwise.cluster;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a test that needs a tool, which it may have as a parameter. Where there is none, the test is
 * skipped with a printed reason, or fails when the system property {@code tests.nothing.skipped} is
 * {@code true}.
 *
 * @param <T> the tool
 */
public abstract class ToolExtension<T> implements ExecutionCondition, ParameterResolver {
  private final Class<T> type;

  protected ToolExtension(Class<T> type) {
    this.type = type;
  }

  /** Looks for what the test of that context needs. */
  protected abstract Located<T> located(ExtensionContext context);

  @Override
  public final ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return reported(context, decide(located(context), Boolean.getBoolean("tests.nothing.skipped")));
  }

  /** The same decision; a skipped test is told on standard output. */
  static ConditionEvaluationResult reported(
      ExtensionContext context, ConditionEvaluationResult decision) {
    if (decision.isDisabled()) {
      System.out.printf(
          "Skipped %s: %s%n", context.getDisplayName(), decision.getReason().orElseThrow());
    }
    return decision;
  }

  /**
   * @throws IllegalStateException the test cannot run and may not be skipped
   */
  public static ConditionEvaluationResult decide(Located<?> located, boolean nothingSkipped) {
    return switch (located) {
      case Located.Found<?>(Object tool) -> enabled("there is " + tool);
      case Located.Missing<?>(String reason) -> {
        if (nothingSkipped) {
          throw new IllegalStateException(reason + ", and no test may be skipped");
        }
        yield disabled(reason);
      }
    };
  }

  @Override
  public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return switch (located(context)) {
      case Located.Found<T>(T tool) -> tool;
      case Located.Missing<T>(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
