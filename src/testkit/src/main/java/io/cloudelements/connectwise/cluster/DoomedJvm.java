package io.cloudelements.connectwise.cluster;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A JVM that starts processes, says their ids on one line and waits to be killed: for the tests of
 * what is left of them then.
 */
final class DoomedJvm {
  private static final String STARTED = "started ";

  private DoomedJvm() {}

  /** The program that runs in it: {@code sleep} or {@code control-plane}, and a directory. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    List<Long> started =
        switch (arguments[0]) {
          case "sleep" ->
              List.of(
                  GuardedProcess.start(
                          "sleep",
                          directory.resolve("sleep.log"),
                          directory,
                          Map.of(),
                          List.of("sleep", "600"))
                      .pid());
          case "control-plane" ->
              ControlPlane.start(
                      ControlPlaneOptions.in(directory, ControlPlaneBinaries.locate(System.err)))
                  .processIds();
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.out.println(STARTED + started.stream().map(String::valueOf).collect(joining(" ")));
    System.in.read();
  }

  /** Starts such a JVM. */
  static Process start(String what, Path directory) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(DoomedJvm.class.getName(), what, directory.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The ids it says, once its processes run. */
  static List<Long> processesOf(Process jvm) throws IOException {
    String line = jvm.inputReader().readLine();
    while (line != null && !line.startsWith(STARTED)) {
      line = jvm.inputReader().readLine(); // a log's
    }
    assert line != null : "the JVM ended early";
    return Arrays.stream(line.substring(STARTED.length()).split(" ")).map(Long::valueOf).toList();
  }
}
