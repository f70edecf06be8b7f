package io.cloudelements.connectwise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.simulator.model.Change;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.ProviderAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Accidents of whole clusters: each happens, its section of the page is followed, and the instances
 * at the service are counted. Each cluster is a control plane of its own: two names on one control
 * plane would share its UIDs and its objects, so that nothing could be rebuilt, restored or copied.
 */
class ClusterAccidentsIT {
  private static final String OTHER_NAME = "shop-west";

  @AutoClose private Shop shop;

  @BeforeEach
  void begin(@TempDir Path repository) {
    shop = Shop.start(repository);
  }

  @Test
  void restored() throws IOException {
    // Given
    List<String> names = List.of("acme", "brook", "cedar", "dale");
    shop.commits(names);
    ShopCluster former = shop.starts(Map.of("CLUSTER_NAME", Shop.NAME));
    former.syncs();
    former.awaitsReady(names);
    ClusterBackup backup = former.backup();
    shop.world().deleteExternally(former.instance("brook"));
    former.reconciles("brook");
    former.awaitsReady(names);
    former.person().runs("delete", "cwi", "cedar", "dale");
    shop.world().acceptLogin(ProviderAccount.of("acme", "api1", "second-password"));
    former.person().patches("secret", "acme-connectwise", password("second-password"));
    former.reconciles("acme");
    former.awaitsReady(List.of("acme", "brook"));
    Map<String, String> tokens = Shop.tokens(former, List.of("acme", "brook"));
    List<Instance> kept = shop.platform().live();
    shop.loses(former);
    ShopCluster cluster = shop.starts(Map.of());
    cluster.restores(backup);
    List<Change> changes = shop.platform().changes();
    cluster.operate(restoredSettings("Plan"));
    // When
    cluster.follows(Shop.PAGE.section("Look at what was restored"));
    // Then
    assertThat(shop.platform().changes()).isEqualTo(changes);
    cluster.operate(restoredSettings("Manage"));
    cluster.awaitsReason("brook", "ProviderRejected");
    cluster.awaitsReason("dale", "RecreationHeld");
    assertThat(shop.platform().live()).isEqualTo(kept);
    cluster.person().patches("secret", "acme-connectwise", password("second-password"));
    cluster.follows(Shop.PAGE.section("Let the operator manage again"));
    cluster.awaitsReady(List.of("acme", "brook", "cedar"));
    assertThat(Shop.tokens(cluster, List.of("acme", "brook"))).isEqualTo(tokens);
    assertThat(cluster.condition("dale", "Ready")).isEqualTo("RecreationHeld");
    assertThat(shop.platform().live()).hasSize(kept.size() + 1);
    shop.assertOneEach(cluster, Shop.NAME, List.of("acme", "brook", "cedar"));
  }

  private static Map<String, String> restoredSettings(String mode) {
    return Map.of(
        "CLUSTER_NAME", Shop.NAME, "OPERATING_MODE", mode, "MASS_DISAPPEARANCE_LIMIT", "0");
  }

  @Test
  void renamed() throws IOException {
    // Given
    List<String> former = List.of("acme", "brook");
    List<String> names = List.of("acme", "brook", "cedar");
    ShopCluster cluster = renamedCluster(former);
    cluster.person().applies(Shop.helpDesk("cedar"));
    cluster.awaitsReady(List.of("cedar"));
    Map<String, String> tokens = Shop.tokens(cluster, names);
    List<Long> ids = Shop.ids(shop.platform().live());
    // When
    cluster.follows(Shop.PAGE.section("Let the new name take over"));
    // Then
    cluster.awaitsReady(names);
    assertThat(former)
        .allSatisfy(name ->
            assertThat(cluster.annotation(name, Confirmation.TAKE_OVER))
                .contains(Long.toString(cluster.instance(name))));
    assertThat(cluster.annotation("cedar", Confirmation.TAKE_OVER)).as("it is healthy").isEmpty();
    assertThat(Shop.tokens(cluster, names)).isEqualTo(tokens);
    assertThat(Shop.ids(shop.platform().everCreated())).isEqualTo(ids);
    shop.assertOneEach(cluster, OTHER_NAME, names);
  }

  /** As the page says, nothing is to be done but that. */
  @Test
  void theFormerNameIsGivenBack() throws IOException {
    // Given
    List<String> names = List.of("acme", "brook");
    ShopCluster cluster = renamedCluster(names);
    List<Change> changes = shop.platform().changes();
    // When
    cluster.operate(Map.of("CLUSTER_NAME", Shop.NAME));
    // Then
    cluster.awaitsReady(names);
    assertThat(shop.platform().changes()).isEqualTo(changes);
    shop.assertOneEach(cluster, Shop.NAME, names);
  }

  /** Not even a deletion reaches what carries another name's tag. */
  @Test
  void aRenamedClusterDeletesNothing() throws IOException {
    // Given
    ShopCluster cluster = renamedCluster(List.of("acme", "brook"));
    List<Instance> before = shop.platform().live();
    // When
    cluster.person().runs("delete", "cwi", "--all");
    // Then
    assertThat(shop.platform().live()).isEqualTo(before);
  }

