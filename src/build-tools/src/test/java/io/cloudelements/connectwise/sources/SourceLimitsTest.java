package io.cloudelements.connectwise.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.sources.SourceFile.Measure;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A method fits on one screen, a class on a few. */
class SourceLimitsTest {
  private static final long METHOD_LINES = 40;
  private static final long PARAMETERS = 7;
  private static final long CLASS_LINES = 300;

  /** Documents in JSON: a component each for the fields that the format has. */
  private static final Set<String> AS_MANY_AS_THE_FORMAT_HAS =
      Set.of(
          "CloudElementsAccountStatus",
          "ConnectWiseInstanceSpec",
          "ConnectWiseInstanceStatus",
          "OrphanedInstance");

  /** Tables with a case for each reason, which the compiler keeps complete. */
  private static final Set<String> AS_LONG_AS_THERE_ARE_REASONS =
      Set.of("ReasonExamples.outcome", "ReasonExamples.recorded");

  private static final List<SourceFile> SOURCES =
      SourceFile.all().stream().filter(SourceFile::isMain).toList();

  @Test
  void methodsStayWithinTheLineLimit() {
    // Given // When
    List<String> excess =
        excess(
            file ->
                file.methods().stream()
                    .filter(method ->
                        !AS_LONG_AS_THERE_ARE_REASONS.contains(
                            file.types().getFirst() + "." + method.name()))
                    .toList(),
            METHOD_LINES);
    // Then
    assertThat(excess).as("methods of more than %d lines", METHOD_LINES).isEmpty();
  }

  @Test
  void constructorsAndRecordsStayWithinTheParameterLimit() {
    // Given // When
    List<String> excess =
        excess(
            file ->
                file.signatures().stream()
                    .filter(_ -> file.isShipped())
                    .filter(signature -> !AS_MANY_AS_THE_FORMAT_HAS.contains(signature.name()))
                    .toList(),
            PARAMETERS);
    // Then
    assertThat(excess).as("more than %d parameters or components", PARAMETERS).isEmpty();
  }

  @Test
  void filesStayWithinTheLineLimit() {
    // Given // When
    List<String> excess =
        SOURCES.stream()
            .filter(file -> file.lines() > CLASS_LINES)
            .map(file -> file.path() + " has " + file.lines())
            .toList();
    // Then
    assertThat(excess).as("files of more than %d lines", CLASS_LINES).isEmpty();
  }

  private static List<String> excess(Function<SourceFile, List<Measure>> part, long limit) {
    return SOURCES.stream()
        .flatMap(file ->
            part.apply(file).stream()
                .filter(measure -> measure.count() > limit)
                .map(measure -> file.path() + ": " + measure.name() + " has " + measure.count()))
        .toList();
  }
}
