package io.cloudelements.connectwise.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/**
 * The health expressions of a Kustomization, executed as Flux does: in progress, failed, current,
 * in this order; an expression over a field that is not there yet fails, and Flux waits.
 */
record FluxHealth(JsonNode expressions) {
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("apiVersion", SimpleType.DYN)
          .addVar("kind", SimpleType.DYN)
          .addVar("metadata", SimpleType.DYN)
          .addVar("spec", SimpleType.DYN)
          .addVar("status", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  /** What Flux waits for, or ends with. */
  enum Result {
    IN_PROGRESS,
    FAILED,
    CURRENT
  }

  /** Those of the Kustomization of the instances. */
  static FluxHealth committed() {
    return new FluxHealth(
        GitOpsFile.FLUX_KUSTOMIZATIONS.named("integrations").at("/spec/healthCheckExprs/0"));
  }

  Result of(Map<String, Object> resource) throws CelValidationException {
    try {
      if (holds("inProgress", resource)) {
        return Result.IN_PROGRESS;
      }
      if (holds("failed", resource)) {
        return Result.FAILED;
      }
      return holds("current", resource) ? Result.CURRENT : Result.IN_PROGRESS;
    } catch (CelEvaluationException e) {
      return Result.IN_PROGRESS;
    }
  }

  private boolean holds(String expression, Map<String, Object> resource)
      throws CelValidationException, CelEvaluationException {
    CelRuntime.Program program =
        RUNTIME.createProgram(COMPILER.compile(expressions.get(expression).asText()).getAst());
    // an absent variable is an error to CEL in Go and an unknown value here: neither is true
    return Boolean.TRUE.equals(program.eval(resource));
  }
}
