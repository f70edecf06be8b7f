package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.CallPermits;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a resource gets of the account object that it refers to. */
class SharedAccountTest {
  private static final String REF = "accountRef: {name: acme, namespace: platform}";
  private static final String ALLOWED = "allowedNamespaces: {from: Names, names: [integrations]}";
  private static final String VERIFIED =
      "observedGeneration: 1, fingerprint: 0123456789ab, credentialsRevision: r1, conditions:"
          + " [{type: Ready, status: 'True', reason: Verified, message: fine}]";
  private static final Account ACCOUNT =
      new Account(ReconcileInputs.BASE_URL, SecretValue.of("admin"), SecretValue.of("organization"))
          .of(Optional.of("4711"));

  private final OneAccount world = new OneAccount(ACCOUNT);

  @Test
  void usesTheAccountsSecretsAndItsOwnEntries() {
    // Given
    world.account = Optional.of(account(ALLOWED, VERIFIED));
    // When
    DesiredResolver.Resolution resolved = resolved(tenant(REF));
    // Then
    assertThat(resolved)
        .isInstanceOfSatisfying(
            DesiredResolver.Resolution.Resolved.class,
            found -> assertThat(found.desired().account()).isEqualTo(ACCOUNT));
  }

  /** They are said once, in the message of the condition. */
  @Test
  void ignoresTheKeysOfAnAccountInItsOwnSecret() {
    // Given
    world.account = Optional.of(account(ALLOWED, VERIFIED));
    // When
    DesiredResolver.Resolution resolved =
        resolved(tenant(REF).with("acme", ReconcileInputs.CREDENTIALS));
    // Then
    assertThat(resolved)
        .isInstanceOfSatisfying(
            DesiredResolver.Resolution.Resolved.class,
            found -> {
              assertThat(found.desired().account()).isEqualTo(ACCOUNT);
              assertThat(found.desired().configuration().ignored())
                  .containsExactly("organizationSecret", "userSecret");
            });
  }

  @Test
  void absentAndForbiddenReadTheSameAndNoSecretIsRead() {
    // Given
    Outcome absent = blocked(tenant(REF));
    world.account = Optional.of(account("allowedNamespaces: {from: Same}", VERIFIED));
    // When
    Outcome forbidden = blocked(tenant(REF));
    // Then
    assertThat(forbidden).isEqualTo(absent);
    assertThat(forbidden.reason()).isEqualTo(Reason.ACCOUNT_NOT_USABLE);
    assertThat(world.reads).isZero();
  }

