package io.cloudelements.connectwise.bench;

import io.cloudelements.connectwise.cluster.AuditPolicy;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A fresh control plane and a fresh platform: what one benchmark leaves behind is no other's. */
record Lab(
    ControlPlane controlPlane, KubernetesClient client, SimulatorProcess simulator, Path directory)
    implements AutoCloseable {
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(20);
  private static final Duration SETTLED = Duration.ofMillis(700);

  /**
   * @param audited whether there is an audit log of every call of a service account
   */
  static Lab open(Path directory, boolean audited) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ControlPlaneOptions options =
        ControlPlaneOptions.in(
                directory.resolve("control-plane"), ControlPlaneBinaries.locate(System.out))
            .withApiServerArguments("--delete-collection-workers=16");
    ControlPlane controlPlane =
        ControlPlane.start(audited ? options.withAuditPolicy(AuditPolicy.EVERYTHING) : options);
    try {
      controlPlane.installCrds();
      return new Lab(
          controlPlane, controlPlane.client(), SimulatorProcess.start(directory), directory);
    } catch (RuntimeException e) {
      controlPlane.close();
      throw e;
    }
  }

  /** A namespace of that name with an account of that name, whose calls take so long. */
  BenchResources population(String name, BenchAccount account, Duration latency) {
    BenchResources population = namespace(name);
    open(population, account, latency);
    return population;
  }

  /** A namespace in which there is nothing. */
  BenchResources namespace(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return new BenchResources(client, name);
  }

  /** A further account. */
  void open(BenchResources population, BenchAccount account, Duration latency) {
    simulator.addUser(account);
    simulator.latency(account, latency);
    population.credentials(account);
  }

  ApiRequests requests() {
    return ApiRequests.of(client);
  }

  /** Waits until no write happens any more, events included. */
  ApiRequests settled() {
    AtomicReference<ApiRequests> last = new AtomicReference<>(requests());
    Limits.await(
        "the end of all writing",
        SETTLE_LIMIT,
        SETTLED,
        () -> {
          ApiRequests before = last.getAndSet(requests());
          ApiRequests change = last.get().since(before);
          return change.writes() == 0 && change.events() == 0;
        });
    return last.get();
  }

  /** CPU seconds of API server, etcd and controllers so far. */
  double serverCpu() {
    return ProcessUsage.cpuSecondsOf(controlPlane.processIds());
  }

  double serviceCpu() {
    return ProcessUsage.cpuSecondsOf(List.of(simulator.pid()));
  }

  @Override
  public void close() {
    client.close();
    simulator.close();
    controlPlane.close();
  }
}
