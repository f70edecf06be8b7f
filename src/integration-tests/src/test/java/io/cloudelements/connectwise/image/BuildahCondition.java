package io.cloudelements.connectwise.image;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link NeedsBuildah}. */
final class BuildahCondition implements ExecutionCondition {
  private static final String MISSING = "buildah is not on the path";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "buildah")))) {
      return enabled("buildah is on the path");
    }
    if (Boolean.getBoolean("tests.nothing.skipped")) {
      throw new IllegalStateException(MISSING + ", and no test may be skipped");
    }
    System.out.printf("Skipped %s: %s%n", context.getDisplayName(), MISSING);
    return disabled(MISSING);
  }
}
