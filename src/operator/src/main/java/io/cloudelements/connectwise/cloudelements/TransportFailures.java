package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.ErrorAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.connectwise.instance.RemoteFailure.Unreachable;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * The one place where a broken call becomes a failure. Texts are the operator's own: an exception's
 * message names hosts and addresses at best and quotes the request at worst.
 */
final class TransportFailures {
  private TransportFailures() {}

  /**
   * No byte of the request was written.
   *
   * @param proxied whether the way leads through a proxy
   */
  static RemoteFailure beforeSending(Throwable cause, boolean proxied) {
    return switch (cause) {
      case ConnectionPoolTooBusyException _ ->
          NotSent.busy("too many calls are waiting for a connection", Optional.empty());
      case HttpExchange.NotWrittenException _ -> NotSent.expired();
      case TimeoutException _ -> unconnected();
      case HttpClosedException _ ->
          new ConnectionLost("the connection was closed before the request was sent", Effect.NONE);
      case UnknownHostException _ -> new Unreachable("the host name was not resolved");
      case NoRouteToHostException _ -> new Unreachable("no route to the host");
      case SSLException e -> new Unreachable(tlsProblem(e));
      case ConnectException _ ->
          new Unreachable(
              proxied
                  ? "the proxy gave no connection"
                  : "the connection was refused, or not made in time");
      default -> new Unreachable("no connection could be made");
    };
  }

  /** Writing had begun; the request may have been received or not. */
  static RemoteFailure afterSending(Throwable cause, Duration deadline, Effect effectIfUnanswered) {
    return switch (cause) {
      case TimeoutException _ -> new TimedOut(deadline, effectIfUnanswered);
      case IOException _, VertxException _ ->
          new ConnectionLost("the connection was closed before an answer came", effectIfUnanswered);
      // what is left is said by the parser
      default ->
          new UnexpectedAnswer(ErrorAnswer.NONE, "an answer that is not HTTP", effectIfUnanswered);
    };
  }

  /** About the others, who have the connections: it says nothing of the service. */
  static NotSent unconnected() {
    return NotSent.busy("no connection to the service was free in time", Optional.empty());
  }

  private static String tlsProblem(Throwable handshake) {
    for (Throwable cause = handshake; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException
          || cause instanceof CertPathBuilderException) {
        return "TLS: the server's certificate is not trusted (see CA_BUNDLE)";
      }
      if (cause instanceof CertificateException && cause.getCause() == null) {
        return "TLS: the server's certificate is not for this host";
      }
    }
    return "TLS: the handshake failed";
  }
}
