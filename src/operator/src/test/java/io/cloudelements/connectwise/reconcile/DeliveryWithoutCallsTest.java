package io.cloudelements.connectwise.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.TagMatches;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import io.cloudelements.connectwise.secret.SecretEntries;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReport;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When the generated Secret of a ready resource follows its spec without a call to the service. */
class DeliveryWithoutCallsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final SecretValue TOKEN = SecretValue.of("the-token");
  private static final String SECRET = "acme-helpdesk-token";
  private static final Duration NEXT_FULL_CHECK = Duration.ofMinutes(4);

  private final RecordedCluster cluster = new RecordedCluster();
  private final RecordedService service = new RecordedService();

  /** A service that keeps what it was asked and shows one instance. */
  private static final class RecordedService implements InstancesApi {
    private final List<InstanceCall<?>> calls = new ArrayList<>();

    @Override
    public <T> T call(AccountAccess access, InstanceCall<T> call) {
      calls.add(call);
      Object answer =
          call instanceof InstanceCall.FindByTag
              ? TagMatches.of(List.of())
              : instance(reported().resource());
      return call.answerType().cast(answer);
    }
  }

  @Test
  void aChangedTemplateIsWrittenWithoutACall() {
    // Given
    ReconcileInput input = changed("tokenSecret: {template: {B: $(authorization)}}");
    // When
    ReconcileResult result = run(input);
    // Then
    assertThat(service.calls).isEmpty();
    assertThat(cluster.writes()).containsExactly("replace " + SECRET, "status at 10");
    assertThat(value("B"))
        .isEqualTo("User the-user-secret, Organization the-organization-secret, Element the-token");
    assertThat(cluster.secret().getData()).as("the former template's key").doesNotContainKey("A");
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(result.remembered().nextFullCheck()).contains(NEXT_FULL_CHECK);
  }

  /** The Secret was not changed by others, and nothing else is said of the instance. */
  @Test
  void aChangedTemplateIsNoRepairAndHasNoEvent() {
    // Given
    ReconcileInput input = changed("tokenSecret: {template: {B: b}}");
    // When
    ReconcileResult result = run(input);
    // Then
    assertThat(cluster.events()).isEmpty();
    assertThat(result.counted()).isEmpty();
    assertThat(cluster.status().observedGeneration()).isEqualTo(4);
    assertThat(cluster.status().conditions())
        .extracting(condition -> condition.getReason() + ": " + condition.getMessage())
        .containsOnly("Available: As reported.");
  }

  /** Labels and annotations, too, are none of the service's business. */
  @Test
  void aChangedLabelIsWrittenWithoutACall() {
    // Given
    ReconcileInput input =
        changed("tokenSecret: {labels: {team: blue}, template: {A: $(token)-$(hub)}}");
    // When
    run(input);
    // Then
    assertThat(service.calls).isEmpty();
    assertThat(cluster.secret().getMetadata().getLabels()).containsEntry("team", "blue");
  }

  /** Another writer's status may name another instance than that of the token. */
  @Test
  void theServiceIsAskedWhereTheSecretIsOfAnotherInstance() {
    // Given
    Secret other =
        new SecretBuilder(secret()).addToData("instance-id", SecretEntries.encoded("1237")).build();
    ReconcileInput input = reported(template("A: $(token)-$(hub)"), other, 3);
    // When
    run(input);
    // Then
    assertThat(service.calls).isNotEmpty();
  }

  /** The hash that is keyed by the token shows that it is the instance's still. */
  @Test
  void anEditedKeyIsRepairedWithoutACall() {
    // Given
    Secret edited =
        new SecretBuilder(secret()).addToData("A", SecretEntries.encoded("edited")).build();
    ReconcileInput input = reported(template("A: $(token)-$(hub)"), edited, 3);
    // When
    ReconcileResult result = run(input);
    // Then
    assertThat(service.calls).isEmpty();
    assertThat(value("A")).isEqualTo("the-token-helpdesk");
    assertThat(cluster.events())
        .extracting(EventRecord::reason)
        .containsExactly("TokenSecretRepaired");
    assertThat(result.counted()).containsExactly(new ReconcileEvent.TokenSecretRepaired());
  }

  /** Rotated by the account's owner, for a tenant who changed nothing. */
  @Test
  void aRotatedApplicationUserIsWrittenWithoutACall() {
    // Given
    String[] spec = {"accountRef: {name: acme, namespace: accounts}", template("A: $(userSecret)")};
    ReconcileInput before = ReconcileInputs.helpdesk(spec).finalized().build().with(shared("old"));
    Secret delivered = before.tokenSecret(desired(before), 7, TOKEN).orElseThrow();
    ReconcileInput input =
        ReconcileInputs.helpdesk(spec)
            .finalized()
            .with(delivered)
            .reporting(status(before, 3))
            .build()
            .with(history(Optional.empty()))
            .with(shared("new"));
    // When
    run(input);
    // Then
    assertThat(service.calls).isEmpty();
    assertThat(value("A")).isEqualTo("new");
    assertThat(cluster.events()).as("a rotation is no repair").isEmpty();
  }

  static Stream<Arguments> questions() {
    return Stream.of(
        argumentSet("another name", asking("name: Other", "tokenSecret: {template: {B: b}}")),
        argumentSet("other tags", asking("tags: [a]", "tokenSecret: {template: {B: b}}")),
        argumentSet("enforced", asking("enabled: true", "tokenSecret: {template: {B: b}}")),
        argumentSet(
            "other configuration",
            asking("configuration: {a: b}", "tokenSecret: {template: {B: b}}")),
        argumentSet(
            "observed", asking("managementPolicy: Observe", "tokenSecret: {template: {B: b}}")),
        argumentSet(
            "another Secret, in which no token is",
            asking("tokenSecret: {name: other, template: {B: b}}")),
        argumentSet(
            "a person disabled the instance",
            (UnaryOperator<ReconcileInput>) DeliveryWithoutCallsTest::reportingDisabled),
        argumentSet(
            "a full check is due",
            (UnaryOperator<ReconcileInput>)
                input -> input.with(input.history().withNextFullCheck(Optional.of(Duration.ZERO)))),
        argumentSet(
            "another process reported it",
            (UnaryOperator<ReconcileInput>) input -> input.with(history(Optional.empty()))),
        argumentSet(
            "another generation was reported since",
            (UnaryOperator<ReconcileInput>)
                input ->
                    input.with(
                        history(
                            input
                                .history()
                                .fulfilled()
                                .map(spec -> new FulfilledSpec(2, spec.digest()))))),
        argumentSet(
            "another token in the Secret",
            (UnaryOperator<ReconcileInput>)
                input ->
                    withSecret(
                        input,
                        new SecretBuilder(secret())
                            .addToData("token", SecretEntries.encoded("forged"))
                            .build())),
        argumentSet(
            "no owner",
            (UnaryOperator<ReconcileInput>)
                input ->
                    withSecret(
                        input,
                        new SecretBuilder(secret())
                            .editMetadata()
                            .withOwnerReferences()
                            .endMetadata()
                            .build())),
        argumentSet(
            "no Secret",
            (UnaryOperator<ReconcileInput>)
                input ->
                    new ReconcileInput(
                        input.resource(),
                        Map.of("acme", input.secrets().get("acme")),
                        input.account(),
                        input.crd(),
                        input.history(),
                        input.mode(),
                        input.refusedRead())));
  }

  private static ReconcileInput reportingDisabled(ReconcileInput input) {
    input.resource().setStatus(Resources.reporting(input.resource().getStatus(), Reason.DISABLED));
    return input;
  }

  /** Whatever the cluster alone cannot answer is asked, once. */
  @ParameterizedTest
  @MethodSource("questions")
  void anythingElseIsAskedOfTheService(UnaryOperator<ReconcileInput> change) {
    // Given
    ReconcileInput input = change.apply(changed("tokenSecret: {template: {B: b}}"));
    // When
    run(input);
    // Then
    assertThat(service.calls).isNotEmpty();
  }

  /** The account may be paused, and the change is none of its business. */
  @Test
  void aChangedTemplateWaitsForNoPermit() {
    // Given
    ReconcileInput unread = changed("tokenSecret: {template: {B: b}}");
    ReconcileInput renamed = changed("name: Other", "tokenSecret: {template: {B: b}}");
    // When
    Optional<Priority> ofCalls = PriorityClassifier.ofCalls(unread);
    // Then
    assertThat(ofCalls).isEmpty();
    assertThat(PriorityClassifier.ofCalls(renamed)).contains(Priority.CHANGES);
    assertThat(PriorityClassifier.ofCalls(unread.with(ReconcileHistory.NONE)))
        .contains(Priority.CHANGES);
  }

  /** It is written when the API server lets it, and the service is not asked meanwhile either. */
  @Test
  void aRefusedWriteIsRepeatedWithoutACall() {
    // Given
    cluster.fails(ClusterWriteFailure.WriteKind.UPDATE_SECRET, 403);
    ReconcileInput input = changed("tokenSecret: {template: {B: b}}");
    ReconcileResult refused = run(input);
    cluster.heals();
    ReconcileInput again =
        input
            .with(withStatus(input.resource(), cluster.status()))
            .with(
                new ReconcileHistory(
                    Optional.empty(),
                    1,
                    false,
                    Optional.empty(),
                    refused.remembered().unwritten(),
                    Optional.empty()));
    // When
    ReconcileResult result = run(again);
    // Then
    assertThat(refused.reason()).contains(Reason.CLUSTER_WRITE_REFUSED);
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(value("B")).isEqualTo("b");
    assertThat(service.calls).isEmpty();
  }

  /** A role that is short of a right for a while asks the service nothing, then or later. */
  @Test
  void aRefusedReadIsOverWithoutACall() {
    // Given
    ReconcileInput input = reported();
    ClusterWriteFailure read =
        new ClusterWriteFailure(ClusterWriteFailure.WriteKind.READ_SECRET, 403, "forbidden");
    ReconcileResult refused = run(input.with(read));
    ReconcileResult still = run(after(refused, input).with(read));
    // When
    ReconcileResult result = run(after(still, input));
    // Then
    assertThat(refused.reason()).contains(Reason.CLUSTER_WRITE_REFUSED_IN_USE);
    assertThat(result.reason()).contains(Reason.AVAILABLE);
    assertThat(result.remembered().nextFullCheck()).contains(NEXT_FULL_CHECK);
    assertThat(cluster.status().conditions())
        .extracting(condition -> condition.getReason() + ": " + condition.getMessage())
        .containsOnly("Available: As reported.");
    assertThat(service.calls).isEmpty();
  }

  /** What the last reconcile left, for the next one. */
  private ReconcileInput after(ReconcileResult last, ReconcileInput input) {
    return input
        .with(withStatus(input.resource(), cluster.status()))
        .with(
            new ReconcileHistory(
                Optional.empty(),
                1,
                false,
                last.remembered().nextFullCheck(),
                last.remembered().unwritten(),
                Optional.empty()));
  }

  private ReconcileResult run(ReconcileInput input) {
    Reconciliation reconciliation =
        new Reconciliation(
            service,
            CallPermits.UNLIMITED,
            cluster,
            ReconcileInputs.SETTINGS,
            FleetGuards.of(new RecreationGuard(1, Duration.ofMinutes(10), _ -> 1)),
            InstantSource.fixed(NOW));
    return (ReconcileResult) reconciliation.run(input);
  }

  private String value(String key) {
    return new String(Base64.getDecoder().decode(cluster.secret().getData().get(key)), UTF_8);
  }

  private static UnaryOperator<ReconcileInput> asking(String... lines) {
    return _ -> changed(lines);
  }

  private static ReconcileInput withSecret(ReconcileInput input, Secret secret) {
    return new ReconcileInput(
        input.resource(),
        Map.of("acme", input.secrets().get("acme"), SECRET, secret),
        input.account(),
        input.crd(),
        input.history(),
        input.mode(),
        input.refusedRead());
  }

  private static ConnectWiseInstance withStatus(
      ConnectWiseInstance resource, ConnectWiseInstanceStatus status) {
    ConnectWiseInstance reported = new ConnectWiseInstance();
    reported.setMetadata(resource.getMetadata());
    reported.setSpec(resource.getSpec());
    reported.setStatus(status);
    return reported;
  }

  /** A ready resource whose spec was changed to this after its generation 3 was fulfilled. */
  private static ReconcileInput changed(String... lines) {
    ReconcileInput fulfilled = reported();
    ReconcileInput now =
        ReconcileInputs.helpdesk(lines)
            .finalized()
            .with(secret())
            .reporting(fulfilled.resource().getStatus())
            .build();
    now.metadata().setGeneration(4L);
    return now.with(history(Optional.of(FulfilledSpec.of(fulfilled.resource()))));
  }

  /** Ready as its spec asks, which is generation 3. */
  private static ReconcileInput reported() {
    return reported(template("A: $(token)-$(hub)"), secret(), 3);
  }

  private static ReconcileInput reported(String spec, Secret secret, long generation) {
    ReconcileInput plain = ReconcileInputs.helpdesk(spec).finalized().build();
    return ReconcileInputs.helpdesk(spec)
        .finalized()
        .with(secret)
        .reporting(status(plain, generation))
        .build()
        .with(history(Optional.empty()));
  }

  private static ConnectWiseInstanceStatus status(ReconcileInput input, long generation) {
    DesiredInstance desired = desired(input);
    Recorded recorded =
        Recorded.NOTHING
            .seen(instance(input.resource()), desired)
            .withConfigurationHash(Optional.of(desired.configuration().fingerprint(TOKEN)))
            .withTokenSecret(SECRET);
    return StatusComposer.compose(
        Optional.empty(),
        generation,
        new StatusReport(
            Outcome.of(Reason.AVAILABLE, "As reported."), recorded, List.of(), Optional.empty()),
        NOW);
  }

  private static Secret secret() {
    ReconcileInput input = ReconcileInputs.helpdesk(template("A: $(token)-$(hub)")).build();
    return input.tokenSecret(desired(input), 7, TOKEN).orElseThrow();
  }

  private static RemoteInstance instance(ConnectWiseInstance resource) {
    return new RemoteInstance(
        7,
        TOKEN,
        Optional.of(SpecDefaults.of(resource).name()),
        Optional.of("connectwisehd"),
        Optional.of(Set.copyOf(SpecDefaults.of(resource).instanceTags("cluster-a"))),
        new Availability(Optional.of(true), Optional.of(false)),
        Map.of());
  }

  private static String template(String keys) {
    return "tokenSecret: {template: {" + keys + "}}";
  }

  private static ReconcileHistory history(Optional<FulfilledSpec> fulfilled) {
    return new ReconcileHistory(
        Optional.empty(), 0, false, Optional.of(NEXT_FULL_CHECK), Optional.empty(), fulfilled);
  }

  private static AccountSource shared(String userSecret) {
    return ReconcileInputs.sharedAccount(
        Optional.of(
            new ApplicationSecrets(SecretValue.of(userSecret), SecretValue.of("the-organization"))),
        userSecret);
  }

  private static DesiredInstance desired(ReconcileInput input) {
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input);
    return ((DesiredResolver.Resolution.Resolved) resolution).desired();
  }
}
