package io.cloudelements.connectwise.bench;

import io.cloudelements.connectwise.cluster.Command;
import io.cloudelements.connectwise.operator.AuditLog;
import io.cloudelements.connectwise.release.ReleaseTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A person asks why one of many resources is as it is, by each of the ways to start the command.
 */
record WhyCase(String name, int count, int rounds) implements BenchCase {
  /** With a runtime and an AOT cache of its own: what a laptop gets. */
  static final String ARCHIVE = "archive";

  private static final String DISTRIBUTION = "distribution";
  private static final String PLAIN = "java -cp";

  private static final String NAMESPACE = "asked";
  private static final String PERSON = "asker";
  private static final Duration CALL = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** The audit log is written behind the answers. */
  private static final Duration WRITTEN = Duration.ofSeconds(1);

  private static final Path HOME = Path.of("target", "connectwise-operator").toAbsolutePath();

  @Override
  public String about() {
    return "%,d resources of one CloudElementsAccount are Ready; `kubectl cwi why` is run on one of them, %d times each way, after a run that does not count: `archive` is the command line of a release (jlink, AOT cache), `distribution` the same launcher with an installed JDK and no cache, `java -cp` a JVM without options. No operator runs meanwhile."
        .formatted(count, rounds);
  }

  @Override
  public Duration expected() {
    return Duration.ofSeconds(150);
  }

  @Override
  public boolean isAudited() {
    return true;
  }

  @Override
  public void run(Lab lab, Results results) {
    BenchAccount account = new BenchAccount(NAMESPACE);
    BenchResources population = lab.population(NAMESPACE, account, CALL);
    List<String> names;
    try (ReadyWatch watch = new ReadyWatch(lab.client(), NAMESPACE);
        Running running = Contender.OPERATOR.launch(lab, NAMESPACE, Map.of())) {
      names = population.resourcesOfAccountObject("r", count, account);
      watch.awaitReady(count, LIMIT, running.process()::requireAlive);
    }
    String asked = names.get(count / 2);
    Path kubeconfig = person(lab);
    starts(lab)
        .forEach((start, words) ->
            measure(
                start,
                Stream.concat(
                        words.stream(),
                        Stream.of("why", asked, "-n", NAMESPACE, "--kubeconfig=" + kubeconfig))
                    .toList(),
                lab,
                results));
  }

  private void measure(String start, List<String> words, Lab lab, Results results) {
    Command command =
        Command.of(Path.of(words.getFirst()), words.stream().skip(1).toArray(String[]::new))
            .withEnvironment(environment(lab));
    seconds(command);
    Limits.waitFor(WRITTEN);
    long before = reads(lab);
    for (int round = 0; round < rounds; round++) {
      results.add(name, start, Metric.COMMAND, seconds(command));
    }
    Limits.waitFor(WRITTEN);
    results.add(name, start, Metric.COMMAND_READS, (double) (reads(lab) - before) / rounds);
  }

  private static double seconds(Command command) {
    long begin = System.nanoTime();
    String answer = command.run().outputOrThrow();
    double seconds = Limits.seconds(System.nanoTime() - begin);
    if (!answer.contains(": ready\n")) {
      throw new IllegalStateException("the resource should be ready: " + answer);
    }
    return seconds;
  }

  private static long reads(Lab lab) {
    return new AuditLog(lab.controlPlane())
        .entries().stream()
            .filter(entry -> entry.at("/user/username").asText().endsWith(":" + PERSON))
            .count();
  }

  /** How the command is started, by the name of the way. */
  private static Map<String, List<String>> starts(Lab lab) {
    Map<String, List<String>> starts = new LinkedHashMap<>();
    starts.put(ARCHIVE, List.of(archive(lab).resolve("bin/kubectl-cwi").toString()));
    starts.put(DISTRIBUTION, List.of(HOME.resolve("bin/kubectl-cwi").toString()));
    starts.put(
        PLAIN,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            HOME.resolve("lib") + "/*",
            "io.cloudelements.connectwise.cli.Main"));
    return starts;
  }

  /** Made as for a release, and unpacked. */
  private static Path archive(Lab lab) {
    Path folder = lab.directory().toAbsolutePath().resolve("archive");
    Command.of(ReleaseTool.SCRIPT, "cli", "bench", folder.toString())
        .withEnvironment(environment(lab))
        .within(Duration.ofMinutes(5))
        .run()
        .outputOrThrow();
    try (Stream<Path> made = Files.list(folder)) {
      Path file = made.findFirst().orElseThrow();
      Command.of(Path.of("tar"), "-xzf", file.toString(), "-C", folder.toString())
          .run()
          .outputOrThrow();
      return folder.resolve(file.getFileName().toString().replace(".tar.gz", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> environment(Lab lab) {
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "HOME",
        lab.directory().toAbsolutePath().toString());
  }

  /** A service account that may read what the command reads. */
  private static Path person(Lab lab) {
    lab.controlPlane()
        .userIn(NAMESPACE)
        .applies(
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: %1$s}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: %1$s}
            rules:
            - apiGroups: ["*"]
              resources: [secrets, pods, connectwiseinstances, cloudelementsaccounts]
              verbs: [get, list]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: %1$s}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %1$s}
            subjects: [{kind: ServiceAccount, name: %1$s, namespace: %2$s}]
            """
                .formatted(PERSON, NAMESPACE));
    return lab.controlPlane().kubeconfigFor(NAMESPACE, PERSON);
  }
}
