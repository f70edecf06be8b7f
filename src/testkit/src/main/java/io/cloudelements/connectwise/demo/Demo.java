package io.cloudelements.connectwise.demo;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.CallListener;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The demo's course: what is started, what is applied, and what is told of it. */
final class Demo implements AutoCloseable {
  private static final String NAMESPACE = "integrations";
  private static final Path SAMPLES = Path.of("deploy", "samples");
  private static final List<String> MANIFESTS =
      List.of("namespace.yaml", "helpdesk.yaml", "crm.yaml");
  private static final List<String> RESOURCES = List.of("acme-helpdesk", "acme-crm");
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Fault LATENCY =
      new Fault.Latency(Duration.ofMillis(1500), Duration.ofMillis(3000));

  private final Path directory;
  private final Narrator narrator;

  /** What to close, the last started first. */
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private boolean closed;

  Demo(Path directory, Narrator narrator) {
    this.directory = directory;
    this.narrator = narrator;
  }

  /** Up to both samples being Ready. */
  void run() {
    keep(lock());
    narrator.says("Kubernetes control plane: starting");
    ControlPlaneBinaries binaries = ControlPlaneBinaries.locate(narrator.out());
    ControlPlane cluster = keep(ControlPlane.start(ControlPlaneOptions.in(directory, binaries)));
    narrator.says("Kubernetes " + binaries.version() + " is up");
    SimulatorServer simulator = keep(simulator());
    narrator.says("Cloud Elements simulator at " + simulator.baseUrl());
    cluster.installCrd(Path.of("crds", "connectwiseinstances.cloudelements.io.yaml"));
    narrator.says("CRD connectwiseinstances.cloudelements.io is established");
    keep(OperatorProcess.start(cluster, simulator, Map.of("CLUSTER_NAME", "demo")));
    narrator.says("operator is ready");
    provision(cluster);
    narrator.shows(
        "kubectl get cwi -n " + NAMESPACE, () -> cluster.kubectl("get", "cwi", "-n", NAMESPACE));
    RESOURCES.forEach(name -> showTokenSecret(cluster, name + "-token"));
  }

  private void provision(ControlPlane cluster) {
    try (KubernetesClient client = cluster.client()) {
      CountDownLatch ready = new CountDownLatch(RESOURCES.size());
      try (var watch =
          client
              .resources(ConnectWiseInstance.class)
              .inNamespace(NAMESPACE)
              .watch(new Progress(narrator, ready))) {
        for (String manifest : MANIFESTS) {
          Path file = SAMPLES.resolve(manifest);
          narrator.shows(
              "kubectl apply -f " + file, () -> cluster.kubectl("apply", "-f", file.toString()));
        }
        narrator.out().println();
        if (!ready.await(READY_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          throw new DemoFailure(
              "The samples are not Ready after "
                  + READY_LIMIT.toSeconds()
                  + " s:\n"
                  + cluster.kubectl("describe", "cwi", "-n", NAMESPACE)
                  + "\nLogs are in "
                  + directory);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DemoFailure("Interrupted.");
      }
    }
  }

  private void showTokenSecret(ControlPlane cluster, String name) {
    narrator.shows(
        "kubectl get secret -n "
            + NAMESPACE
            + " "
            + name
            + " -o go-template='{{range $key, $_ := .data}}{{$key}} {{end}}'",
        () ->
            cluster.kubectl(
                "get",
                "secret",
                "-n",
                NAMESPACE,
                name,
                "-o",
                "go-template={{range $key, $_ := .data}}{{$key}} {{end}}"));
  }

  void printNextCommands() {
    narrator
        .out()
        .printf(
            """

            Look around from another terminal:

              export KUBECONFIG=%s
              %s/kubectl describe cwi -n %s acme-helpdesk
              %s/kubectl get events -n %s

            (any kubectl will do). Ctrl-C ends everything.
            """,
            directory.toAbsolutePath().resolve("kubeconfig"),
            ControlPlaneBinaries.locate(narrator.out()).directory(),
            NAMESPACE,
            ControlPlaneBinaries.locate(narrator.out()).directory(),
            NAMESPACE);
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

  private synchronized <T extends AutoCloseable> T keep(T started) {
    this.started.push(started);
    return started;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        narrator.says("cannot be closed: " + e.getMessage());
      }
    }
  }

  /** Tells every change of state, and counts who is Ready. */
  private static final class Progress implements Watcher<ConnectWiseInstance> {
    private final Narrator narrator;
    private final CountDownLatch ready;
    private final Map<String, String> told = new HashMap<>();

    Progress(Narrator narrator, CountDownLatch ready) {
      this.narrator = narrator;
      this.ready = ready;
    }

    @Override
    public void eventReceived(Action action, ConnectWiseInstance resource) {
      Optional<Condition> condition =
          Optional.ofNullable(resource.getStatus()).stream()
              .flatMap(status -> status.conditions().stream())
              .filter(each -> each.getType().equals("Ready"))
              .findFirst();
      String line =
          condition
              .map(each ->
                  resource.getStatus().state()
                      + ", Ready="
                      + each.getStatus()
                      + ": "
                      + each.getMessage())
              .orElse("applied");
      if (!line.equals(told.put(resource.getMetadata().getName(), line))) {
        narrator.says(resource.getMetadata().getName(), line);
        condition.filter(each -> each.getStatus().equals("True")).ifPresent(_ -> ready.countDown());
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      narrator.says("the watch ended: " + cause.getMessage());
    }
  }
}
