package io.cloudelements.connectwise.cloudelements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ErrorAnswer;
import io.cloudelements.connectwise.ratelimit.QueueObserver;
import io.cloudelements.connectwise.ratelimit.QueueSettings;
import io.cloudelements.connectwise.ratelimit.RateLimitedInstancesApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of an account's answers: resources that an outage held back come again by it. */
class AnsweredCallsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final RemoteFailure DOWN = new RemoteFailure.Unreachable("refused");

  private record Told(String account, boolean recovered) {}

  private final AccountAccess account = ApiSamples.account("https://api.example.com");
  private final SettableClock clock = new SettableClock(NOON);
  private final List<Told> told = new ArrayList<>();
  private Optional<RemoteFailure> failure = Optional.empty();
  private final RateLimitedInstancesApi api = limited();

  private RateLimitedInstancesApi limited() {
    RateLimitedInstancesApi limited =
        new RateLimitedInstancesApi(
            new Deletes(),
            new QueueSettings(2, 8, 2, Duration.ZERO),
            clock,
            clock,
            QueueObserver.NONE);
    limited.onAnswer((fingerprint, recovered) -> told.add(new Told(fingerprint, recovered)));
    return limited;
  }

  @Test
  void anAnswerIsTold() {
    // When
    api.delete(account, 1);
    // Then
    assertThat(told).containsExactly(answer(false));
  }

  @Test
  void anAnswerThatEndsAnOutageIsToldAsSuch() {
    // Given
    outage();
    failure = Optional.empty();
    // When
    api.delete(account, 1);
    // Then
    assertThat(told).containsExactly(answer(true));
  }

  /** A 404 about one instance shows that the service accepts the account again. */
  @Test
  void aRefusalThatEndsAnOutageIsToldAsAnAnswer() {
    // Given
    outage();
    // When
    fails(new RemoteFailure.NotFound(ErrorAnswer.NONE));
    // Then
    assertThat(told).containsExactly(answer(true));
  }

  @Test
  void aFailureThatEndsNoOutageIsNotTold() {
    // Given
    outage();
    // When
    fails(DOWN);
    // Then
    assertThat(told).isEmpty();
  }

  private Told answer(boolean recovered) {
    return new Told(account.account().fingerprint(), recovered);
  }

  /** The next call is the probe. */
  private void outage() {
    fails(DOWN);
    fails(DOWN);
    clock.set(NOON.plusSeconds(5));
  }

  private void fails(RemoteFailure with) {
    failure = Optional.of(with);
    assertThat(
            catchThrowableOfType(InstancesApiException.class, () -> api.delete(account, 1))
                .failure())
        .isEqualTo(with);
  }

  private final class Deletes implements InstancesApi {
    @Override
    public <T> T call(AccountAccess access, InstanceCall<T> call) {
      failure.ifPresent(with -> {
        throw new InstancesApiException(with);
      });
      return call.answerType().cast(new InstanceCall.Done());
    }
  }
}
