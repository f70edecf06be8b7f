package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.AuditLogAnswer;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.DriftedField;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstanceCall.ReadAuditLog;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.reconcile.ReconcileEnd;
import io.cloudelements.connectwise.reconcile.ReconcileEvent;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileResult;
import io.cloudelements.connectwise.reconcile.Resources;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** One question for each drift that was found, after the reconcile, and one event. */
class DriftAuthorLookupTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final ReconcileInput INPUT = new ReconcileInput(Resources.acme(), Map.of());
  private static final AccountAccess ACCESS = access("u");

  private final List<InstanceCall<?>> calls = new ArrayList<>();
  private final List<EventRecord> events = new ArrayList<>();
  private final List<Runnable> begun = new ArrayList<>();
  private Supplier<AuditLogAnswer> answer =
      () -> new AuditLogAnswer.Told("42", "203.0.113.7", "2026-11-24T09:59:00Z");
  private final DriftAuthorLookup lookup =
      new DriftAuthorLookup(
          new Service(), (_, event) -> events.add(event), InstantSource.fixed(NOW), begun::add);

  private final class Service implements InstancesApi {
    @Override
    public <T> T call(AccountAccess access, InstanceCall<T> call) {
      calls.add(call);
      return call.answerType().cast(answer.get());
    }
  }

  @Test
  void tellsWhoChangedTheInstance() {
    // When
    observe(drift(DriftedField.NAME));
    begun.forEach(Runnable::run);
    // Then
    assertThat(calls).containsExactly(new ReadAuditLog(7, NOW.minus(Duration.ofHours(24)), NOW));
    assertThat(events)
        .containsExactly(
            EventRecord.normal(
                "DriftFound",
                "Instance 7 was changed at the service (name). Its audit log names as the last"
                    + " change before that: user 42 from 203.0.113.7 at 2026-11-24T09:59:00Z."));
  }

  /** Two fields of one instance count as one change. */
  @Test
  void asksOnceForAllFields() {
    // When
    observe(drift(DriftedField.TAGS, DriftedField.NAME));
    begun.forEach(Runnable::run);
    // Then
    assertThat(calls).hasSize(1);
    assertThat(events)
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains("(name, tags)"));
  }

  /** A reconcile without drift costs nothing. */
  @Test
  void asksNothingWithoutDrift() {
    // When
    observe(drift());
    // Then
    assertThat(begun).isEmpty();
  }

  /** The repair is over, and its result handed on, before the service is asked at all. */
  @Test
  void isNeverInTheWayOfTheReconcile() {
    // Given
    ReconcileResult result = drift(DriftedField.NAME);
    // When
    Optional<ReconcileEnd> end = observe(result);
    // Then
    assertThat(end).contains(result);
    assertThat(calls).isEmpty();
    assertThat(begun).hasSize(1);
  }

  @Test
  void tellsThatNothingIsTold() {
    // Given
    answer = () -> new AuditLogAnswer.NotTold("its audit log answered with status 403");
    // When
    observe(drift(DriftedField.ENABLED));
    begun.forEach(Runnable::run);
    // Then
    assertThat(events)
        .containsExactly(
            EventRecord.normal(
                "DriftFound",
                "Instance 7 was changed at the service (enabled). The service does not tell who"
                    + " changed it: its audit log answered with status 403."));
  }

  /** A busy or paused account is not asked, and the drift is told all the same. */
  @Test
  void tellsThatItWasNotAsked() {
    // Given
    answer =
        () -> {
          throw new InstancesApiException(RemoteFailure.NotSent.stopped());
        };
    // When
    observe(drift(DriftedField.NAME));
    begun.forEach(Runnable::run);
    // Then
    assertThat(events)
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains("its audit log was not asked"));
  }

  /** A thousand resources that drift at once must not become a thousand waiting questions. */
  @Test
  void boundsTheQuestionsThatWait() {
    // When
    for (int i = 0; i < 1_000; i++) {
      observe(drift(DriftedField.NAME));
    }
    // Then
    assertThat(begun).hasSize(16);
    assertThat(events)
        .hasSize(984)
        .allSatisfy(
            event -> assertThat(event.message()).contains("many instances were changed at once"));
    begun.forEach(Runnable::run);
    observe(drift(DriftedField.NAME));
    assertThat(begun).as("a place is free again").hasSize(17);
  }

  /** One tenant's drift must not take the lookups from another tenant. */
  @Test
  void anAccountThatDriftsWithoutEndLeavesOthersTheirPlaces() {
    // Given
    for (int i = 0; i < 1_000; i++) {
      observe(drift(DriftedField.NAME));
    }
    events.clear();
    // When
    observe(drift(access("neighbour"), DriftedField.NAME));
    begun.getLast().run();
    // Then
    assertThat(events)
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains("user 42 from 203.0.113.7"));
  }

  /** A question that lost its place is told once, and never asked. */
  @Test
  void theNamespaceWithTheMostQuestionsMakesRoomAndIsTold() {
    // Given: sixteen accounts with all of their questions
    for (int i = 0; i < 256; i++) {
      observe(drift(access("account-" + i / 16), DriftedField.NAME));
    }
    // When
    observe(of("neighbour"), drift(access("neighbour"), DriftedField.NAME));
    begun.forEach(Runnable::run);
    // Then
    assertThat(calls).hasSize(256);
    assertThat(events).hasSize(257);
    assertThat(events.getFirst().message()).contains("many instances were changed at once");
    assertThat(events.subList(1, 257))
        .allSatisfy(event -> assertThat(event.message()).contains("user 42 from 203.0.113.7"));
  }

  /** However many accounts a tenant has, another one's question that waits is answered. */
  @Test
  void aTenantWithManyAccountsDisplacesNoQuestionOfAnother() {
    // Given
    observe(of("neighbour"), drift(access("neighbour"), DriftedField.NAME));
    // When
    for (int i = 0; i < 17 * 16; i++) {
      observe(drift(access("account-" + i / 16), DriftedField.NAME));
    }
    events.clear();
    begun.getFirst().run();
    // Then
    assertThat(events)
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains("user 42 from 203.0.113.7"));
  }

  private static ReconcileInput of(String namespace) {
    return new ReconcileInput(
        Resources.acme(acme -> acme.getMetadata().setNamespace(namespace)), Map.of());
  }

  private static AccountAccess access(String userSecret) {
    return AccountAccess.to(
        new Account(
            URI.create("https://api.example.com"),
            SecretValue.of(userSecret),
            SecretValue.of("o")));
  }

  private Optional<ReconcileEnd> observe(ReconcileResult result) {
    return observe(INPUT, result);
  }

  private Optional<ReconcileEnd> observe(ReconcileInput input, ReconcileResult result) {
    return lookup.observe(input, Duration.ZERO, () -> Optional.of(result));
  }

  private static ReconcileResult drift(DriftedField... fields) {
    return drift(ACCESS, fields);
  }

  private static ReconcileResult drift(AccountAccess access, DriftedField... fields) {
    return new ReconcileResult(
        Optional.of(Reason.AVAILABLE),
        Optional.of(Duration.ofMinutes(10)),
        Set.of(fields).stream().<ReconcileEvent>map(ReconcileEvent.DriftFound::new).toList(),
        new ReconcileResult.Remembered(
            Optional.empty(),
            Optional.of(new CredentialsResult.Complete(access, Configuration.EMPTY)),
            false,
            false,
            Optional.empty()));
  }
}
