package io.cloudelements.connectwise.observability;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import io.cloudelements.connectwise.observability.PrometheusBinaries.Located;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Decides for {@link NeedsPrometheus}. */
final class PrometheusExtension implements ExecutionCondition, ParameterResolver {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    ConditionEvaluationResult result =
        decide(PrometheusBinaries.locate(), Boolean.getBoolean("tests.nothing.skipped"));
    if (result.isDisabled()) {
      System.out.printf(
          "Skipped %s: %s%n", context.getDisplayName(), result.getReason().orElseThrow());
    }
    return result;
  }

  /**
   * @throws IllegalStateException the test cannot run and may not be skipped
   */
  static ConditionEvaluationResult decide(Located located, boolean nothingSkipped) {
    return switch (located) {
      case Located.Found(PrometheusBinaries binaries) ->
          enabled("Prometheus is in " + binaries.directory());
      case Located.Missing(String reason) -> {
        if (nothingSkipped) {
          throw new IllegalStateException(reason + ", and no test may be skipped");
        }
        yield disabled(reason);
      }
    };
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PrometheusBinaries.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return switch (PrometheusBinaries.locate()) {
      case Located.Found(PrometheusBinaries binaries) -> binaries;
      case Located.Missing(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
