package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.Adoption;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.PlannerInput;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which deletions wait for a person. */
class DeletionGuardTest {
  /** When the resource of the tests is deleted. */
  private static final Instant NOON = Instant.parse("2026-11-24T10:00:00Z");

  private static final int LIMIT = 5;
  private static final Action.Delete DELETE = new Action.Delete(new TreeSet<>(Set.of(7L)));

  private final List<ConnectWiseInstance> shown = new ArrayList<>();
  private final DeletionGuard guard = new DeletionGuard(LIMIT, _ -> shown);

  @Test
  void holdsTheSixthOfTwenty() {
    // Given
    others(5, DeletionGuardTest::deleted);
    others(14, _ -> {});
    // When
    Action next = before(resource());
    // Then
    assertThat(next).matches(DeletionGuardTest::isHeld);
  }

  @Test
  void doesNotHoldTheFifthOfTwenty() {
    // Given
    others(4, DeletionGuardTest::deleted);
    others(15, _ -> {});
    // When
    Action next = before(resource());
    // Then
    assertThat(next).isEqualTo(DELETE);
  }

  @Test
  void doesNotHoldAFifthOfALargeAccount() {
    // Given
    others(9, DeletionGuardTest::deleted);
    others(40, _ -> {});
    // When
    Action next = before(resource());
    // Then
    assertThat(next).as("10 of 50 is exactly a fifth").isEqualTo(DELETE);
  }

  /** Many that observe or retain would otherwise let all others go. */
  @Test
  void resourcesThatLoseNothingMakeTheAccountNoLarger() {
    // Given
    others(5, DeletionGuardTest::deleted);
    others(60, Harmless.RETAINED);
    // When
    Action next = before(resource());
    // Then
    assertThat(next).matches(DeletionGuardTest::isHeld);
  }

  /** By default a namespace can be deleted. */
  @Test
  void holdsNothingWithoutALimit() {
    // Given
    others(19, DeletionGuardTest::deleted);
    DeletionGuard off = new DeletionGuard(0, _ -> shown);
    // When
    Action next = off.before(DELETE, resource().build(), plannerInput(resource().build()));
    // Then
    assertThat(next).isEqualTo(DELETE);
  }

  /** However late it is looked at, and whatever a restart has forgotten. */
  @Test
  void countsByTheTimeOfTheDeletions() {
    // Given
    others(5, other -> deletedAt(other, NOON.plus(Duration.ofMinutes(9))));
    others(5, other -> deletedAt(other, NOON.minus(Duration.ofMinutes(11))));
    // When
    Action next = before(resource(), NOON.plus(Duration.ofDays(3)));
    // Then
    assertThat(next).matches(DeletionGuardTest::isHeld);
  }

  @Test
  void deletionsOfAnotherTimeDoNotCount() {
    // Given
    others(9, other -> deletedAt(other, NOON.minus(Duration.ofMinutes(11))));
    others(9, other -> deletedAt(other, NOON.plus(Duration.ofMinutes(11))));
    // When
    Action next = before(resource());
    // Then
    assertThat(next).isEqualTo(DELETE);
  }

  /** Resources whose deletion deletes no instance. */
  private enum Harmless implements Consumer<ConnectWiseInstance> {
    RETAINED {
      @Override
      public void accept(ConnectWiseInstance resource) {
        resource.setSpec(
            ReconcileInputs.of(spec("deletionPolicy: Retain")).build().resource().getSpec());
      }
    },
    OBSERVED {
      @Override
      public void accept(ConnectWiseInstance resource) {
        resource.setSpec(
            ReconcileInputs.of(spec("managementPolicy: Observe")).build().resource().getSpec());
      }
    },
    NEVER_MADE {
      @Override
      public void accept(ConnectWiseInstance resource) {
        resource.setStatus(Resources.status(1L, null, "account-1", null));
      }
    },
    WITHOUT_FINALIZER {
      @Override
      public void accept(ConnectWiseInstance resource) {
        resource.getMetadata().setFinalizers(List.of("example.com/another"));
      }
    },
    NOT_YET_ADOPTED {
      @Override
      public void accept(ConnectWiseInstance resource) {
        resource.setStatus(
            Resources.adopting(
                resource.getStatus(), new Adoption.Open(7L, NOON, Optional.of(Set.of()))));
      }
    };

