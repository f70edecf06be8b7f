package io.cloudelements.connectwise.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.operator.Acme;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.fault.Faults;
import io.cloudelements.simulator.model.ApiRequest;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Route;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many resources of one namespace, all with the credentials of {@link Acme}, and the three places
 * where one sees what became of each: the API server, the platform, and the calls on the way.
 */
final class Fleet {
  /** As {@code OperatorProcess} names the cluster. */
  private static final String CLUSTER = "test";

  private final KubernetesClient client;
  private final String namespace;
  private final Simulator simulator;

  Fleet(KubernetesClient client, String namespace, Simulator simulator) {
    this.client = client;
    this.namespace = namespace;
    this.simulator = simulator;
  }

  /** So many names that begin so. */
  static List<String> names(String begin, int count) {
    return IntStream.range(0, count).mapToObj(i -> "%s-%02d".formatted(begin, i)).toList();
  }

  /** Creates the credentials and the resources, by one command. */
  void apply(ClusterUser user, Collection<String> names) {
    user.applies(
        Acme.CREDENTIALS
            + names.stream()
                .map(name ->
                    """
                    ---
                    apiVersion: cloudelements.io/v1
                    kind: ConnectWiseInstance
                    metadata: {name: %s}
                    spec:
                      hub: helpdesk
                      credentialsSecretRef: {name: acme-credentials}
                    """
                        .formatted(name))
                .collect(Collectors.joining()));
  }

  String tag(String name) {
    return OwnershipTag.of(CLUSTER, new ResourceId(namespace, name)).value();
  }

  /** The first call of a route that is about this resource: where a fault is to strike. */
  Faults.Draft first(Route route, String name) {
    return simulator.faults().on(route).matching(request -> isAbout(request, name)).nth(1);
  }

  private boolean isAbout(ApiRequest request, String name) {
    return request.parameters("tags[]").contains(tag(name)) || request.body().contains(tag(name));
  }

  /** The calls of a route that are about this resource. */
  List<Call> calls(Route route, String name) {
    return simulator.journal().calls(route).stream().filter(call -> isAbout(call, name)).toList();
  }

  boolean isAbout(Call call, String name) {
    return call.query().getOrDefault("tags[]", List.of()).contains(tag(name))
        || call.body().contains(tag(name));
  }

  Optional<ConnectWiseInstance> resource(String name) {
    return Optional.ofNullable(
        client.resources(ConnectWiseInstance.class).inNamespace(namespace).withName(name).get());
  }

  Optional<Secret> token(String name) {
    return Optional.ofNullable(
        client.secrets().inNamespace(namespace).withName(name + "-token").get());
  }

  /** Waits until all of them are ready, with one list a look. */
  void awaitReady(Collection<String> names, Duration limit) {
    await("all of " + names.size() + " are ready")
        .atMost(limit)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(notReady(names)).isEmpty());
  }

  /**
   * Waits until the whole promise holds for all of them: a resource that has just lost its state
   * may still seem ready.
   */
  void awaitDelivered(Collection<String> names, Duration limit) {
    await("all of " + names.size() + " are delivered")
        .atMost(limit)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> {
          assertThat(notReady(names)).isEmpty();
          names.forEach(this::assertDelivered);
        });
  }

  private List<String> notReady(Collection<String> names) {
    var found =
        client
            .resources(ConnectWiseInstance.class)
            .inNamespace(namespace)
            .list()
            .getItems()
            .stream()
            .collect(
                Collectors.toMap(
                    resource -> resource.getMetadata().getName(), Function.identity()));
    return names.stream()
        .filter(name -> Optional.ofNullable(found.get(name)).filter(Fleet::isReady).isEmpty())
        .toList();
  }

  static boolean isReady(ConnectWiseInstance resource) {
    return resource.getStatus() != null
        && resource.getStatus().conditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  /** The instances that were ever made for this resource. */
  List<Instance> everCreated(String name) {
    return simulator.platform().everCreated().stream()
        .filter(instance -> instance.tags().contains(tag(name)))
        .toList();
  }

  /**
   * The whole promise: ready, one instance and never another one, and its token is in the Secret.
   */
  void assertDelivered(String name) {
    assertThat(everCreated(name)).as("instances ever made for " + name).hasSize(1);
    Instance instance = everCreated(name).getFirst();
    assertThat(instance.isLive()).isTrue();
    ConnectWiseInstance resource = resource(name).orElseThrow();
    assertThat(isReady(resource)).as(name + " is ready").isTrue();
    assertThat(resource.getStatus().instanceId()).isEqualTo(instance.id());
    assertThat(resource.getStatus().provisioning()).isNull();
    assertThat(resource.getStatus().duplicates()).isNull();
    assertThat(resource.getStatus().observedGeneration())
        .isEqualTo(resource.getMetadata().getGeneration());
    assertThat(token(name).map(secret -> decoded(secret, "token"))).contains(instance.token());
    assertThat(token(name).map(secret -> decoded(secret, "instance-id")))
        .contains(Long.toString(instance.id()));
  }

  static String decoded(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
  }
}
