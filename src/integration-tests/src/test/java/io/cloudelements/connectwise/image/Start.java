package io.cloudelements.connectwise.image;

import io.cloudelements.connectwise.operator.OperatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One start of the operator.
 *
 * @param time from the first process to {@code /readyz} saying so
 * @param residentKib its resident set just then
 */
record Start(Duration time, long residentKib) {
  static Start of(OperatorProcess operator) throws IOException {
    long resident =
        Files.readAllLines(Path.of("/proc/%d/status".formatted(operator.pid()))).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    return new Start(operator.startup(), resident);
  }

  static Duration median(List<Start> starts) {
    return starts.stream().map(Start::time).sorted().toList().get(starts.size() / 2);
  }

  static String summary(List<Start> starts) {
    return "median %d ms of %s; RSS %d MiB"
        .formatted(
            median(starts).toMillis(),
            starts.stream().map(start -> start.time().toMillis()).sorted().toList(),
            starts.stream()
                    .mapToLong(Start::residentKib)
                    .sorted()
                    .skip(starts.size() / 2)
                    .findFirst()
                    .orElseThrow()
                / 1024);
  }
}