    private static String spec(String line) {
      return "hub: helpdesk\ncredentialsSecretRef: {name: acme}\n" + line;
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesNotCount(Harmless harmless) {
    // Given
    others(
        19,
        other -> {
          deleted(other);
          harmless.accept(other);
        });
    // When
    Action next = before(resource());
    // Then
    assertThat(next).isEqualTo(DELETE);
  }

  /** One after the other, each gone before the next is deleted. */
  @Test
  void countsThoseThatAreGone() {
    // Given
    others(14, _ -> {});
    for (int i = 0; i < LIMIT; i++) {
      assertThat(before(named("gone-" + i))).isEqualTo(DELETE);
    }
    // When
    Action next = before(resource());
    // Then
    assertThat(next).matches(DeletionGuardTest::isHeld);
  }

  @Test
  void countsNoDeletionTwice() {
    // Given
    for (int i = 0; i < 4; i++) {
      before(named("gone-" + i));
      shown.add(named("gone-" + i).build().resource());
    }
    others(15, _ -> {});
    // When
    before(resource());
    Action again = before(resource());
    // Then
    assertThat(again).as("five of twenty").isEqualTo(DELETE);
  }

  @Test
  void accountsAreCountedSeparately() {
    // Given
    others(19, DeletionGuardTest::deleted);
    DeletionGuard ofAnother =
        new DeletionGuard(LIMIT, account -> account.equals("another") ? shown : List.of());
    // When
    Action next = ofAnother.before(DELETE, resource().build(), plannerInput(resource().build()));
    // Then
    assertThat(next).isEqualTo(DELETE);
  }

  /** Nothing may ever be deleted again in an account that is not used any more. */
  @Test
  void whatIsPastIsForgottenWhicheverAccountIsLookedAt() {
    // Given
    others(14, _ -> {});
    for (int i = 0; i < LIMIT; i++) {
      before(named("gone-" + i));
    }
    before(ofAnotherAccount(), NOON.plus(Duration.ofMinutes(11)));
    // When: only by a clock that is set back does it show
    Action next = before(resource());
    // Then
    assertThat(next).isEqualTo(DELETE);
  }

  /** The others were confirmed one by one, and are gone. */
  @Test
  void aHoldStaysWhenNoOtherIsDeletedAnyMore() {
    // When
    Action next = before(held());
    // Then
    assertThat(next).matches(DeletionGuardTest::isHeld);
  }

  @Test
  void theIdOfTheInstanceConfirms() {
    // When
    Action next = before(held().annotated("cloudelements.io/confirm-deletion", "7"));
    // Then
    assertThat(next).isEqualTo(DELETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "8", "1"})
  void anotherValueDoesNotConfirm(String value) {
    // When
    Action next = before(held().annotated("cloudelements.io/confirm-deletion", value));
    // Then
    assertThat(next).matches(DeletionGuardTest::isHeld);
    assertThat(outcome(next).message())
        .contains("cloudelements.io/confirm-deletion: \"7\"", "the value \"" + value + "\"");
  }

  @Test
  void theOwnerOfTheAccountConfirmsWhatWasAskedForUntilThen() {
    // Given
    ReconcileInputs resource = held().from(account(Optional.of(NOON)));
    // When
    Action next = before(resource);
    // Then
    assertThat(next).isEqualTo(DELETE);
  }

  @Test
  void theOwnerOfTheAccountDoesNotConfirmWhatIsAskedForLater() {
    // Given
    ReconcileInputs resource = held().from(account(Optional.of(NOON.minusSeconds(1))));
    // When
    Action next = before(resource);
    // Then
    assertThat(next).matches(DeletionGuardTest::isHeld);
    assertThat(outcome(next).message()).contains("CloudElementsAccount platform/acme");
  }

  /** Only what deletes an instance waits: what is gone already, or is given back, does not. */
  @Test
  void otherActionsPass() {
    // Given
    ReconcileInput input = held().build();
    Action release = new Action.Release(7, Set.of("old"));
    // When
    Action next = guard.before(release, input, plannerInput(input));
    // Then
    assertThat(next).isEqualTo(release);
  }

  @ParameterizedTest(name = "{0} s apart: {1}")
  @CsvSource({"600, true", "601, false"})
  void deletionsWithinTenMinutesBelongTogether(long seconds, boolean held) {
    // Given
    others(5, other -> deletedAt(other, NOON.minusSeconds(seconds)));
    others(14, _ -> {});
    // When
    Action next = before(resource());
    // Then
    assertThat(isHeld(next)).isEqualTo(held);
  }

  /** A fifth of 29 is five, of 30 six: those that are gone belong to the account. */
  @ParameterizedTest(name = "{0} gone, {1} of them still shown, {2} others: {3}")
  @CsvSource({
    "5, 0, 24, false",
    "5, 0, 23, true",
    "5, 5, 29, false",
    "5, 5, 28, true",
    "5, 5, 24, true",
  })
  void thoseThatAreGoneCountOnceInTheSizeOfTheAccount(
      int gone, int stillShown, int others, boolean held) {
    // Given
    for (int i = 0; i < gone; i++) {
      assertThat(before(named("gone-" + i))).isEqualTo(DELETE);
    }
    for (int i = 0; i < stillShown; i++) {
      shown.add(named("gone-" + i).build().resource());
    }
    others(others - stillShown, _ -> {});
    // When
    Action next = before(resource());
    // Then
    assertThat(isHeld(next)).isEqualTo(held);
  }

  private Action before(ReconcileInputs resource) {
    return before(resource, NOON);
  }

  private Action before(ReconcileInputs resource, Instant now) {
    ReconcileInput input = resource.build();
    return guard.before(DELETE, input, plannerInput(input, now));
  }

  private static PlannerInput plannerInput(ReconcileInput input) {
    return plannerInput(input, NOON);
  }

  private static PlannerInput plannerInput(ReconcileInput input, Instant now) {
    return new PlannerInput(
        desired(input),
        StatusReader.recorded(input.resource()),
        Observation.NONE,
        ReconcileInputs.SETTINGS.window(),
        false,
        now);
  }

  private static DesiredInstance desired(ReconcileInput input) {
    // The account is that of the resource's own Secrets; what confirms is read from the input.
    var resolution =
        new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input.with(AccountSource.OWN));
    return ((DesiredResolver.Resolution.Resolved) resolution).desired();
  }

