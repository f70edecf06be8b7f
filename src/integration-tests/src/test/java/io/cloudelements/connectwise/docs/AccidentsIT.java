package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.simulator.model.Change;
import io.cloudelements.simulator.model.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accidents of a folder, a Secret and a user: each happens, its section of the page is followed,
 * and the instances at the service are counted.
 */
class AccidentsIT {
  private static final Map<String, String> FORMER_SECRETS =
      Map.of("userSecret", "sim-user", "organizationSecret", "sim-organization");

  @AutoClose private Shop shop;

  @BeforeEach
  void begin(@TempDir Path repository) {
    shop = Shop.start(repository);
  }

  @Test
  void pruned() throws IOException {
    // Given
    List<String> names = List.of("acme", "brook", "cedar", "dale", "elm", "fern", "grove", "hill");
    shop.commits(names);
    ShopCluster cluster =
        shop.starts(Map.of("CLUSTER_NAME", Shop.NAME, "MASS_DELETION_LIMIT", "2"));
    cluster.syncs();
    cluster.awaitsReady(names);
    List<Instance> before = shop.platform().live();
    cluster.prunes();
    cluster.awaits(
        "the remaining resources are held",
        () ->
            assertThat(cluster.reasons("Stalled"))
                .hasSizeGreaterThanOrEqualTo(names.size() - 2)
                .allSatisfy((_, reason) -> assertThat(reason).isEqualTo("DeletionHeld")));
    List<Instance> held = shop.platform().live();
    assertThat(held).hasSameSizeAs(cluster.reasons("Stalled").keySet());
    // When
    cluster.follows(Shop.PAGE.section("Pruned"));
    // Then
    cluster.awaitsReady(names);
    assertThat(shop.platform().live()).hasSameSizeAs(before).containsAll(held);
    shop.assertOneEach(cluster, Shop.NAME, names);
  }

  /** By the Secret of a resource, and by that of an account object. */
  @Test
  void wrongAccount() throws IOException {
    // Given
    List<String> names = List.of("acme", "brook", "cedar");
    shop.commits(names);
    ShopCluster cluster = shop.starts(Map.of("CLUSTER_NAME", Shop.NAME));
    appliesAccountObject(cluster);
    cluster.syncs();
    cluster
        .person()
        .patches(
            "cwi",
            "brook",
            "{\"spec\":{\"accountRef\":{\"name\":\"acme-production\",\"namespace\":\"shop-platform\"}}}");
    cluster.awaitsReady(names);
    cluster.reconciles("brook");
    Map<String, String> tokens = Shop.tokens(cluster, names);
    List<Change> changes = shop.platform().changes();
    List<Instance> before = shop.platform().live();
    String wrong =
        "{\"stringData\":{\"userSecret\":\"other-user\",\"organizationSecret\":\"other-organization\"}}";
    cluster.person().patches("secret", "acme-connectwise", wrong);
    cluster.person().runs("patch", "secret", "acme-admin", "-n", "shop-platform", "-p", wrong);
    cluster.awaitsReason("acme", "AccountChanged");
    cluster.awaitsReason("brook", "WaitingForAccount");
    cluster.person().deletes("cwi", "cedar");
    cluster.awaitsReason("cedar", "DeletionBlocked");
    assertThat(Tenant.isReady(cluster.resource("brook"))).isTrue();
    // When
    cluster.follows(Shop.PAGE.section("Wrong account"), FORMER_SECRETS);
    // Then
    cluster.awaits("cedar is gone", () -> assertThat(cluster.reasons("Ready")).hasSize(2));
    cluster.awaitsReady(List.of("acme", "brook"));
    cluster.awaitsReason("brook", "Available");
    assertThat(Shop.tokens(cluster, List.of("acme", "brook")))
        .isEqualTo(Map.of("acme", tokens.get("acme"), "brook", tokens.get("brook")));
    assertThat(shop.platform().changes())
        .as("the deletion that was asked for")
        .hasSize(changes.size() + 1);
    assertThat(before).containsAll(shop.platform().live());
    shop.assertOneEach(cluster, Shop.NAME, List.of("acme", "brook"));
  }

  private static void appliesAccountObject(ShopCluster cluster) {
    cluster.person().runs("create", "namespace", "shop-platform");
    cluster
        .person()
        .runs(
            "create",
            "secret",
            "generic",
            "acme-admin",
            "-n",
            "shop-platform",
            "--from-literal=userSecret=sim-user",
            "--from-literal=organizationSecret=sim-organization");
    cluster
        .person()
        .kubectl()
        .runWithInput(
            """
            apiVersion: cloudelements.io/v1
            kind: CloudElementsAccount
            metadata: {name: acme-production, namespace: shop-platform}
            spec:
              secretRef: {name: acme-admin}
              allowedNamespaces: {from: Names, names: [shop]}
            """,
            "apply",
            "-f",
            "-");
  }

  @Test
  void revokedUser() throws IOException {
    // Given
    List<String> names = List.of("acme", "brook", "cedar");
    shop.commits(names);
    ShopCluster cluster =
        shop.starts(Map.of("CLUSTER_NAME", Shop.NAME, "ACCOUNT_BREAKER_FAILURES", "2"));
    cluster.syncs();
    cluster.awaitsReady(names);
    Map<String, String> tokens = Shop.tokens(cluster, List.of("acme", "brook"));
    List<Change> changes = shop.platform().changes();
    shop.world().resetUserSecret("sim-user", "new-user");
    cluster.reconciles("acme");
    cluster.person().deletes("cwi", "cedar");
    cluster.awaitsReason("cedar", "DeletionBlocked");
    assertThat(shop.platform().changes()).isEqualTo(changes);
    // When
    cluster.follows(Shop.PAGE.section("Revoked user"), Map.of("userSecret", "new-user"));
    // Then
    cluster.awaits("cedar is gone", () -> assertThat(cluster.reasons("Ready")).hasSize(2));
    cluster.awaitsReady(List.of("acme", "brook"));
    assertThat(Shop.tokens(cluster, List.of("acme", "brook"))).isEqualTo(tokens);
    assertThat(shop.platform().changes())
        .as("the deletion that was asked for")
        .hasSize(changes.size() + 1);
    shop.assertOneEach(cluster, Shop.NAME, List.of("acme", "brook"));
  }

  @Test
  void theCrdWasDeleted() throws IOException {
    // Given
    List<String> names = List.of("acme", "brook");
    shop.commits(names);
    ShopCluster cluster = shop.starts(Map.of("CLUSTER_NAME", Shop.NAME));
    cluster.syncs();
    cluster.awaitsReady(names);
    Map<String, String> tokens = Shop.tokens(cluster, names);
    List<Instance> before = shop.platform().live();
    cluster.person().runs("delete", "crd", "connectwiseinstances.cloudelements.io", "--wait=false");
    names.forEach(name -> cluster.awaitsReason(name, "CrdIsBeingDeleted"));
    // When
    cluster.follows(Shop.PAGE.section("The CRD was deleted"));
    // Then
    cluster.awaitsReady(names);
    assertThat(Shop.tokens(cluster, names)).isEqualTo(tokens);
    assertThat(Shop.ids(shop.platform().everCreated())).isEqualTo(Shop.ids(before));
    shop.assertOneEach(cluster, Shop.NAME, names);
  }
}
