package io.cloudelements.connectwise.cluster;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The version of Kubernetes, or of a program that comes with it.
 *
 * @param text as it is printed, for example {@code v1.33.1+k3s1}
 */
public record KubernetesVersion(int major, int minor, int patch, String text)
    implements Comparable<KubernetesVersion> {

  /** The chart refuses an older one too (docs/compatibility.md). */
  public static final KubernetesVersion OLDEST = new KubernetesVersion(1, 30, 0, "1.30");

  private static final Comparator<KubernetesVersion> BY_NUMBERS =
      Comparator.comparingInt(KubernetesVersion::major)
          .thenComparingInt(KubernetesVersion::minor)
          .thenComparingInt(KubernetesVersion::patch);
  private static final Pattern FORM = Pattern.compile("v?(\\d+)\\.(\\d+)(?:\\.(\\d+))?[.\\w+-]*");

  /** The first version in a text. */
  public static Optional<KubernetesVersion> in(String text) {
    return FORM.matcher(text).results().findFirst().map(KubernetesVersion::of);
  }

  private static KubernetesVersion of(MatchResult found) {
    return new KubernetesVersion(
        Integer.parseInt(found.group(1)),
        Integer.parseInt(found.group(2)),
        found.group(3) == null ? 0 : Integer.parseInt(found.group(3)),
        found.group());
  }

  /** What a program says of itself; empty when it cannot be run. */
  static Optional<KubernetesVersion> of(Path program, String... arguments) {
    Command.CommandResult result = Command.of(program, arguments).attempt();
    return result.succeeded() ? in(result.output()) : Optional.empty();
  }

  /** Whether the operator works with such a Kubernetes. */
  public boolean isSupported() {
    return compareTo(OLDEST) >= 0;
  }

  /** What Kubernetes' version skew policy allows kubectl. */
  boolean isWithinOneMinorOf(KubernetesVersion server) {
    return major == server.major && Math.abs(minor - server.minor) <= 1;
  }

  @Override
  public int compareTo(KubernetesVersion other) {
    return BY_NUMBERS.compare(this, other);
  }

  @Override
  public String toString() {
    return text;
  }
}
