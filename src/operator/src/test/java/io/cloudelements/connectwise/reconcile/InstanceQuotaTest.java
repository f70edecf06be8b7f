package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.Intent;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.instance.SendWindow;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many instances an account has room for. */
class InstanceQuotaTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final ResourceId ACCOUNT = new ResourceId("platform", "acme");

  private final List<ConnectWiseInstance> shown = new ArrayList<>();
  private final InstanceQuota quota = new InstanceQuota(_ -> shown.stream());

  @Test
  void hasRoomWithoutALimit() {
    // Given
    show("team-a", "one");
    // When
    Optional<Outcome> full = quota.take(account(null, null), id("team-a", "two"), NOON);
    // Then
    assertThat(full).isEmpty();
  }

  @Test
  void isFullWhenAsManyInstancesAreThereAsAllowed() {
    // Given
    show("team-a", "one");
    show("team-b", "two");
    // When
    Optional<Outcome> full = quota.take(account(2, null), id("team-a", "three"), NOON);
    // Then
    assertThat(full)
        .hasValueSatisfying(outcome -> {
          assertThat(outcome.reason()).isEqualTo(Reason.QUOTA_REACHED);
          assertThat(outcome.message())
              .contains("platform/acme", "2 of 2", "spec.limits.instances");
        });
  }

  @Test
  void aNamespaceIsFullWhileOthersHaveRoom() {
    // Given
    show("team-a", "one");
    // When
    Optional<Outcome> same = quota.take(account(10, 1), id("team-a", "two"), NOON);
    Optional<Outcome> other = quota.take(account(10, 1), id("team-b", "one"), NOON);
    // Then
    assertThat(same)
        .hasValueSatisfying(outcome ->
            assertThat(outcome.message()).contains("1 of 1", "spec.limits.instancesPerNamespace"));
    assertThat(other).isEmpty();
  }

  @Test
  void whoCountsAlreadyNeedsNoFurtherRoom() {
    // Given
    show("team-a", "one");
    // When
    Optional<Outcome> again = quota.take(account(1, 1), id("team-a", "one"), NOON);
    // Then
    assertThat(again).isEmpty();
  }

  @Test
  void countsWhatTheWatchDoesNotShowYet() {
    // Given
    quota.take(account(1, null), id("team-a", "one"), NOON);
    // When
    Optional<Outcome> second = quota.take(account(1, null), id("team-b", "two"), NOON);
    // Then
    assertThat(second).isPresent();
  }

  @Test
  void aPlaceThatLedToNothingIsFreeAfterAMinute() {
    // Given
    quota.take(account(1, null), id("team-a", "one"), NOON);
    // When
    Optional<Outcome> second =
        quota.take(account(1, null), id("team-b", "two"), NOON.plus(Duration.ofSeconds(61)));
    // Then
    assertThat(second).isEmpty();
  }

  @Test
  void aResourceWithoutAnInstanceDoesNotCount() {
    // Given
    show("team-a", "one");
    shown.getFirst().setStatus(Resources.status(1L, null, null, null));
    // When
    Optional<Outcome> full = quota.take(account(1, null), id("team-a", "two"), NOON);
    // Then
    assertThat(full).isEmpty();
  }

  /** They would each have room for what the other one has admitted. */
  @Test
  void twoObjectsOfOneAccountShareItsPlaces() {
    // Given
    quota.take(account(1, null), id("team-a", "one"), NOON);
    // When
    Optional<Outcome> second =
        quota.take(
            account(new ResourceId("platform", "acme-too"), "u", 1, null),
            id("team-b", "two"),
            NOON);
    Optional<Outcome> elsewhere =
        quota.take(
            account(new ResourceId("platform", "other"), "another", 1, null),
            id("team-b", "two"),
            NOON);
    // Then
    assertThat(second).isPresent();
    assertThat(elsewhere).isEmpty();
  }

  /** Its instance is gone, or was left on purpose; the finalizer of another program holds it. */
  @Test
  void aResourceOnlyHeldByOthersDoesNotCount() {
    // Given
    show("team-a", "one");
    shown.getFirst().getMetadata().setDeletionTimestamp("2026-11-30T11:00:00Z");
    shown.getFirst().getMetadata().setFinalizers(List.of("example.com/archive"));
    // When
    Optional<Outcome> full = quota.take(account(1, null), id("team-a", "two"), NOON);
    // Then
    assertThat(full).isEmpty();
  }

  /** docs/accounts.md says so; a policy is the way to have none left behind. */
  @Test
  void anInstanceThatItsResourceLeftBehindDoesNotCount() {
    // Given
    show("team-a", "retained");
    assertThat(quota.take(account(1, null), id("team-a", "two"), NOON)).isPresent();
    // When
    shown.clear();
    Optional<Outcome> full = quota.take(account(1, null), id("team-a", "two"), NOON);
    // Then
    assertThat(full).isEmpty();
  }

  @Test
  void aLimitOfEachNamespaceAloneIsALimit() {
    // Given
    show("team-a", "one");
    // When
    Optional<Outcome> full = quota.take(account(null, 1), id("team-a", "two"), NOON);
    // Then
    assertThat(full).isPresent();
  }

  @Test
  void aPlaceIsKeptForAMinute() {
    // Given
    quota.take(account(1, null), id("team-a", "one"), NOON);
    // When
    Optional<Outcome> second =
        quota.take(account(1, null), id("team-b", "two"), NOON.plus(Duration.ofSeconds(60)));
    // Then
    assertThat(second).isPresent();
  }

  /** Whatever else is done next is about an instance that counts already. */
  @Test
  void onlyTheFirstRecordOfACreationNeedsAPlace() {
    // Given
    show("team-a", "one");
    ReconcileInput input = ReconcileInputs.helpdesk().from(account(1, null)).build();
    Action first = new Action.RecordIntent(new Intent(1, NOON), true);
    Action repeated = new Action.RecordIntent(new Intent(2, NOON), false);
    Action create = new Action.Create(SendWindow.ALWAYS);
    // Then
    assertThat(quota.before(first, input, NOON))
        .isInstanceOfSatisfying(
            Action.Finish.class,
            finish -> assertThat(finish.outcome().reason()).isEqualTo(Reason.QUOTA_REACHED));
    assertThat(quota.before(repeated, input, NOON)).isEqualTo(repeated);
    assertThat(quota.before(create, input, NOON)).isEqualTo(create);
    assertThat(quota.before(first, input.with(AccountSource.OWN), NOON))
        .as("its own Secrets have no limits")
        .isEqualTo(first);
  }

  @Test
  void aCreationBeginsWhereThereIsRoom() {
    // Given
    ReconcileInput input = ReconcileInputs.helpdesk().from(account(1, null)).build();
    Action first = new Action.RecordIntent(new Intent(1, NOON), true);
    // When
    Action next = quota.before(first, input, NOON);
    // Then
    assertThat(next).isEqualTo(first);
  }

  private void show(String namespace, String name) {
    shown.add(
        Resources.acme(resource -> {
          resource.getMetadata().setNamespace(namespace);
          resource.getMetadata().setName(name);
        }));
  }

  private static ResourceId id(String namespace, String name) {
    return new ResourceId(namespace, name);
  }

  private static AccountSource.Open account(Integer instances, Integer perNamespace) {
    return account(ACCOUNT, "u", instances, perNamespace);
  }

  private static AccountSource.Open account(
      ResourceId name, String user, Integer instances, Integer perNamespace) {
    return new AccountSource.Open(
        name,
        new Account(
            URI.create("https://api.example.com"), SecretValue.of(user), SecretValue.of("o")),
        false,
        new AccountSource.InstanceLimits(
            Optional.ofNullable(instances), Optional.ofNullable(perNamespace)),
        Optional.empty(),
        Optional.empty(),
        "");
  }
}
