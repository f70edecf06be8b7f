package io.cloudelements.connectwise.bench;

import io.cloudelements.connectwise.bench.contender.CrossplaneModel;
import io.cloudelements.connectwise.bench.contender.Floor;
import io.cloudelements.connectwise.bench.contender.FrameworkAlone;
import io.cloudelements.connectwise.bench.contender.TextbookOperator;
import io.cloudelements.connectwise.cluster.GuardedProcess;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A program that is measured, each time as a fresh process. */
enum Contender {
  /** The distribution, by its own launcher. */
  OPERATOR("operator"),
  /** The necessary writes and calls and nothing else. */
  FLOOR("floor"),
  /** The same by the libraries that the operator is built on. */
  FRAMEWORK("framework alone"),
  /** An operator as the framework's introduction has it. */
  TEXTBOOK("textbook"),
  /** The sequence of writes of crossplane-runtime's managed reconciler. */
  CROSSPLANE("crossplane model");

  /** As the launcher has it: what helps the operator is not kept from the floor. */
  private static final List<String> FLOOR_OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  /** As one finds them in a Deployment: the JVM's defaults within a limit. */
  private static final List<String> USUAL_OPTIONS = List.of("-Xmx256m");

  private static final Path LAUNCHER =
      Path.of("target", "connectwise-operator", "bin", "connectwise-operator").toAbsolutePath();

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  private List<String> command() {
    return switch (this) {
      case OPERATOR -> List.of(LAUNCHER.toString());
      case FLOOR -> Jvm.command(FLOOR_OPTIONS, Floor.class);
      case FRAMEWORK -> Jvm.command(FLOOR_OPTIONS, FrameworkAlone.class);
      case TEXTBOOK -> Jvm.command(USUAL_OPTIONS, TextbookOperator.class);
      case CROSSPLANE -> Jvm.command(USUAL_OPTIONS, CrossplaneModel.class);
    };
  }

  /** Whether it does more than create. */
  boolean hasFollowUp() {
    return this != FLOOR && this != FRAMEWORK;
  }

  /** Of so many rounds: fewer for those that no goal is about. */
  int rounds(int all) {
    return switch (this) {
      case OPERATOR, FLOOR -> all;
      case FRAMEWORK, TEXTBOOK -> Math.min(all, 2);
      case CROSSPLANE -> 1;
    };
  }

  /** Starts it on one namespace. */
  Running launch(Lab lab, String namespace, Map<String, String> settings) {
    int port = FreePort.find();
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    Config connection = lab.client().getConfiguration();
    environment.putAll(asInPod(lab, connection));
    environment.put("KUBE_URL", connection.getMasterUrl());
    environment.put("KUBE_TOKEN", connection.getAutoOAuthToken());
    environment.put("KUBE_CA", certificate(connection));
    environment.put("CLOUD_ELEMENTS_BASE_URL", lab.simulator().baseUrl());
    environment.put("CLOUD_ELEMENTS_ALLOWED_BASE_URLS", lab.simulator().baseUrl());
    environment.put("CLUSTER_NAME", "bench");
    environment.put("WATCH_NAMESPACES", namespace);
    environment.put("HTTP_PORT", Integer.toString(port));
    environment.put("RESYNC_INTERVAL", "24h");
    environment.putAll(settings);
    environment.merge(
        "JAVA_OPTS", System.getProperty("bench.java.opts", ""), (a, b) -> a + " " + b);
    Path log = lab.directory().resolve(namespace + "-" + name().toLowerCase(Locale.ROOT) + ".log");
    long begin = System.nanoTime();
    return new Running(
        GuardedProcess.start(label, log, lab.directory(), environment, command()), port, begin);
  }

  /** By a service account's files: reading a kubeconfig costs 9 MiB and a tenth of a second. */
  private static Map<String, String> asInPod(Lab lab, Config connection) {
    try {
      Path token =
          Files.writeString(lab.directory().resolve("token"), connection.getAutoOAuthToken());
      Path certificate =
          Files.writeString(lab.directory().resolve("ca.crt"), certificate(connection));
      return Map.of(
          "KUBERNETES_MASTER",
          connection.getMasterUrl(),
          "KUBERNETES_CERTS_CA_FILE",
          certificate.toAbsolutePath().toString(),
          "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
          token.toAbsolutePath().toString(),
          "KUBERNETES_AUTH_TRYKUBECONFIG",
          "false");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String certificate(Config connection) {
    return Optional.ofNullable(connection.getCaCertData())
        .map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII))
        .orElseGet(() -> {
          try {
            return Files.readString(Path.of(connection.getCaCertFile()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
