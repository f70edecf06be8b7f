package io.cloudelements.connectwise.schema;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/** A rule of the definition, ready to be evaluated over {@code self} and {@code oldSelf}. */
record CelExpression(CelRuntime.Program program) {
  /** As the API server has it: a pattern may match anywhere in the text. */
  private static final CelOptions OPTIONS =
      CelOptions.current().enableRegexPartialMatch(true).build();

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .addFunctionDeclarations(UrlFunctions.DECLARATIONS)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addFunctionBindings(UrlFunctions.BINDINGS)
          .build();

  /**
   * @throws IllegalStateException when it uses a function of Kubernetes that is not among ours
   */
  static CelExpression compile(String rule) {
    try {
      return new CelExpression(RUNTIME.createProgram(COMPILER.compile(rule).getAst()));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("the definition's rule cannot be evaluated: " + rule, e);
    }
  }

  boolean holds(Map<String, Object> variables) throws CelEvaluationException {
    return Boolean.TRUE.equals(program.eval(variables));
  }
}
