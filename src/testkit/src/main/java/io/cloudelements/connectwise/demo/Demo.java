package io.cloudelements.connectwise.demo;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.CrdFile;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.CallListener;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The demo's course: what is started, what is created, and what is told of it. */
final class Demo implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Fault LATENCY =
      new Fault.Latency(Duration.ofMillis(1500), Duration.ofMillis(3000));

  private final Path directory;
  private final Supplier<DemoCluster> place;
  private final Narrator narrator;

  /** What to close, the last started first. */
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private boolean closed;

  /**
   * @param directory for logs and other files
   * @param place opens the cluster where it takes place
   */
  Demo(Path directory, Supplier<DemoCluster> place, Narrator narrator) {
    this.directory = directory;
    this.place = place;
    this.narrator = narrator;
  }

  /**
   * Up to both samples being Ready.
   *
   * @param stays whether a person will look around afterwards
   */
  void run(boolean stays) {
    keep(lock());
    DemoCluster cluster = keep(place.get());
    cluster.check();
    SimulatorServer simulator = keep(simulator());
    narrator.says("Cloud Elements simulator at " + simulator.baseUrl());
    cluster.prepare();
    narrator.says("CRD " + CrdFile.INSTANCES.definition() + " is established");
    keep(cluster.startOperator(simulator));
    narrator.says("operator is ready");
    provision(cluster);
    Optional<Kubectl> kubectl = cluster.kubectl(stays);
    kubectl.ifPresent(found -> show(cluster, found));
    if (stays) {
      printNextCommands(cluster, kubectl);
    }
  }

  private void provision(DemoCluster cluster) {
    CountDownLatch ready = new CountDownLatch(Samples.NAMES.size());
    var resources =
        cluster.client().resources(ConnectWiseInstance.class).inNamespace(cluster.namespace());
    try (var _ = resources.watch(new Progress(narrator, ready))) {
      Samples.create(cluster.client(), cluster.namespace(), narrator);
      if (!ready.await(READY_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new DemoFailure(
            "The samples are not Ready after %d s:%n%s%nLogs are in %s"
                .formatted(
                    READY_LIMIT.toSeconds(),
                    Serialization.asYaml(resources.list().getItems()),
                    directory));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("Interrupted.");
    }
  }

  private void show(DemoCluster cluster, Kubectl kubectl) {
    String words = cluster.kubectlWords();
    String namespace = cluster.namespace();
    narrator.shows(
        words + " get cwi -n " + namespace, () -> kubectl.run("get", "cwi", "-n", namespace));
    String template = "go-template={{range $key, $_ := .data}}{{$key}} {{end}}";
    for (String name : Samples.NAMES) {
      narrator.shows(
          "%s get secret -n %s %s-token -o %s"
              .formatted(words, namespace, name, template.replaceFirst("=(.*)", "='$1'")),
          () -> kubectl.run("get", "secret", "-n", namespace, name + "-token", "-o", template));
    }
  }

  private void printNextCommands(DemoCluster cluster, Optional<Kubectl> kubectl) {
    narrator
        .out()
        .printf(
            """

            Look around from another terminal:

              %1$s
              %2$s describe cwi -n %3$s acme-helpdesk
              %2$s get events -n %3$s

            Ctrl-C ends everything.
            """,
            cluster.access(kubectl), cluster.kubectlWords(), cluster.namespace());
  }

  private SimulatorServer simulator() {
    Simulator simulator = new Simulator(Clock.systemUTC());
    simulator.platform().outsideWorld().addUser("sim-user", "sim-organization");
    simulator.faults().on(Route.POST_INSTANCES).inject(LATENCY);
    simulator.listen(
        new CallListener() {
          @Override
          public void arrived(Call call) {
            narrator.says("service", call.method() + " " + call.path() + " arrives");
          }

          @Override
          public void afterEffect(Call call) {
            call.effects()
                .forEach(effect ->
                    narrator.says(
                        "service", "instance " + effect.instanceId() + ": " + effect.kind()));
          }
        });
    return SimulatorServer.start(simulator);
  }

  private AutoCloseable lock() {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new DemoFailure("Another demo runs in " + directory + "; end it first.");
      }
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program that is started after the end has to end too. */
  private synchronized <T extends AutoCloseable> T keep(T started) {
    this.started.push(started);
    if (closed) {
      closeAll();
      throw new DemoFailure("The demo was ended.");
    }
    return started;
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeAll();
  }

  private void closeAll() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        narrator.says("cannot be closed: " + e.getMessage());
      }
    }
  }
}
