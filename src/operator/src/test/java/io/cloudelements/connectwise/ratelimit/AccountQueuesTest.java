package io.cloudelements.connectwise.ratelimit;

import static io.cloudelements.connectwise.instance.Priority.CHANGES;
import static io.cloudelements.connectwise.instance.Priority.CREATIONS;
import static io.cloudelements.connectwise.instance.Priority.DRIFT;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ErrorAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.Admission.Admitted;
import io.cloudelements.connectwise.ratelimit.Admission.PauseCause;
import io.cloudelements.connectwise.ratelimit.Admission.PausedUntil;
import io.cloudelements.connectwise.ratelimit.Admission.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which resource gets a permit, for which one is reserved, and when none is given. */
class AccountQueuesTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration A_WHILE = Duration.ofSeconds(30);
  private static final AccountKey ACCOUNT = new AccountKey("5f2c0c9a1b7e", "api.example.com");
  private static final AccountKey OTHER = new AccountKey("0123456789ab", "api.example.com");

  private static final ResourceId OBJECT = new ResourceId("platform", "acme-production");
  private static final ResourceId SAME_ACCOUNT = new ResourceId("platform", "acme-too");

  private final AccountQueues queues = new AccountQueues(new QueueSettings(1, 8, 5, A_WHILE));
  private final List<String> forgotten = new ArrayList<>();
  private Instant now = NOON;

  @Test
  void admitsAtOnceWhenASlotIsFree() {
    // When
    Admission admission = ask("first");
    // Then
    assertThat(admission).isInstanceOf(Admitted.class);
    assertThat(reserved()).as("the caller knows").isEmpty();
  }

  @Test
  void queuesAResourceAndCallsItWhenASlotIsFree() {
    // Given
    Permit permit = admitted("first");
    assertThat(ask("second")).isInstanceOf(Queued.class);
    assertThat(queues.since(resource("second"))).contains(now);
    // When
    queues.release(permit, now);
    // Then
    assertThat(reserved()).containsExactly("second");
    assertThat(ask("second")).isInstanceOf(Admitted.class);
  }

  @Test
  void anAccountHasNoMorePermitsThanItsOwnerWants() {
    // Given
    AccountQueues wide = new AccountQueues(new QueueSettings(16, 64, 5, A_WHILE));
    wide.limit(OBJECT, limit(ACCOUNT, "2026-11-30", 2), now);
    // When
    List<Admission> asked =
        Stream.of("first", "second", "third")
            .map(name -> wide.admit(ACCOUNT, resource(name), Priority.CHANGES, now))
            .toList();
    // Then
    assertThat(asked).hasExactlyElementsOfTypes(Admitted.class, Admitted.class, Queued.class);
    // When
    wide.unlimit(OBJECT, now);
    // Then
    assertThat(wide.events()).contains(new QueueEvent.Reserved(resource("third")));
  }

  @Test
  void anOwnerCannotHaveMorePermitsThanTheOperatorGives() {
    // Given
    queues.limit(OBJECT, limit(ACCOUNT, "2026-11-30", 100), now);
    admitted("first");
    // When
    Admission second = ask("second");
    // Then
    assertThat(second).isInstanceOf(Queued.class);
  }

  /** A tenant's own object of the account would otherwise slow all others down. */
  @Test
  void theOldestObjectDecidesWhereTwoOpenOneAccount() {
    // Given
    AccountQueues wide = new AccountQueues(new QueueSettings(16, 64, 5, A_WHILE));
    wide.limit(OBJECT, limit(ACCOUNT, "2026-11-30", 2), now);
    // When
    wide.limit(SAME_ACCOUNT, limit(ACCOUNT, "2026-12-01", 1), now);
    // Then
    assertThat(askedAll(wide)).hasExactlyElementsOfTypes(Admitted.class, Admitted.class);
  }

  /** The last one that was reconciled would otherwise decide. */
  @Test
  void aLaterObjectDoesNotWidenTheLimitOfTheOldest() {
    // Given
    AccountQueues wide = new AccountQueues(new QueueSettings(16, 64, 5, A_WHILE));
    wide.limit(OBJECT, limit(ACCOUNT, "2026-11-30", 1), now);
    wide.limit(SAME_ACCOUNT, limit(ACCOUNT, "2026-12-01", 3), now);
    // When
    List<Admission> asked = askedAll(wide);
    // Then
    assertThat(asked).hasExactlyElementsOfTypes(Admitted.class, Queued.class);
    // When
    wide.unlimit(SAME_ACCOUNT, now);
    // Then
    assertThat(wide.events()).doesNotContain(new QueueEvent.Reserved(resource("second")));
    // When
    wide.unlimit(OBJECT, now);
    // Then
    assertThat(wide.events()).contains(new QueueEvent.Reserved(resource("second")));
  }

  @Test
  void anObjectThatOpensAnotherAccountNoLongerLimitsTheFormer() {
    // Given
    AccountQueues wide = new AccountQueues(new QueueSettings(16, 64, 5, A_WHILE));
    wide.limit(OBJECT, limit(ACCOUNT, "2026-11-30", 1), now);
    assertThat(askedAll(wide)).hasExactlyElementsOfTypes(Admitted.class, Queued.class);
    // When
    wide.limit(OBJECT, limit(OTHER, "2026-11-30", 1), now);
    // Then
    assertThat(wide.events()).contains(new QueueEvent.Reserved(resource("second")));
  }

  @Test
  void aLimitHoldsForAnAccountThatIsInUse() {
    // Given
    AccountQueues wide = new AccountQueues(new QueueSettings(16, 64, 5, A_WHILE));
    wide.admit(ACCOUNT, resource("first"), Priority.CHANGES, now);
    // When
    wide.limit(OBJECT, limit(ACCOUNT, "2026-11-30", 1), now);
    // Then
    assertThat(wide.admit(ACCOUNT, resource("second"), Priority.CHANGES, now))
        .isInstanceOf(Queued.class);
    // When
    wide.limit(OBJECT, limit(ACCOUNT, "2026-11-30", 2), now);
    // Then
    assertThat(wide.events()).contains(new QueueEvent.Reserved(resource("second")));
  }

  @Test
  void tellsTheNumberInLineOfWhatHasNoReservation() {
    // Given
    Permit permit = admitted("first");
    ask("second");
    ask("third");
    // When // Then
    assertThat(queues.position(resource("first"))).as("it is inside").isEmpty();
    assertThat(queues.position(resource("second"))).contains(1);
    assertThat(queues.position(resource("third"))).contains(2);
    // When
    queues.release(permit, now);
    // Then
    assertThat(queues.position(resource("second"))).as("one is reserved for it").isEmpty();
    assertThat(queues.position(resource("third"))).contains(1);
  }

  private static PermitLimits.Limit limit(AccountKey account, String since, int most) {
    return new PermitLimits.Limit(account.fingerprint(), since, Optional.of(most));
  }

  private List<Admission> askedAll(AccountQueues of) {
    return Stream.of("first", "second")
        .map(name -> of.admit(ACCOUNT, resource(name), Priority.CHANGES, now))
        .toList();
  }

  /** Otherwise a resource that happens to come in between would be faster, again and again. */
  @Test
  void keepsAReservedSlotForItsResource() {
    // Given
    isReservedFor("second");
    // When
    Admission newcomer = ask("third");
    // Then
    assertThat(newcomer).isInstanceOf(Queued.class);
    assertThat(ask("second")).isInstanceOf(Admitted.class);
  }

  @Test
  void aResourceThatAsksAgainKeepsItsPlaceInTheQueue() {
    // Given
    Permit permit = admitted("first");
    ask("second");
    ask("third");
    passes(Duration.ofSeconds(2));
    // When
    Admission again = ask("second");
    // Then
    assertThat(again).isInstanceOf(Queued.class);
    assertThat(queues.since(resource("second"))).contains(NOON);
    queues.release(permit, now);
    assertThat(reserved()).containsExactly("second");
  }

  @Test
  void onlyAHigherPriorityMovesAQueuedResource() {
    // Given
    Permit permit = admitted("first");
    ask("drifted", DRIFT);
    ask("created", CREATIONS);
    ask("edited", DRIFT);
    ask("edited", CHANGES);
    ask("created", DRIFT);
    passes(Duration.ofSeconds(2));
    // When
    queues.release(permit, now);
    Admission edited = ask("edited");
    // Then
    assertThat(edited).isInstanceOf(Admitted.class);
    queues.release(((Admitted) edited).permit(), now);
    assertThat(reserved()).containsExactly("created");
    assertThat(queues.since(resource("created"))).as("of the first time").contains(NOON);
  }

  @Test
  void skipsAQueuedResourceThatNoLongerExists() {
    // Given
    Permit permit = admitted("first");
    ask("deleted");
    ask("second");
    // When
    queues.withdraw(resource("deleted"), now);
    queues.release(permit, now);
    // Then
    assertThat(reserved()).containsExactly("second");
  }

  @Test
  void anUnusedReservationExpires() {
    // Given
    isReservedFor("gone", "second");
    assertThat(reserved()).containsExactly("gone");
    passes(AccountQueue.RESERVATION.minusMillis(1));
    ask("second");
    assertThat(reserved()).as("before").isEmpty();
    // When
    passes(Duration.ofMillis(1));
    Admission second = ask("second");
    // Then
    assertThat(second).isInstanceOf(Admitted.class);
  }

  /** An event of any account lets reservations of all accounts expire. */
  @Test
  void aReservationExpiresWithAnEventOfAnotherAccount() {
    // Given
    isReservedFor("gone", "second");
    reserved();
    passes(AccountQueue.RESERVATION);
    // When
    queues.admit(OTHER, resource("elsewhere"), CHANGES, now);
    // Then
    assertThat(reserved()).containsExactly("second");
  }

  @Test
  void aSecondReservationHasItsOwnExpiry() {
    // Given
    isReservedFor("second");
    passes(Duration.ofSeconds(10));
    Permit second = admitted("second");
    ask("third");
    ask("second");
    queues.release(second, now);
    queues.release(admitted("third"), now);
    // When
    passes(Duration.ofSeconds(10));
    // Then
    assertThat(ask("fourth")).isInstanceOf(Queued.class);
    assertThat(ask("second")).isInstanceOf(Admitted.class);
  }

  /** A resource whose event was late has lost its place, and nothing else. */
  @Test
  void aResourceWhoseReservationExpiredIsQueuedAgain() {
    // Given
    isReservedFor("late", "second");
    passes(AccountQueue.RESERVATION);
    // When
    Admission late = ask("late");
    // Then
    assertThat(late).isInstanceOf(Queued.class);
    assertThat(queues.since(resource("late"))).contains(now);
    queues.release(admitted("second"), now);
    assertThat(ask("late")).isInstanceOf(Admitted.class);
  }

  @Test
  void aWithdrawnReservationGoesToTheNextResource() {
    // Given
    isReservedFor("suspended meanwhile", "second");
    reserved();
    // When
    queues.withdraw(resource("suspended meanwhile"), now);
    // Then
    assertThat(reserved()).containsExactly("second");
  }

  @Test
  void releasesAPermitOnce() {
    // Given
    Permit permit = admitted("first");
    queues.release(permit, now);
    // When
    queues.release(permit, now);
    // Then
    admitted("second");
    assertThat(ask("third")).isInstanceOf(Queued.class);
  }

  @Test
  void accountsDoNotWaitForEachOther() {
    // Given
    admitted("first");
    // When
    Admission other = queues.admit(OTHER, resource("second"), DRIFT, now);
    // Then
    assertThat(other).isInstanceOf(Admitted.class);
  }

  /** Its Secret was corrected while it was queued. */
  @Test
  void aResourceThatChangesItsAccountLeavesTheOldQueue() {
    // Given
    Permit permit = admitted("first");
    ask("second");
    ask("third");
    // When
    Admission other = queues.admit(OTHER, resource("second"), CHANGES, now);
    // Then
    assertThat(other).isInstanceOf(Admitted.class);
    queues.release(permit, now);
    assertThat(reserved()).containsExactly("third");
  }

  @Test
  void aPauseHoldsForTheAccountAndTheRunningReconcile() {
    // Given
    Permit permit = admitted("first");
    limited(permit, Duration.ofSeconds(30));
    passes(Duration.ofSeconds(10));
    PausedUntil pause =
        new PausedUntil(NOON.plusSeconds(30), new PauseCause.AskedByService(NOON.plusSeconds(30)));
    // When
    List<Object> answers = List.of(ask("second"), queues.beforeCall(permit, now).orElseThrow());
    // Then
    assertThat(answers).containsExactly(pause, pause);
    passes(Duration.ofSeconds(20));
    assertThat(queues.beforeCall(permit, now)).as("it ends by itself").isEmpty();
  }

  /** One ConnectWise server that limits calls must not pause the whole account. */
  @Test
  void aLimitOfOneInstancesConnectWiseDoesNotPauseTheAccount() {
    // Given
    Permit permit = admitted("first");
    ErrorAnswer provider =
        new ErrorAnswer(429, Optional.empty(), Optional.of("Too many requests"), Optional.empty());
    queues.failed(permit, new RateLimited(provider, Optional.of(A_WHILE)), now, now);
    queues.release(permit, now);
    // When
    Admission neighbour = ask("neighbour");
    // Then
    assertThat(neighbour).isInstanceOf(Admitted.class);
  }

  @Test
  void aShorterPauseDoesNotEndALongerOne() {
    // Given
    Permit permit = admitted("first");
    limited(permit, Duration.ofSeconds(30));
    // When
    limited(permit, Duration.ofSeconds(5));
    // Then
    passes(Duration.ofSeconds(29));
    assertThat(ask("second")).isInstanceOf(PausedUntil.class);
  }

  /** A call during the pause would only be told to come again. */
  @Test
  void aPauseCallsNoResourceAndEmptiesTheQueue() {
    // Given
    Permit permit = admitted("first");
    ask("second");
    limited(permit, Duration.ofSeconds(30));
    // When
    queues.release(permit, now);
    // Then
    assertThat(reserved()).isEmpty();
    assertThat(ask("second")).isInstanceOf(PausedUntil.class);
    assertThat(queues.since(resource("second"))).isEmpty();
  }

  @Test
  void aReservationClaimedDuringAPauseIsReleased() {
    // Given
    Permit permit = admitted("first");
    ask("second");
    queues.release(permit, now);
    limited(permit, Duration.ofSeconds(5));
    // When
    Admission second = ask("second");
    // Then
    assertThat(second).isInstanceOf(PausedUntil.class);
    passes(Duration.ofSeconds(5));
    assertThat(ask("third")).isInstanceOf(Admitted.class);
  }

  @Test
  void repeatedFailuresPauseTheAccount() {
    // Given
    Permit permit = admitted("first");
    // When
    fails(queues, permit, 5);
    // Then
    assertThat(ask("second"))
        .isInstanceOfSatisfying(
            PausedUntil.class,
            paused -> assertThat(paused.cause()).isEqualTo(new PauseCause.RepeatedFailures()));
  }

  /** One probe at a time, from any resource; after its answer the others get reservations. */
  @Test
  void admitsOneProbeAndTheOthersAfterItsAnswer() {
    // Given
    AccountQueues wide = new AccountQueues(new QueueSettings(16, 512, 5, A_WHILE));
    Permit permit = ((Admitted) wide.admit(ACCOUNT, resource("first"), CHANGES, now)).permit();
    fails(wide, permit, 5);
    wide.release(permit, now);
    passes(AccountBreaker.FIRST_PAUSE);
    Permit probe = ((Admitted) wide.admit(ACCOUNT, resource("probe"), CHANGES, now)).permit();
    // When
    Admission second = wide.admit(ACCOUNT, resource("second"), CHANGES, now);
    // Then
    assertThat(second)
        .isEqualTo(new PausedUntil(now.plusSeconds(1), new PauseCause.RepeatedFailures()));
    assertThat(wide.beforeCall(probe, now)).as("its next calls too").isEmpty();
    assertThat(wide.answered(probe, now)).isTrue();
    assertThat(wide.admit(ACCOUNT, resource("second"), CHANGES, now)).isInstanceOf(Admitted.class);
  }

  /** Of sixteen reservations at once, fifteen would be reconciles in vain behind the probe. */
  @Test
  void callsOneQueuedResourceToProbe() {
    // Given
    AccountQueues wide = new AccountQueues(new QueueSettings(4, 512, 5, A_WHILE));
    List<Permit> permits =
        IntStream.range(0, 4)
            .mapToObj(i -> wide.admit(ACCOUNT, resource("r" + i), CHANGES, now))
            .map(admission -> ((Admitted) admission).permit())
            .toList();
    IntStream.range(0, 4).forEach(i -> wide.admit(ACCOUNT, resource("queued" + i), CHANGES, now));
    fails(wide, permits.getFirst(), 5);
    passes(AccountBreaker.FIRST_PAUSE);
    // When
    permits.forEach(permit -> wide.release(permit, now));
    // Then
    assertThat(reserved(wide)).containsExactly("queued0");
  }

  /** An account per rotated Secret must not stay for ever. */
  @Test
  void idleAccountsAreForgotten() {
    // Given
    queues.release(admitted("first"), now);
    passes(QueueSettings.IDLE);
    // When
    anotherAccountIsUsed();
    // Then
    assertThat(forgotten).containsExactly(ACCOUNT.fingerprint());
    ask("again");
    assertThat(queues.events())
        .as("opened anew")
        .hasAtLeastOneElementOfType(QueueEvent.Opened.class);
  }

  /** A tenant who writes a new user secret into a Secret, again and again, within one minute. */
  @Test
  void madeUpAccountsDoNotFillTheMemory() {
    // Given
    Permit permit = admitted("neighbour");
    ask("queued neighbour");
    reserved();
    int opened = 2 * AccountQueues.MOST_UNUSED;
    // When
    for (int i = 0; i < opened; i++) {
      Permit rejected = admittedToMadeUp(i);
      queues.failed(rejected, new RemoteFailure.AccountRejected(ErrorAnswer.NONE), now, now);
      queues.release(rejected, now);
    }
    // Then
    reserved();
    assertThat(forgotten)
        .hasSize(opened + 1 - AccountQueues.MOST_UNUSED)
        .doesNotContain(ACCOUNT.fingerprint());
    queues.release(permit, now);
    assertThat(reserved()).containsExactly("queued neighbour");
  }

  /** Such an account could be made up by a service that limits every call. */
  @Test
  void pausedAccountsDoNotFillTheMemory() {
    // When
    for (int i = 0; i < 2 * AccountQueues.MOST_UNUSED; i++) {
      Permit limited = admittedToMadeUp(i);
      limited(limited, A_WHILE);
      queues.release(limited, now);
    }
    // Then
    reserved();
    assertThat(forgotten).hasSize(AccountQueues.MOST_UNUSED);
  }

  @Test
  void keepsAPausedAccountAndOneWithQueuedResources() {
    // Given
    Permit permit = admitted("first");
    limited(permit, QueueSettings.IDLE.multipliedBy(3));
    queues.release(permit, now);
    AccountKey third = new AccountKey("aaaaaaaaaaaa", "other.example.com");
    queues.admit(third, resource("a"), CHANGES, now);
    queues.admit(third, resource("b"), CHANGES, now);
    passes(QueueSettings.IDLE.multipliedBy(2));
    // When
    anotherAccountIsUsed();
    // Then
    assertThat(forgotten).isEmpty();
  }

  /** Forgotten, it would look healthy, and be asked as often as a new one. */
  @Test
  void keepsAnAccountWhoseBreakerIsOpen() {
    // Given
    Permit permit = admitted("first");
    fails(queues, permit, 5);
    queues.release(permit, now);
    passes(AccountQueues.IDLE_IN_OUTAGE.minusMillis(1));
    // When
    anotherAccountIsUsed();
    // Then
    assertThat(forgotten).isEmpty();
    assertThat(ask("probe")).isInstanceOf(Admitted.class);
    assertThat(ask("another")).as("one probe at a time").isInstanceOf(PausedUntil.class);
  }

  /** After a Secret is corrected, no call goes to the account that it opened before. */
  @Test
  void forgetsAnAccountThatIsNotProbed() {
    // Given
    Permit permit = admitted("first");
    fails(queues, permit, 5);
    queues.release(permit, now);
    passes(AccountQueues.IDLE_IN_OUTAGE);
    // When
    anotherAccountIsUsed();
    // Then
    assertThat(forgotten).containsExactly(ACCOUNT.fingerprint());
  }

  /** As many as are kept at most are not too many. */
  @Test
  void keepsAPausedAccountAmongTheMostThatAreKept() {
    // Given
    Permit permit = admitted("first");
    limited(permit, QueueSettings.IDLE.multipliedBy(3));
    queues.release(permit, now);
    passes(QueueSettings.IDLE.multipliedBy(2));
    // When
    for (int i = 1; i < AccountQueues.MOST_UNUSED; i++) {
      AccountKey used = new AccountKey("used " + i, "api.example.com");
      queues.release(((Admitted) queues.admit(used, resource("any"), CHANGES, now)).permit(), now);
    }
    // Then
    reserved();
    assertThat(forgotten).isEmpty();
    assertThat(ask("second")).isInstanceOf(PausedUntil.class);
  }

  private Admission ask(String name) {
    return ask(name, CHANGES);
  }

  private Admission ask(String name, Priority priority) {
    return queues.admit(ACCOUNT, resource(name), priority, now);
  }

  private Permit admitted(String name) {
    Admission admission = ask(name);
    assertThat(admission).isInstanceOf(Admitted.class);
    return ((Admitted) admission).permit();
  }

  /** The only slot is free again, and reserved for the first of those that wait. */
  private void isReservedFor(String... waiting) {
    Permit permit = admitted("first");
    Stream.of(waiting).forEach(this::ask);
    queues.release(permit, now);
  }

  /** An event by which the accounts that are to be forgotten are found. */
  private void anotherAccountIsUsed() {
    Admission other = queues.admit(OTHER, resource("second"), DRIFT, now);
    queues.release(((Admitted) other).permit(), now);
    reserved();
  }

  /** A tenant can make up any number of them. */
  private Permit admittedToMadeUp(int number) {
    AccountKey madeUp = new AccountKey("made up " + number, "api.example.com");
    return ((Admitted) queues.admit(madeUp, resource("hostile"), CHANGES, now)).permit();
  }

  private void limited(Permit permit, Duration pause) {
    queues.failed(permit, new RateLimited(ErrorAnswer.NONE, Optional.of(pause)), now, now);
  }

  private void fails(AccountQueues of, Permit permit, int times) {
    RemoteFailure failure = new TimedOut(A_WHILE, Effect.NONE);
    IntStream.range(0, times).forEach(_ -> of.failed(permit, failure, now, now));
  }

  private void passes(Duration time) {
    now = now.plus(time);
  }

  private List<String> reserved() {
    return reserved(queues);
  }

  private List<String> reserved(AccountQueues of) {
    List<String> names = new ArrayList<>();
    for (QueueEvent event : of.events()) {
      switch (event) {
        case QueueEvent.Reserved(ResourceId resource) -> names.add(resource.name());
        case QueueEvent.Forgotten(AccountQueue queue) -> forgotten.add(queue.key().fingerprint());
        case QueueEvent.Opened _, QueueEvent.Waited _ -> {}
      }
    }
    return names;
  }

  private static ResourceId resource(String name) {
    return new ResourceId("default", name);
  }
}
