package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a write that the API server does not take is reported, and what is called meanwhile. */
class ClusterWriteFailureTest {
  private static final String TOKEN = "acme-helpdesk-token";
  private static final String REASON = "ClusterWriteRefused";
  private static final RemoteInstance INSTANCE =
      new RemoteInstance(
          7,
          SecretValue.of("the-token"),
          Optional.empty(),
          Optional.empty(),
          Optional.of(Set.of("made by hand")),
          Availability.UNKNOWN,
          Map.of("filter.response.nulls", "true"));

  private final RecordedCluster cluster = new RecordedCluster();
  private final OneAnswer service = OneAnswer.to(InstanceCall.Read.class, () -> INSTANCE);
  private Instant now = Instant.parse("2026-11-24T10:00:00Z");
  private Optional<UnwrittenOutcome> unwritten = Optional.empty();

  /** Most of them pass by themselves within seconds, and an event for each would be noise. */
  @ParameterizedTest
  @ValueSource(ints = {0, 408, 429, 500, 503, 504})
  void reportsATransientFailureAfterAMinute(int code) {
    // Given
    cluster.fails(WriteKind.CREATE_SECRET, code);
    ReconcileResult first = reconcile(observed());
    now = now.plus(Duration.ofSeconds(59));
    ReconcileResult stillEarly = reconcile(observed());
    List<String> writesBefore = List.copyOf(cluster.writes());
    List<EventRecord> eventsBefore = List.copyOf(cluster.events());
    now = now.plus(Duration.ofSeconds(1));
    // When
    ReconcileResult lasting = reconcile(observed());
    // Then
    assertThat(first.reason()).isEmpty();
    assertThat(stillEarly.reason()).isEmpty();
    assertThat(writesBefore).isEmpty();
    assertThat(eventsBefore).isEmpty();
    assertThat(lasting.reason()).contains(Reason.CLUSTER_WRITE_REFUSED);
    assertThat(cluster.events()).extracting(EventRecord::reason).containsExactly("Adopted", REASON);
    assertThat(cluster.writes()).containsExactly("status at 10");
    assertThat(service.calls()).as("by the first reconcile alone").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 409, 413, 422})
  void reportsARefusalAtOnceAndOnlyOnce(int code) {
    // Given
    cluster.fails(WriteKind.CREATE_SECRET, code);
    // When
    ReconcileResult first = reconcile(observed());
    reconcile(observed().reporting(cluster.status()));
    // Then
    assertThat(first.reason()).contains(Reason.CLUSTER_WRITE_REFUSED);
    assertThat(cluster.events()).extracting(EventRecord::reason).containsOnlyOnce(REASON);
    assertThat(service.calls()).hasSize(1);
  }

  /** A short failure in the middle of a long refusal has no event. */
  @Test
  void doesNotReportARefusalAgainAfterAnotherFailure() {
    // Given
    cluster.fails(WriteKind.STATUS, 403);
    reconcile(observed());
    cluster.fails(WriteKind.STATUS, 503);
    reconcile(observed());
    cluster.fails(WriteKind.STATUS, 403);
    // When
    ReconcileResult result = reconcile(observed());
    // Then
    assertThat(result.reason()).isPresent();
    assertThat(cluster.events()).extracting(EventRecord::reason).containsExactly(REASON);
  }

  /** An earlier failure of the same write that has healed since says nothing of this one. */
  @Test
  void aSuccessfulWriteRestartsTheMinute() {
    // Given
    cluster.fails(WriteKind.CREATE_SECRET, 503);
    reconcile(observed());
    cluster.heals();
    reconcile(observed());
    cluster.events().clear();
    now = now.plus(Duration.ofMinutes(5));
    cluster.fails(WriteKind.CREATE_SECRET, 503);
    // When
    ReconcileResult result = reconcile(observed());
    // Then
    assertThat(result.reason()).isEmpty();
    assertThat(cluster.events()).isEmpty();
  }

  /** Its old token would be used for as long as the finalizer stays. */
  @Test
  void anImmutableSecretHeldByAFinalizerCostsOneCall() {
    // Given
    Secret stale = immutable(List.of());
    Secret terminating = terminating(immutable(List.of("example.com/backup")));
    ConnectWiseInstanceStatus status = delivered();
    cluster.keeps(terminating);
    // When
    ReconcileResult first = reconcile(observed().with(stale).reporting(status));
    // Then
    assertThat(first.reason()).contains(Reason.CLUSTER_WRITE_REFUSED);
    assertThat(cluster.writes()).containsExactly("delete " + TOKEN, "status at 10");
    assertThat(message("Ready")).contains("kept by its finalizers [example.com/backup]");
    reconcile(observed().with(terminating).reporting(cluster.status()));
    reconcile(observed().with(terminating).reporting(cluster.status()));
    assertThat(cluster.writes()).as("nothing is repeated").hasSize(2);
    assertThat(cluster.events()).extracting(EventRecord::reason).containsOnlyOnce(REASON);
    cluster.heals();
    ReconcileResult healed = reconcile(observed().reporting(cluster.status()));
    assertThat(healed.reason()).contains(Reason.AVAILABLE);
    assertThat(TokenSecretContract.token(cluster.secret())).contains(SecretValue.of("the-token"));
    assertThat(service.calls()).hasSize(1);
  }

  /** The instance works with its new Secret; only the old one is still there. */
  @Test
  void anUndeletableFormerSecretKeepsTheInstanceReady() {
    // Given
    ConnectWiseInstanceStatus status = delivered();
    Secret token = cluster.secret();
    UnaryOperator<ReconcileInputs> withBoth = given -> given.with(token).withToken("former", "old");
    cluster.fails(WriteKind.DELETE_SECRET, 403);
    service.calls().clear();
    // When
    ReconcileResult refused = reconcile(withBoth.apply(observed().reporting(status)));
    // Then
    assertThat(refused.reason()).contains(Reason.CLUSTER_WRITE_REFUSED_IN_USE);
    assertThat(status("Ready")).isEqualTo("True");
    assertThat(status("Synced")).isEqualTo("False");
    assertThat(cluster.status().observedGeneration()).isEqualTo(3);
    reconcile(withBoth.apply(observed().reporting(cluster.status())));
    cluster.heals();
    ReconcileResult healed = reconcile(withBoth.apply(observed().reporting(cluster.status())));
    assertThat(healed.reason()).contains(Reason.AVAILABLE);
    assertThat(cluster.writes()).contains("delete former");
    assertThat(service.calls()).hasSize(1);
  }

  /** Nothing is asked for a deletion that needs no call. */
  @Test
  void reportsARefusedFinalizerRemovalAndRetriesIt() {
    // Given
    cluster.fails(WriteKind.REMOVE_FINALIZER, 403);
    // When
    ReconcileResult refused = reconcile(observed().deleting());
    // Then
    assertThat(refused.reason()).contains(Reason.CLUSTER_WRITE_REFUSED_AT_DELETION);
    assertThat(message("Synced")).contains("The finalizer cannot be removed", "403");
    reconcile(observed().reporting(cluster.status()).deleting());
    assertThat(cluster.events()).extracting(EventRecord::reason).containsExactly(REASON);
    cluster.heals();
    ReconcileResult healed = reconcile(observed().reporting(cluster.status()).deleting());
    assertThat(healed.requeueAfter()).isEmpty();
    assertThat(cluster.writes()).last().asString().startsWith("remove finalizer");
    assertThat(service.calls()).isEmpty();
  }

  private String message(String type) {
    return condition(type).getMessage();
  }

  private String status(String type) {
    return condition(type).getStatus();
  }

  private Condition condition(String type) {
    return cluster.status().conditions().stream()
        .filter(found -> found.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  /** The status of a reconcile that delivered the token. */
  private ConnectWiseInstanceStatus delivered() {
    reconcile(observed());
    ConnectWiseInstanceStatus status = cluster.status();
    cluster.writes().clear();
    cluster.events().clear();
    service.calls().clear();
    return status;
  }

  /** A thousand resources whose token Secret a quota refuses would have 256 KiB each. */
  @Test
  void keepsNoConfigurationOfWhatCannotBeWritten() {
    // Given
    cluster.fails(WriteKind.CREATE_SECRET, 403);
    // When
    reconcile(observed());
    // Then
    Conclusion kept = unwritten.orElseThrow().conclusion().orElseThrow();
    assertThat(kept.desired().configuration().entries()).isEmpty();
    assertThat(kept.desired().access().knownSecrets()).isEmpty();
    assertThat(kept.instance().orElseThrow().configuration()).isEmpty();
    assertThat(kept.seen().byId()).isInstanceOf(Observation.Lookup.NotAsked.class);
  }

  @Test
  void aRotatedPasswordAsksTheServiceAgain() {
    // Given
    cluster.fails(WriteKind.CREATE_SECRET, 403);
    reconcile(observed());
    Map<String, String> rotated = new HashMap<>(ReconcileInputs.CREDENTIALS);
    rotated.put("password", "another");
    // When
    reconcile(observed().with("acme", rotated).reporting(cluster.status()));
    // Then
    assertThat(service.calls()).hasSize(2);
  }

  /** Whatever a user writes there, what to do about it stays in the message. */
  @Test
  void aThousandFinalizersLeaveTheMessageReadable() {
    // Given
    List<String> many = IntStream.range(0, 1_000).mapToObj(i -> "example.com/f" + i).toList();
    Secret terminating = terminating(immutable(many));
    ConnectWiseInstanceStatus status = delivered();
    // When
    reconcile(observed().with(terminating).reporting(status));
    // Then
    assertThat(message("Ready"))
        .contains("[example.com/f0, example.com/f1] and 998 more", "repeated by itself");
    assertThat(unwritten.orElseThrow().failure().toString()).hasSizeLessThan(300);
  }

  private static ReconcileInputs observed() {
    return ReconcileInputs.helpdesk("managementPolicy: Observe", "adoptInstanceId: 7");
  }

  private static Secret immutable(List<String> finalizers) {
    return new SecretBuilder(
            ReconcileInputs.helpdesk()
                .withToken(TOKEN, "stale")
                .build()
                .secret(TOKEN)
                .orElseThrow())
        .editMetadata()
        .withFinalizers(finalizers)
        .endMetadata()
        .withType(TokenSecretContract.TYPE)
        .withImmutable(true)
        .build();
  }

  private static Secret terminating(Secret secret) {
    return new SecretBuilder(secret)
        .editMetadata()
        .withDeletionTimestamp("2026-11-24T10:00:00Z")
        .endMetadata()
        .build();
  }

  /** The next reconcile, with what the last one left. */
  private ReconcileResult reconcile(ReconcileInputs given) {
    ReconcileResult result =
        (ReconcileResult) reconciliation().run(given.resuming(unwritten).build());
    unwritten = result.remembered().unwritten();
    return result;
  }

  private Reconciliation reconciliation() {
    return new Reconciliation(
        service,
        CallPermits.UNLIMITED,
        cluster,
        ReconcileInputs.SETTINGS,
        FleetGuards.of(new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1)),
        () -> now);
  }
}
