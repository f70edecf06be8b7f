package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.groups.Tuple.tuple;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.cluster.TestNamespace;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ClusterConflict;
import io.cloudelements.connectwise.reconcile.ClusterWrites;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ResourceRef;
import io.cloudelements.connectwise.reconcile.Resources;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only a real API server shows: guards, field ownership, and that nothing comes back. */
@RealCluster
class ServerSideWritesIT {
  private KubernetesClient client;
  private TestNamespace namespace;
  private ClusterUser user;
  private ServerSideWrites writes;

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrds();
  }

  @BeforeEach
  void begin(KubernetesClient admin, TestNamespace ours, ClusterUser person) {
    client = admin;
    namespace = ours;
    user = person;
    writes = writes(client);
    user.applies(
        """
        apiVersion: cloudelements.io/v1
        kind: ConnectWiseInstance
        metadata: {name: acme, labels: {team: support}}
        spec: {hub: helpdesk, credentialsSecretRef: {name: acme-credentials}}
        """);
  }

  /** The user's fields stay the user's: GitOps tools would fight over them otherwise. */
  @Test
  void ownsOnlyTheFinalizerAndTheStatus() {
    // Given
    ResourceRef ref = ref();
    // When
    String second = writes.addFinalizer(ref);
    writes.writeStatus(at(ref, second), Resources.status(1L, 7L, "account-1", null));
    // Then
    ConnectWiseInstance now = resource();
    assertThat(now.getMetadata().getFinalizers()).containsExactly(ClusterWrites.FINALIZER);
    assertThat(now.getMetadata().getLabels()).containsEntry("team", "support");
    assertThat(now.getStatus().instanceId()).isEqualTo(7L);
    assertThat(
            now.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getManager().equals("connectwise-operator")))
        .extracting(ManagedFieldsEntry::getOperation, ManagedFieldsEntry::getSubresource)
        .as("one statement for the resource, one for its status")
        .containsExactlyInAnyOrder(tuple("Apply", null), tuple("Update", "status"));
    assertThat(fieldsOf(now, null).toString()).contains("f:finalizers").doesNotContain("f:spec");
    assertThat(fieldsOf(now, "status").toString()).doesNotContain("f:metadata");
  }

  /** A condition or an open attempt that another manager wrote would be believed for ever. */
  @Test
  void aStatusWriteRemovesFieldsOfOtherManagers() {
    // Given
    ConnectWiseInstanceStatus ours = Resources.status(1L, 7L, "account-1", "acme-token");
    String version = writes.writeStatus(ref(), ours);
    user.patchesStatus(
        "cwi",
        "acme",
        """
        {"status": {"duplicates": [8], "provisioning": {"attempt": 3, "startedAt": "2026-01-01T00:00:00Z"},
          "conditions": [{"type": "Stalled", "status": "True", "reason": "Mine", "message": "",
            "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}\
        """);
    assertThat(resource().getStatus().duplicates()).containsExactly(8L);
    // When
    String next = writes.writeStatus(ref(), ours);
    // Then
    assertThat(resource().getStatus()).isEqualTo(ours);
    assertThat(next).isNotEqualTo(version);
    assertThat(writes.writeStatus(ref(), ours))
        .as("an equal status is not written again")
        .isEqualTo(next);
  }

  /** A writer that loses a race must not continue from its outdated view. */
  @Test
  void anOldVersionIsAConflict() {
    // Given
    ResourceRef old = ref();
    user.runs("label", "cwi", "acme", "team=sales", "--overwrite");
    // When // Then
    assertThatThrownBy(() -> writes.addFinalizer(old)).isInstanceOf(ClusterConflict.class);
    assertThatThrownBy(() -> writes.writeStatus(old, Resources.status(1L, 7L, "account-1", null)))
        .isInstanceOf(ClusterConflict.class);
    assertThat(resource().getMetadata().getFinalizers()).isEmpty();
  }

  /** By it a reconcile asserts its version where it sees no status, also during a deletion. */
  @Test
  void aFinalizerThatIsThereIsRefusedOnAnOldVersionOnly() {
    // Given
    ResourceRef old = ref();
    String version = writes.addFinalizer(old);
    // When
    String again = writes.addFinalizer(at(old, version));
    // Then
    assertThat(again).as("nothing is written").isEqualTo(version);
    assertThatThrownBy(() -> writes.addFinalizer(old)).isInstanceOf(ClusterConflict.class);
    user.runs("delete", "cwi", "acme", "--wait=false");
    ResourceRef deleted = ref();
    assertThat(writes.addFinalizer(deleted)).isEqualTo(deleted.version());
    writes.removeFinalizer(ref());
  }

  /** An apply creates what is not there: a resource that was just deleted must stay so. */
  @Test
  void aWriteDoesNotRecreateADeletedResource() {
    // Given
    ResourceRef gone = ref();
    user.runs("delete", "cwi", "acme");
    // When // Then
    assertThatThrownBy(() -> writes.addFinalizer(gone)).isInstanceOf(ClusterConflict.class);
    assertThatThrownBy(() -> writes.writeStatus(gone, Resources.status(1L, 7L, "account-1", null)))
        .isInstanceOf(ClusterConflict.class);
    writes.removeFinalizer(gone);
    assertThat(user.gets("cwi")).doesNotContain("acme");
  }

  /** A namesake is another resource. */
  @Test
  void anotherUidIsAConflict() {
    // Given
    ResourceRef real = ref();
    ResourceRef namesake = new ResourceRef(real.id(), UUID.randomUUID().toString(), real.version());
    // When // Then
    assertThatThrownBy(() -> writes.addFinalizer(namesake)).isInstanceOf(ClusterConflict.class);
    writes.removeFinalizer(namesake);
    assertThat(resource().getMetadata().getFinalizers()).isEmpty();
  }

  /**
   * A backup tool restores the finalizer under its own manager's name; the operator must still
   * remove it.
   */
  @Test
  void removesAFinalizerOfAnotherFieldManager() {
    // Given
    user.patches("cwi", "acme", finalizers("example.com/first", ClusterWrites.FINALIZER));
    // When
    writes.removeFinalizer(ref());
    // Then
    assertThat(resource().getMetadata().getFinalizers()).containsExactly("example.com/first");
    user.patches("cwi", "acme", finalizers());
  }

  /**
   * A finalizer that others add after the read moves ours to another place. That is a newer view,
   * which the reconcile looks at, and no refusal, which a person would be told of.
   */
  @Test
  void finalizersChangedBeforeTheRemovalAreAConflict() {
    // Given
    user.patches("cwi", "acme", finalizers(ClusterWrites.FINALIZER));
    ResourceRef before = ref();
    String moved = finalizers("example.com/first", ClusterWrites.FINALIZER);
    AtomicBoolean raced = new AtomicBoolean();
    KubernetesClient conflict =
        new KubernetesClientBuilder()
            .withConfig(client.getConfiguration())
            .withHttpClientBuilderConsumer(http ->
                http.addOrReplaceInterceptor(
                    "race",
                    new Interceptor() {
                      @Override
                      public void before(
                          BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        if (request.method().equals("PATCH") && raced.compareAndSet(false, true)) {
                          user.patches("cwi", "acme", moved);
                        }
                      }
                    }))
            .build();
    // When
    Throwable outcome = catchThrowable(() -> writes(conflict).removeFinalizer(before));
    // Then
    conflict.close();
    assertThat(outcome).isInstanceOf(ClusterConflict.class);
    assertThat(resource().getMetadata().getFinalizers())
        .containsExactly("example.com/first", ClusterWrites.FINALIZER);
    user.patches("cwi", "acme", finalizers());
  }

  /** Each Secret write is for exactly the Secret that was read. */
  @Test
  void secretWritesAreGuardedByVersion() {
    // Given
    writes.createSecret(secret("one"));
    Secret read = client.secrets().inNamespace(namespace.name()).withName("token").get();
    writes.replaceSecret(new SecretBuilder(read).withData(Map.of("token", "dHdv")).build());
    // When // Then
    assertThatThrownBy(() -> writes.createSecret(secret("two")))
        .as("it exists")
        .isInstanceOf(ClusterConflict.class);
    assertThatThrownBy(() -> writes.replaceSecret(read))
        .as("it changed since")
        .isInstanceOf(ClusterConflict.class);
    assertThatThrownBy(() -> writes.deleteSecret(read))
        .as("it changed since")
        .isInstanceOf(ClusterConflict.class);
    Secret now = client.secrets().inNamespace(namespace.name()).withName("token").get();
    assertThat(now.getData()).containsEntry("token", "dHdv");
    writes.deleteSecret(now);
    assertThat(client.secrets().inNamespace(namespace.name()).withName("token").get()).isNull();
    writes.deleteSecret(now);
  }

  /** Events are read with {@code kubectl describe}. */
  @Test
  void kubectlShowsAPublishedEvent() {
    // Given
    EventRecord event = new EventRecord(false, "Provisioned", "Instance 7 is provisioned.");
    // When
    writes.publish(ref(), event);
    // Then
    assertThat(user.runs("describe", "cwi", "acme"))
        .containsPattern("Normal +Provisioned .*Instance 7 is provisioned\\.");
  }

  private static ServerSideWrites writes(KubernetesClient by) {
    return new ServerSideWrites(
        by,
        new EventPublisher(by, "operator-1", InstantSource.system(), RandomGenerator.getDefault()),
        new RecentWrites());
  }

  private static String finalizers(String... names) {
    return Arrays.stream(names)
        .map(name -> "\"" + name + "\"")
        .collect(Collectors.joining(",", "{\"metadata\":{\"finalizers\":[", "]}}"));
  }

  private static Object fieldsOf(ConnectWiseInstance resource, String subresource) {
    return resource.getMetadata().getManagedFields().stream()
        .filter(entry -> entry.getManager().equals("connectwise-operator"))
        .filter(entry -> Objects.equals(entry.getSubresource(), subresource))
        .findFirst()
        .orElseThrow()
        .getFieldsV1()
        .getAdditionalProperties();
  }

  private Secret secret(String value) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace.name())
        .withName("token")
        .endMetadata()
        .withStringData(Map.of("token", value))
        .build();
  }

  private ResourceRef ref() {
    ConnectWiseInstance now = resource();
    return new ResourceRef(
        new ResourceId(namespace.name(), "acme"),
        now.getMetadata().getUid(),
        now.getMetadata().getResourceVersion());
  }

  private static ResourceRef at(ResourceRef ref, String version) {
    return new ResourceRef(ref.id(), ref.uid(), version);
  }

  private ConnectWiseInstance resource() {
    return client
        .resources(ConnectWiseInstance.class)
        .inNamespace(namespace.name())
        .withName("acme")
        .get();
  }
}
