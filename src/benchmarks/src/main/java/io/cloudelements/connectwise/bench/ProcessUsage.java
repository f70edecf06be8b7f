package io.cloudelements.connectwise.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has used so far, as Linux counts it in {@code /proc}.
 *
 * @param cpuSeconds user and system time since its start
 * @param peakRssMib the most memory it had resident at any moment
 * @param rssMib what it has now
 */
record ProcessUsage(double cpuSeconds, double peakRssMib, double rssMib) {
  private static final double TICKS_PER_SECOND = 100;
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  static ProcessUsage of(long pid) {
    Path proc = Path.of("/proc", Long.toString(pid));
    try {
      String stat = Files.readString(proc.resolve("stat"));
      // the second field is a name in parentheses and may contain blanks
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
      String status = Files.readString(proc.resolve("status"));
      return new ProcessUsage(
          ticks / TICKS_PER_SECOND, mebibytes(status, "VmHWM"), mebibytes(status, "VmRSS"));
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " cannot be measured", e);
    }
  }

  static double cpuSecondsOf(Collection<Long> pids) {
    return pids.stream().mapToDouble(pid -> of(pid).cpuSeconds()).sum();
  }

  /** Live objects of a JVM, after the full collection that this brings about. */
  static double liveHeapMib(long pid) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher total = TOTAL.matcher(output);
      if (!process.waitFor(30, TimeUnit.SECONDS) || !total.find()) {
        throw new IllegalStateException("jcmd says: " + output.lines().findFirst().orElse(""));
      }
      return Long.parseLong(total.group(1)) / 1048576.0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static double mebibytes(String status, String field) {
    Matcher found = Pattern.compile("(?m)^" + field + ":\\s+(\\d+) kB").matcher(status);
    if (!found.find()) {
      throw new IllegalStateException("no " + field + " in /proc: the process has ended");
    }
    return Long.parseLong(found.group(1)) / 1024.0;
  }
}