  private ShopCluster renamedCluster(List<String> names) throws IOException {
    shop.commits(names);
    ShopCluster cluster = shop.starts(Map.of("CLUSTER_NAME", Shop.NAME));
    cluster.syncs();
    cluster.awaitsReady(names);
    List<Instance> before = shop.platform().live();
    cluster.operate(Map.of("CLUSTER_NAME", OTHER_NAME));
    for (String name : names) {
      cluster.reconciles(name);
      cluster.awaitsReason(name, "OwnedByAnother");
      assertThat(cluster.token(name)).as("applications go on").isPresent();
    }
    assertThat(shop.platform().live()).isEqualTo(before);
    return cluster;
  }

  /** From Git, without a status; the name was never set, so it was the UID of a namespace. */
  @Test
  void rebuiltUnderAnotherName() throws IOException {
    // Given
    List<String> names = List.of("acme", "brook");
    shop.commits(names);
    ShopCluster former = shop.starts(Map.of("CLUSTER_NAME", ""));
    former.syncs();
    former.awaitsReady(names);
    Map<String, String> tokens = Shop.tokens(former, names);
    List<Instance> before = shop.platform().live();
    String uid = former.person().gets("namespace", "kube-system", "-o", "jsonpath={.metadata.uid}");
    shop.loses(former);
    ShopCluster cluster = shop.starts(Map.of("CLUSTER_NAME", "", "OPERATING_MODE", "Plan"));
    cluster.syncs();
    names.forEach(name -> cluster.awaitsReason(name, "Planned"));
    assertThat(cluster.resource("acme").getStatus().plan().getFirst())
        .startsWith("POST /instances");
    assertThat(shop.platform().live()).isEqualTo(before);
    cluster.operate(Map.of("CLUSTER_NAME", ""));
    cluster.awaitsReady(names);
    assertThat(shop.platform().live()).as("not held").hasSize(4).containsAll(before);
    // When
    cluster.follows(Shop.PAGE.section("Second instances were made"));
    cluster.operate(Map.of("CLUSTER_NAME", uid));
    cluster.follows(Shop.PAGE.section("Under the former name again"));
    // Then
    cluster.awaitsReady(names);
    assertThat(Shop.tokens(cluster, names)).isEqualTo(tokens);
    assertThat(Shop.ids(shop.platform().live())).isEqualTo(Shop.ids(before));
    shop.assertOneEach(cluster, uid, names);
  }

  /** A clone has the name too, unless it is given another one before its operator starts. */
  @ParameterizedTest
  @CsvSource({"shop-eu, Observe, Available", "drill, Manage, OwnedByAnother"})
  void twoClusters(String name, String mode, String reason) throws IOException {
    // Given
    List<String> names = List.of("acme", "brook");
    shop.commits(names);
    ShopCluster original = shop.starts(Map.of("CLUSTER_NAME", Shop.NAME));
    original.syncs();
    original.awaitsReady(names);
    Map<String, String> tokens = Shop.tokens(original, names);
    List<Change> changes = shop.platform().changes();
    ShopCluster copy = shop.starts(Map.of());
    copy.restores(original.backup());
    copy.operate(Map.of("CLUSTER_NAME", name, "OPERATING_MODE", mode));
    for (String resource : names) {
      copy.reconciles(resource);
      assertThat(copy.condition(resource, "Synced")).isEqualTo(reason);
    }
    // When
    copy.follows(Shop.PAGE.section("Two clusters"));
    // Then
    assertThat(copy.reasons("Ready")).isEmpty();
    names.forEach(original::reconciles);
    original.awaitsReady(names);
    assertThat(Shop.tokens(original, names)).isEqualTo(tokens);
    assertThat(shop.platform().changes()).isEqualTo(changes);
    shop.assertOneEach(original, Shop.NAME, names);
  }

  /**
   * As {@code orphans adopt} prints it for Git: the first cluster that applies it has the instance.
   */
  @Test
  void aSecondClusterDoesNotTakeWhatTheFirstHasTakenOver() throws IOException {
    // Given
    OwnershipTag former = OwnershipTag.of("gone", new ResourceId(ShopCluster.NAMESPACE, "acme"));
    Instance orphan = shop.orphan(former);
    shop.commits(List.of());
    shop.commits(
        "acme",
        """
        apiVersion: cloudelements.io/v1
        kind: ConnectWiseInstance
        metadata:
          name: acme
          namespace: shop
          annotations: {cloudelements.io/take-over: "%s"}
        spec:
          hub: helpdesk
          credentialsSecretRef: {name: acme-connectwise}
          adoptInstanceId: %d
        """
            .formatted(Confirmation.toTakeFrom(orphan.id(), former.value()), orphan.id()));
    ShopCluster first = shop.starts(Map.of("CLUSTER_NAME", Shop.NAME));
    first.syncs();
    first.awaitsReady(List.of("acme"));
    List<Change> changes = shop.platform().changes();
    ShopCluster second = shop.starts(Map.of("CLUSTER_NAME", OTHER_NAME));
    // When
    second.syncs();
    // Then
    second.awaitsReason("acme", "OwnedByAnother");
    first.reconciles("acme");
    first.awaitsReady(List.of("acme"));
    assertThat(shop.platform().changes()).isEqualTo(changes);
    shop.assertOneEach(first, Shop.NAME, List.of("acme"));
  }

  private static String password(String password) {
    return "{\"stringData\":{\"password\":\"%s\"}}".formatted(password);
  }
}
