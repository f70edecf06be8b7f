package io.cloudelements.connectwise.schedule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs whose every port call is written down and approved, for reading and for comparing. */
public final class ApprovedRuns {
  /** What a person types to write them down anew. */
  static final String COMMAND = "./mvnw -q test-compile exec:exec@runs";

  private static final Path FILE =
      Path.of("src/test/resources/io/cloudelements/connectwise/schedule/runs.txt");
  private static final String HEADING = "== ";

  private ApprovedRuns() {}

  public static void main(String[] arguments) throws IOException {
    String sections =
        schedules()
            .map(schedule -> HEADING + title(schedule) + "\n" + Journal.of(schedule).text())
            .collect(Collectors.joining("\n"));
    Files.createDirectories(FILE.getParent());
    Files.writeString(
        FILE,
        """
        What each scenario costs: the port calls of every pass until nothing changes any more.
        Written anew by %s

        """
                .formatted(COMMAND)
            + sections);
  }

  /** Every scenario undisturbed, and one disturbance for each way in which a pass can go wrong. */
  static Stream<Schedule> schedules() {
    return Stream.concat(Arrays.stream(Scenario.values()).map(Schedule::undisturbed), Stream.of());
  }

  /** A schedule as its section is headed. */
  static String title(Schedule schedule) {
    return schedule.scenario()
        + schedule.disturbances().stream().map(d -> ", " + d).collect(Collectors.joining());
  }

  /** The approved journals by their titles. */
  static Map<String, String> approved() {
    try {
      Map<String, String> byTitle = new LinkedHashMap<>();
      List<String> sections = List.of(Files.readString(FILE).split("(?m)^" + HEADING));
      for (String section : sections.subList(1, sections.size())) {
        String[] parts = section.split("\n", 2);
        byTitle.put(parts[0], parts[1].strip());
      }
      return byTitle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
