package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.RemoteFailure.AccessDenied;
import io.cloudelements.connectwise.instance.RemoteFailure.AccountRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.ErrorAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.InUse;
import io.cloudelements.connectwise.instance.RemoteFailure.NotFound;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.ProviderRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.RemoteFailure.ServiceFailed;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.Unreachable;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteFailureTest {
  private static final Duration A_WHILE = Duration.ofSeconds(9);
  private static final ErrorAnswer SAID =
      new ErrorAnswer(
          500, Optional.empty(), Optional.empty(), Optional.of("58b46b1be4b0e5a9b7d19c49"));
  private static final ErrorAnswer CONNECT_WISE =
      new ErrorAnswer(500, Optional.empty(), Optional.of("Bad login"), Optional.empty());

  static Stream<Arguments> whatFailed() {
    return Stream.of(
        Arguments.of("the account's secrets", new AccountRejected(SAID), true),
        Arguments.of("the service's time", new TimedOut(A_WHILE, Effect.UNKNOWN), true),
        Arguments.of("the connection", new ConnectionLost("reset", Effect.UNKNOWN), true),
        Arguments.of("the network", new Unreachable("refused"), true),
        Arguments.of("the answer", new UnexpectedAnswer(SAID, "HTML", Effect.UNKNOWN), true),
        Arguments.of("the platform", new ServiceFailed(SAID, Effect.UNKNOWN), true),
        Arguments.of("ConnectWise", new ServiceFailed(CONNECT_WISE, Effect.UNKNOWN), false),
        Arguments.of("the breaker", NotSent.until("paused", A_WHILE), true),
        Arguments.of("a free permit", NotSent.busy("busy", Optional.of(A_WHILE)), false),
        Arguments.of("a privilege", new AccessDenied(SAID), false),
        Arguments.of("the entries", new ProviderRejected(SAID), false),
        Arguments.of("the instance", new NotFound(SAID), false),
        Arguments.of("its users", new InUse(SAID), false),
        Arguments.of("a limit", new RateLimited(SAID, Optional.empty()), false));
  }

  /** Then an answer to another resource of the account says that this one may come again. */
  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("whatFailed")
  void isOfTheServiceWhereAnotherCallWouldFailAlike(
      String what, RemoteFailure failure, boolean ofService) {
    assertThat(failure.isOfService()).as(what).isEqualTo(ofService);
  }

  static Stream<RemoteFailure> withoutEffect() {
    return Stream.of(
        new AccountRejected(SAID),
        new AccessDenied(SAID),
        new ProviderRejected(SAID),
        new NotFound(SAID),
        new InUse(SAID),
        new RateLimited(SAID, Optional.empty()),
        new Unreachable("refused"),
        NotSent.stopped(),
        NotSent.expired());
  }

  /** A creation that failed so needs no search before it is made again. */
  @ParameterizedTest
  @MethodSource("withoutEffect")
  void hasChangedNothing(RemoteFailure failure) {
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
  }

  static Stream<RemoteFailure> silent() {
    return Stream.of(
        new TimedOut(A_WHILE, Effect.UNKNOWN),
        new ConnectionLost("reset", Effect.UNKNOWN),
        new Unreachable("refused"),
        NotSent.stopped());
  }

  @ParameterizedTest
  @MethodSource("silent")
  void hasNoAnswer(RemoteFailure failure) {
    assertThat(failure.answer()).isEqualTo(ErrorAnswer.NONE);
  }

  /** A gateway's 404 lacks the id by which an answer of the platform is recognised. */
  @Test
  void a404IsConclusiveWithARequestId() {
    assertThat(new NotFound(SAID).isConclusive()).isTrue();
    assertThat(new NotFound(ErrorAnswer.NONE).isConclusive()).isFalse();
  }
}