  private static AccountSource.Open account(Optional<Instant> confirmed) {
    return new AccountSource.Open(
        new ResourceId("platform", "acme"),
        desired(resource().build()).account(),
        false,
        new AccountSource.InstanceLimits(Optional.empty(), Optional.empty()),
        Optional.empty(),
        confirmed,
        "");
  }

  /** Being deleted since noon, with instance 7. */
  private static ReconcileInputs resource() {
    return ReconcileInputs.helpdesk()
        .deleting()
        .reporting(Resources.status(3L, 7L, "account-1", "acme-token"));
  }

  private static ReconcileInputs ofAnotherAccount() {
    Map<String, String> entries = new HashMap<>(ReconcileInputs.CREDENTIALS);
    entries.put("organizationSecret", "another");
    return resource().with("acme", entries);
  }

  private static ReconcileInputs named(String uid) {
    ReconcileInputs other = resource();
    other.build().resource().getMetadata().setUid(uid);
    return other;
  }

  private static ReconcileInputs held() {
    return resource()
        .reporting(
            Resources.reporting(
                Resources.status(3L, 7L, "account-1", "acme-token"), Reason.DELETION_HELD));
  }

  private void others(int many, Consumer<ConnectWiseInstance> difference) {
    for (int i = 0; i < many; i++) {
      String name = "other-" + shown.size();
      shown.add(
          Resources.acme(other -> {
            other.getMetadata().setName(name);
            other.getMetadata().setUid(name);
            difference.accept(other);
          }));
    }
  }

  private static void deleted(ConnectWiseInstance resource) {
    deletedAt(resource, NOON);
  }

  private static void deletedAt(ConnectWiseInstance resource, Instant then) {
    resource.getMetadata().setDeletionTimestamp(then.toString());
  }

  private static boolean isHeld(Action action) {
    return action instanceof Action.Finish && outcome(action).reason() == Reason.DELETION_HELD;
  }

  private static Outcome outcome(Action action) {
    return ((Action.Finish) action).outcome();
  }
}
