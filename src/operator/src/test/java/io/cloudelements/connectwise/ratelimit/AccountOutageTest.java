package io.cloudelements.connectwise.ratelimit;

import static io.cloudelements.connectwise.instance.Priority.CHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.AccountKey;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.AccountRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.ErrorAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.ProviderRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ratelimit.Admission.Admitted;
import io.cloudelements.connectwise.ratelimit.Admission.PauseCause;
import io.cloudelements.connectwise.ratelimit.Admission.PausedUntil;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An account that fails repeatedly: which reconcile probes it, and what its end is for others. */
class AccountOutageTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final AccountKey ACCOUNT = new AccountKey("5f2c0c9a1b7e", "api.example.com");
  private static final AccountKey WITH_OTHER_SECRETS =
      new AccountKey(ACCOUNT.fingerprint(), ACCOUNT.host(), "0123456789ab");
  private static final RemoteFailure TIMED_OUT =
      new TimedOut(Duration.ofSeconds(15), Effect.UNKNOWN);
  private static final Optional<PauseCause> HELD = Optional.of(new PauseCause.RepeatedFailures());

  private final AccountQueues queues =
      new AccountQueues(new QueueSettings(4, 512, 5, Duration.ofSeconds(30)));
  private Instant now = NOON;

  /** Its next call after the pause is a probe like that of a reconcile which comes then. */
  @Test
  void aReconcileUnderWayProbes() {
    // Given
    Permit permit = admitted("under way");
    fails(permit, 5);
    Optional<PauseCause> during = held(permit);
    passes(AccountBreaker.FIRST_PAUSE);
    // When
    Optional<PauseCause> after = held(permit);
    // Then
    assertThat(during).isEqualTo(HELD);
    assertThat(after).isEmpty();
    assertThat(heldFor("another")).as("one probe at a time").contains(Duration.ofSeconds(1));
    fails(permit, 1);
    assertThat(heldFor("another")).as("the probe's failure counts").hasValueSatisfying(longer());
  }

  /** During the pause it is no probe, so that its end leaves the account as it is. */
  @Test
  void aReconcileThatIsHeldBackIsNotTheProbe() {
    // Given
    Permit held = admitted("held back");
    fails(admitted("failing"), 5);
    held(held);
    passes(AccountBreaker.FIRST_PAUSE);
    admitted("probe");
    // When
    queues.release(held, now);
    // Then
    assertThat(heldFor("another")).as("one probe at a time").contains(Duration.ofSeconds(1));
  }

  @Test
  void onlyTheProbeMayCall() {
    // Given
    Permit other = admitted("other");
    fails(admitted("failing"), 5);
    passes(AccountBreaker.FIRST_PAUSE);
    Permit probe = admitted("probe");
    // When
    List<Optional<PauseCause>> held = List.of(held(probe), held(other));
    // Then
    assertThat(held).containsExactly(Optional.empty(), HELD);
  }

  @Test
  void aFailedProbeMayNotCallAgain() {
    // Given
    Permit probe = probe();
    fails(probe, 1);
    // When
    Optional<PauseCause> held = held(probe);
    // Then
    assertThat(held).isEqualTo(HELD);
  }

  /** When the account fails anew, its reconcile is one of many. */
  @Test
  void anAnsweredProbeIsLikeAnyOtherReconcile() {
    // Given
    Permit probe = probe();
    queues.answered(probe, now);
    fails(admitted("another"), 5);
    // When
    Optional<PauseCause> held = held(probe);
    // Then
    assertThat(held).isEqualTo(HELD);
  }

  /** Its resource may have been changed so that nothing had to be asked. */
  @Test
  void aProbeThatEndsWithoutACallLetsAnotherGo() {
    // Given
    Permit probe = probe();
    // When
    queues.release(probe, now);
    // Then
    assertThat(heldFor("another")).isEmpty();
  }

  /** The probe's reconcile may last for long after its first answer. */
  @Test
  void theOthersGetReservationsWhenTheProbeIsAnswered() {
    // Given
    Permit probe = probeBeforeALine();
    // When
    boolean recovered = queues.answered(probe, now);
    // Then
    assertThat(recovered).isTrue();
    assertThat(reserved()).containsExactly("queued1", "queued2", "queued3");
  }

  @Test
  void theOthersGetReservationsWhenConnectWiseRefusesTheProbe() {
    // Given
    Permit probe = probeBeforeALine();
    // When
    boolean recovered = queues.failed(probe, new ProviderRejected(ErrorAnswer.NONE), now, now);
    // Then
    assertThat(recovered).isTrue();
    assertThat(reserved()).containsExactly("queued1", "queued2", "queued3");
  }

  @Test
  void anAnswerWithoutAnOutageEndsNone() {
    // Given
    Permit permit = admitted("first");
    // When
    List<Boolean> recovered =
        List.of(
            queues.answered(permit, now),
            queues.failed(permit, new ProviderRejected(ErrorAnswer.NONE), now, now),
            queues.failed(permit, TIMED_OUT, now, now));
    // Then
    assertThat(recovered).containsExactly(false, false, false);
  }

  /** One team's deactivated user must not stop the other teams of the organization. */
  @Test
  void rejectedSecretsHoldBackNoneThatUseOthers() {
    // Given
    Permit dead = admitted("dead", WITH_OTHER_SECRETS);
    IntStream.range(0, 5)
        .forEach(_ -> queues.failed(dead, new AccountRejected(ErrorAnswer.NONE), now, now));
    // When // Then
    assertThat(queues.admit(WITH_OTHER_SECRETS, resource("dead too"), CHANGES, now))
        .isInstanceOf(PausedUntil.class);
    assertThat(ask("healthy")).isInstanceOf(Admitted.class);
  }

  /** A corrected Secret is used at once, also where the organization stays the same. */
  @Test
  void anOutageOfSecretsEndsWithThem() {
    // Given
    fails(admitted("failing"), 5);
    Optional<Duration> during = heldFor("another");
    // When
    Admission corrected = queues.admit(WITH_OTHER_SECRETS, resource("another"), CHANGES, now);
    // Then
    assertThat(during).isPresent();
    assertThat(corrected).isInstanceOf(Admitted.class);
  }

  /**
   * The line is the account's: those that may be admitted get a place, also behind one that may
   * not.
   */
  @Test
  void aPlaceGoesToALaterOneWhenTheFirstIsHeldBack() {
    // Given
    List<Permit> permits =
        Stream.of("1", "2", "3", "4").map(name -> admitted(name, WITH_OTHER_SECRETS)).toList();
    queues.admit(WITH_OTHER_SECRETS, resource("held back"), CHANGES, now);
    ask("healthy");
    fails(permits.getFirst(), 5);
    // When
    queues.release(permits.getFirst(), now);
    List<String> first = reserved();
    queues.admit(WITH_OTHER_SECRETS, resource("held back"), CHANGES, now);
    // Then
    assertThat(first).containsExactly("held back");
    assertThat(reserved()).containsExactly("healthy");
  }

  /** Each rotation leaves a breaker behind, which nothing asks any more. */
  @Test
  void breakersOfFormerSecretsAreForgotten() {
    // Given
    fails(admitted("failing"), 5);
    assertThat(heldFor("another")).isPresent();
    // When
    passes(AccountQueues.IDLE_IN_OUTAGE.plusSeconds(1));
    queues.admit(WITH_OTHER_SECRETS, resource("corrected"), CHANGES, now);
    // Then
    assertThat(ask("first")).isInstanceOf(Admitted.class);
    assertThat(ask("second")).as("no probe is under way").isInstanceOf(Admitted.class);
  }

  /** The permit of the only reconcile that may call the account. */
  private Permit probe() {
    Permit failing = admitted("failing");
    fails(failing, 5);
    queues.release(failing, now);
    passes(AccountBreaker.FIRST_PAUSE);
    return admitted("probe");
  }

  /** The same, and four resources, of which the first has the place to be the probe. */
  private Permit probeBeforeALine() {
    List<Permit> permits = IntStream.range(0, 4).mapToObj(i -> admitted("r" + i)).toList();
    IntStream.range(0, 4).forEach(i -> ask("queued" + i));
    fails(permits.getFirst(), 5);
    passes(AccountBreaker.FIRST_PAUSE);
    permits.forEach(permit -> queues.release(permit, now));
    Permit probe = admitted("queued0");
    reserved();
    return probe;
  }

  private void fails(Permit permit, int times) {
    IntStream.range(0, times).forEach(_ -> queues.failed(permit, TIMED_OUT, now, now));
  }

  private Admission ask(String name) {
    return queues.admit(ACCOUNT, resource(name), CHANGES, now);
  }

  private Permit admitted(String name) {
    return admitted(name, ACCOUNT);
  }

  private Permit admitted(String name, AccountKey key) {
    Admission admission = queues.admit(key, resource(name), CHANGES, now);
    assertThat(admission).isInstanceOf(Admitted.class);
    return ((Admitted) admission).permit();
  }

  /** How long a newcomer is to wait; empty when it need not. */
  private Optional<Duration> heldFor(String name) {
    return ask(name) instanceof PausedUntil paused
        ? Optional.of(Duration.between(now, paused.until()))
        : Optional.empty();
  }

  private Optional<PauseCause> held(Permit permit) {
    return queues.beforeCall(permit, now).map(PausedUntil::cause);
  }

  private static Consumer<Duration> longer() {
    return wait -> assertThat(wait).isGreaterThan(AccountBreaker.FIRST_PAUSE);
  }

  private void passes(Duration time) {
    now = now.plus(time);
  }

  private static ResourceId resource(String name) {
    return new ResourceId("default", name);
  }

  private List<String> reserved() {
    return queues.events().stream()
        .filter(QueueEvent.Reserved.class::isInstance)
        .map(event -> ((QueueEvent.Reserved) event).resource().name())
        .toList();
  }
}
