package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.cluster.Command;
import io.cloudelements.connectwise.operator.OperatorProcess;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process occupies.
 *
 * @param liveBytes of heap after a full collection
 * @param threads of the platform; virtual ones are on the heap
 * @param sockets and other open files
 */
record Footprint(long liveBytes, int threads, int sockets) {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  static Footprint of(OperatorProcess operator) {
    return new Footprint(
        liveBytes(operator.pid()),
        (int) operator.metric("jvm_threads_live_threads"),
        (int) operator.metric("process_files_open_files"));
  }

  /** A histogram of live objects comes after a full collection. */
  private static long liveBytes(long pid) {
    String histogram = jcmd(pid, "GC.class_histogram");
    Matcher total = TOTAL.matcher(histogram);
    assertThat(total.find()).as("a total in the histogram").isTrue();
    return Long.parseLong(total.group(1));
  }

  private static String jcmd(long pid, String command) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    return Command.of(jcmd, Long.toString(pid), command).run().outputOrThrow();
  }

  @Override
  public String toString() {
    return "%,d KiB live, %d threads, %d files".formatted(liveBytes / 1024, threads, sockets);
  }
}
