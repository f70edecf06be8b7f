package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.instance.Effect.NONE;
import static io.cloudelements.connectwise.instance.Effect.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.Unreachable;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be made to happen on one machine; the rest is shown over sockets. */
class TransportFailuresTest {
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  static List<Arguments> before() {
    return List.of(
        argumentSet(
            "no name",
            new UnknownHostException("secret.example"),
            "the host name was not resolved"),
        argumentSet("no route", new NoRouteToHostException("10.0.0.1"), "no route to the host"),
        argumentSet(
            "refused",
            new ConnectException("10.0.0.1"),
            "the connection was refused, or not made in time"),
        argumentSet(
            "not trusted",
            handshake(new CertPathBuilderException("x")),
            "TLS: the server's certificate is not trusted (see CA_BUNDLE)"),
        argumentSet(
            "other host",
            handshake(new CertificateException("x")),
            "TLS: the server's certificate is not for this host"),
        argumentSet("other", new IllegalStateException("x"), "no connection could be made"));
  }

  private static SSLHandshakeException handshake(Throwable cause) {
    SSLHandshakeException handshake = new SSLHandshakeException("Failed to create SSL connection");
    handshake.initCause(cause);
    return handshake;
  }

  @ParameterizedTest
  @MethodSource("before")
  void aFailureBeforeConnectingIsUnreachable(Throwable cause, String what) {
    // Given
    // When
    RemoteFailure failure = TransportFailures.beforeSending(cause, false);
    // Then: and no address or name of the exception is shown
    assertThat(failure).isEqualTo(new Unreachable(what));
  }

  /** A pooled connection that the service closes in the moment it is used: it is reachable. */
  @Test
  void aConnectionClosedBeforeSendingHasNoEffect() {
    // Given
    Throwable closed = new HttpClosedException("Connection was closed");
    // When
    RemoteFailure failure = TransportFailures.beforeSending(closed, false);
    // Then
    assertThat(failure)
        .isEqualTo(
            new ConnectionLost("the connection was closed before the request was sent", NONE));
  }

  static List<Arguments> after() {
    return List.of(
        argumentSet(
            "closed",
            new HttpClosedException("Connection was closed"),
            UNKNOWN,
            ConnectionLost.class),
        argumentSet(
            "reset", new IOException("Connection reset by peer"), NONE, ConnectionLost.class),
        argumentSet("timed out", new TimeoutException(), UNKNOWN, TimedOut.class),
        argumentSet(
            "no HTTP",
            new IllegalArgumentException("invalid version"),
            UNKNOWN,
            UnexpectedAnswer.class));
  }

  @ParameterizedTest
  @MethodSource("after")
  void aFailureAfterSendingHasTheEffectOfTheRequest(
      Throwable cause, Effect effectIfUnanswered, Class<? extends RemoteFailure> expected) {
    // Given
    // When
    RemoteFailure failure = TransportFailures.afterSending(cause, DEADLINE, effectIfUnanswered);
    // Then
    assertThat(failure).isInstanceOf(expected);
    assertThat(failure.effect()).isEqualTo(effectIfUnanswered);
  }
}
