package io.cloudelements.connectwise.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.cloudelements.connectwise.instance.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The health expressions, executed as Flux does: in progress, failed, current, in this order; an
 * expression over a field that is not there yet fails, and Flux waits.
 */
class FluxHealthTest {
  private static final Path FILE = Path.of("deploy", "gitops", "flux-kustomization.yaml");
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

  private static JsonNode expressions;

  private enum Result {
    IN_PROGRESS,
    FAILED,
    CURRENT
  }

  @BeforeAll
  static void read() throws IOException {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(FILE.toFile())) {
      expressions =
          documents.readAll().stream()
              .map(document -> document.at("/spec/healthCheckExprs/0"))
              .filter(JsonNode::isObject)
              .findFirst()
              .orElseThrow();
    }
  }

  /** The same states, and the same opinion as Argo CD's. */
  @ParameterizedTest
  @MethodSource("io.cloudelements.connectwise.gitops.StatusFixture#all")
  void mapsEveryStateToAResult(StatusFixture fixture) throws CelValidationException {
    // Given
    Map<String, Object> resource = fixture.resource();
    // When
    Result result = evaluate(resource);
    // Then
    assertThat(result)
        .isEqualTo(
            switch (fixture.expected()) {
              case HEALTHY, ON_HOLD -> Result.CURRENT;
              case PROGRESSING -> Result.IN_PROGRESS;
              case FAILED -> Result.FAILED;
            });
  }

  /** A status that is about an older generation says nothing of the change. */
  @Test
  void anUnobservedGenerationIsInProgress() throws CelValidationException {
    // Given
    StatusFixture fixture = new StatusFixture(Reason.AVAILABLE, true, true);
    // When
    Result result = evaluate(fixture.resource());
    // Then
    assertThat(result).isEqualTo(Result.IN_PROGRESS);
  }

  @Test
  void aResourceWithoutStatusIsInProgress() throws CelValidationException {
    // Given
    Map<String, Object> resource = StatusFixture.fresh();
    // When
    Result result = evaluate(resource);
    // Then
    assertThat(result).isEqualTo(Result.IN_PROGRESS);
  }

  private static Result evaluate(Map<String, Object> resource) throws CelValidationException {
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

  private static boolean holds(String expression, Map<String, Object> resource)
      throws CelValidationException, CelEvaluationException {
    CelRuntime.Program program =
        RUNTIME.createProgram(COMPILER.compile(expressions.get(expression).asText()).getAst());
    // an absent variable is an error to CEL in Go and an unknown value here: neither is true
    return Boolean.TRUE.equals(program.eval(resource));
  }
}