  /** A resource that refers to an account never falls back to the keys in its own Secret. */
  @Test
  void neverUsesItsOwnKeysInstead() {
    // When
    DesiredResolver.Resolution resolved =
        new DesiredResolver(ReconcileInputs.SETTINGS)
            .resolve(ReconcileInputs.helpdesk(REF).build());
    // Then
    assertThat(resolved)
        .isInstanceOfSatisfying(
            DesiredResolver.Resolution.Blocked.class,
            found -> assertThat(found.outcome().reason()).isEqualTo(Reason.ACCOUNT_NOT_USABLE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          conditions: []                                                                                       | AccountNotReady | it is being verified
          credentialsRevision: r1, conditions: [{type: Ready, status: 'False', reason: IdentityChanged}]       | AccountNotReady | IdentityChanged
          credentialsRevision: r1, conditions: [{type: Ready, status: 'False', reason: SecretNotFound}]        | AccountNotReady | SecretNotFound
          credentialsRevision: r1, conditions: [{type: Ready, status: 'True', reason: OfAnotherVersion}]       | AccountNotReady | it is being verified
          conditions: [{type: Ready, status: 'True', reason: Verified}]                                        | AccountNotReady | it is being verified
          """)
  void anAccountThatIsNotVerifiedIsNotUsed(String status, String reason, String trouble) {
    // Given
    world.account = Optional.of(account(ALLOWED, status));
    // When
    Outcome outcome = blocked(tenant(REF));
    // Then
    assertThat(outcome.reason().label()).isEqualTo(reason);
    assertThat(outcome.message()).contains("platform/acme cannot be used now: " + trouble);
    assertThat(world.reads).isZero();
  }

  @Test
  void anAccountThatItsOwnerSuspendedIsNotUsed() {
    // Given
    world.account = Optional.of(account(ALLOWED + ", suspend: true", VERIFIED));
    // When
    Outcome outcome = blocked(tenant(REF));
    // Then
    assertThat(outcome.reason()).isEqualTo(Reason.SUSPENDED);
    assertThat(outcome.message()).contains("platform/acme is suspended by its owner");
    assertThat(world.reads).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Manage  | taking over instance 7 by spec.adoptInstanceId
          Observe | taking over instance 7 by spec.adoptInstanceId
          Plan    | taking over instance 7 by spec.adoptInstanceId
          """)
  void takesNoInstanceThatTheOwnerDoesNotPermit(String policy, String what) {
    // Given
    world.account = Optional.of(account(ALLOWED, VERIFIED));
    // When
    Outcome outcome = blocked(tenant(REF + "\nadoptInstanceId: 7\nmanagementPolicy: " + policy));
    // Then
    assertThat(outcome.reason()).isEqualTo(Reason.NOT_PERMITTED);
    assertThat(outcome.message()).contains(what, "spec.permit");
    assertThat(world.reads).isZero();
  }

  /** An id in a status, or an adoption that a status calls complete, is no permission. */
  @ParameterizedTest
  @CsvSource({
    "allowedNamespaces: {from: All}, false",
    "'allowedNamespaces: {from: All}, permit: {adoption: Forbidden}', false",
    "'allowedNamespaces: {from: All}, permit: {adoption: Allowed}', true"
  })
  void observesAnUnmarkedInstanceOnlyWhereAdoptionIsPermitted(String terms, boolean permitted) {
    // Given
    world.account = Optional.of(account(terms, VERIFIED));
    ReconcileInputs observing = tenant(REF + "\nmanagementPolicy: Observe");
    observing.build().resource().setStatus(Resources.status(3L, 7L, "0123456789ab", null));
    // When
    DesiredResolver.Resolution resolved = resolved(observing);
    // Then
    assertThat(resolved)
        .isInstanceOfSatisfying(
            DesiredResolver.Resolution.Resolved.class,
            found -> assertThat(found.desired().takesUnmarked()).isEqualTo(permitted));
  }

  @Test
  void takesAnInstanceOfAnotherClusterOnlyWhereThatIsPermitted() {
    // Given
    world.account = Optional.of(account(ALLOWED, VERIFIED));
    ReconcileInputs asked = tenant(REF);
    asked.build().resource().getMetadata().setAnnotations(new TreeMap<>());
    // When
    Outcome outcome = blocked(asked.annotated("cloudelements.io/take-over", "7"));
    // Then
    assertThat(outcome.reason()).isEqualTo(Reason.NOT_PERMITTED);
  }

  @Test
  void aDeletionWorksWhileTheAccountWaitsForItsLastResource() {
    // Given
    world.account =
        Optional.of(
            account(
                "allowedNamespaces: {from: Same}",
                "fingerprint: 0123456789ab, credentialsRevision: r1, conditions: [{type: Ready,"
                    + " status: 'False', reason: InUse}]"));
    ReconcileInputs deleting = tenant(REF).deleting();
    deleting.build().resource().setStatus(Resources.status(3L, 7L, "0123456789ab", null));
    // When
    DesiredResolver.Resolution resolved = resolved(deleting);
    // Then
    assertThat(resolved).isInstanceOf(DesiredResolver.Resolution.Resolved.class);
  }

  /** It is not verified again while it goes, so a person must not be told to wait for that. */
  @ParameterizedTest
  @CsvSource({
    "InUse, true, 'it is being deleted, and its Secret does not have what the service accepted"
        + " last'",
    "SecretNotFound, false, SecretNotFound",
    "Verified, false, it is being verified"
  })
  void aDeletionSaysWhyNothingOpensTheAccount(String reason, boolean leaving, String trouble) {
    // Given
    world.account =
        Optional.of(account(ALLOWED, VERIFIED.replace("reason: Verified", "reason: " + reason)));
    if (leaving) {
      world.account.get().getMetadata().setDeletionTimestamp("2026-11-30T12:00:00Z");
    }
    world.keys = Optional.empty();
    // When
    Outcome outcome = blocked(tenant(REF).deleting());
    // Then
    assertThat(outcome.reason()).isEqualTo(Reason.ACCOUNT_NOT_READY);
    assertThat(outcome.message())
        .startsWith("CloudElementsAccount platform/acme cannot be used now: " + trouble + ". ");
  }

  @ParameterizedTest
  @CsvSource({"true, True", "false, False"})
  void staysReadyWithoutTheAccountAsLongAsItsTokenIsDelivered(boolean there, String ready) {
    // Given
    ReconcileInputs given = tenant(REF).finalized();
    if (there) {
      given.withToken("acme-token", "t");
    }
    given.build().resource().setStatus(Resources.status(3L, 7L, "0123456789ab", "acme-token"));
    RecordedCluster cluster = new RecordedCluster();
    // When
    new Reconciliation(
            OneAnswer.toNothing(),
            CallPermits.UNLIMITED,
            cluster,
            ReconcileInputs.SETTINGS,
            FleetGuards.of(new RecreationGuard(5, Duration.ofMinutes(10), _ -> 1)),
            () -> Instant.parse("2026-11-30T12:00:00Z"))
        .run(given.build().with(new AccountSource.NotUsable(new ResourceId("platform", "acme"))));
    // Then
    assertThat(cluster.status().conditions().getFirst().getStatus()).isEqualTo(ready);
  }

  @Test
  void itsVersionIsKnownBeforeASecretIsRead() {
    // Given
    world.account = Optional.of(account(ALLOWED, VERIFIED));
    ReconcileInput input = tenant(REF).build();
    AccountAuthorizer gate = new AccountAuthorizer(world);
    // When
    String version = AccountObjectAccess.version(gate, input.resource());
    // Then
    assertThat(world.reads).isZero();
    AccountSource opened = AccountObjectAccess.open(gate, input.resource());
    assertThat(version.replace("0123456789ab", ACCOUNT.fingerprint())).isEqualTo(opened.version());
  }

  private static ReconcileInputs tenant(String spec) {
    return ReconcileInputs.withoutAccount(spec);
  }

  private DesiredResolver.Resolution resolved(ReconcileInputs given) {
    ReconcileInput input = given.build();
    return new DesiredResolver(ReconcileInputs.SETTINGS)
        .resolve(
            input.with(AccountObjectAccess.open(new AccountAuthorizer(world), input.resource())));
  }

  private Outcome blocked(ReconcileInputs given) {
    return ((DesiredResolver.Resolution.Blocked) resolved(given)).outcome();
  }

  private static CloudElementsAccount account(String spec, String status) {
    String manifest =
        """
        metadata: {name: acme, namespace: platform, uid: u-1, generation: 1}
        spec: {secretRef: {name: acme-admin}, %s}
        status: {%s}
        """
            .formatted(spec, status);
    return Serialization.unmarshal(manifest, CloudElementsAccount.class);
  }
}
