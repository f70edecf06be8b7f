package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.OutsideWorld;
import io.cloudelements.simulator.model.Platform;
import io.cloudelements.simulator.model.ProviderAccount;
import io.cloudelements.simulator.model.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the clusters of an accident have in common: the repository, and the service with an account
 * of the shop and one of others.
 */
final class Shop implements AutoCloseable {
  static final Markdown PAGE = Markdown.of(Path.of("docs", "accidents.md"));

  /** Of its cluster. */
  static final String NAME = "shop-eu";

  private final Path repository;
  private final SimulatorServer service = SimulatorServer.start();
  private final List<ShopCluster> clusters = new ArrayList<>();
  private final User user;

  private Shop(Path repository) {
    this.repository = repository;
    this.user = world().addUser("sim-user", "sim-organization");
    world().addUser("other-user", "other-organization");
    world().acceptLogin(ProviderAccount.of("acme", "api1", "first-password"));
  }

  static Shop start(Path repository) {
    return new Shop(repository);
  }

  Platform platform() {
    return service.simulator().platform();
  }

  OutsideWorld world() {
    return platform().outsideWorld();
  }

  ShopCluster starts(Map<String, String> settings) throws IOException {
    ShopCluster cluster = ShopCluster.start(repository, service);
    clusters.add(cluster);
    if (!settings.isEmpty()) {
      cluster.operate(settings);
    }
    return cluster;
  }

  void loses(ShopCluster cluster) {
    clusters.remove(cluster);
    cluster.close();
  }

  /** An instance of a resource that is gone, with its tag. */
  Instance orphan(OwnershipTag tag) {
    return world().createByHand(user, "connectwisehd", "Acme", tag.with(List.of()), Map.of());
  }

  /** The folder that the clusters follow. */
  void commits(List<String> names) throws IOException {
    Files.createDirectory(repository.resolve("shop"));
    commits(
        "acme-connectwise",
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: acme-connectwise, namespace: shop}
        stringData:
          userSecret: sim-user
          organizationSecret: sim-organization
          username: api1
          password: first-password
          serverUrl: https://connectwise.example.com
          company: acme
        """);
    for (String name : names) {
      commits(name, helpDesk(name));
    }
  }

  /** The manifest of a resource of the shop. */
  static String helpDesk(String name) {
    return Tenant.helpDesk(name)
        .replace("{name: " + name + "}", "{name: " + name + ", namespace: shop}")
        .replace(Tenant.CREDENTIALS, "acme-connectwise");
  }

  /** The file of that name. */
  void commits(String name, String manifest) throws IOException {
    Files.writeString(repository.resolve("shop").resolve(name + ".yaml"), manifest);
  }

  static Map<String, String> tokens(ShopCluster cluster, List<String> names) {
    Map<String, String> tokens = new HashMap<>();
    names.forEach(name -> tokens.put(name, cluster.token(name).orElseThrow()));
    return tokens;
  }

  static List<Long> ids(List<Instance> instances) {
    return instances.stream().map(Instance::id).sorted().toList();
  }

  /** One living instance with the tag of each, which is the one that its resource names. */
  void assertOneEach(ShopCluster cluster, String clusterName, List<String> names) {
    Map<String, List<Long>> expected = new TreeMap<>();
    Map<String, List<Long>> found = new TreeMap<>();
    for (String name : names) {
      ResourceId id = new ResourceId(ShopCluster.NAMESPACE, name);
      expected.put(name, List.of(cluster.instance(name)));
      found.put(name, ids(platform().liveTagged(OwnershipTag.of(clusterName, id).value())));
    }
    assertThat(found).isEqualTo(expected);
  }

  @Override
  public void close() {
    clusters.forEach(ShopCluster::close);
    service.close();
  }
}
