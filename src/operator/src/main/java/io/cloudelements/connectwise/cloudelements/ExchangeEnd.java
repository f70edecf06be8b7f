package io.cloudelements.connectwise.cloudelements;

import io.cloudelements.connectwise.cloudelements.SendProgress.SendPhase;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.NotSent;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The caller's half of an exchange: waits for the one end that it has, which is an answer, a
 * failure or the deadline.
 *
 * @param proxied whether the way leads through a proxy
 */
record ExchangeEnd(HttpCall call, HttpExchange exchange, boolean proxied) {

  /** Waits for something at most for a time. */
  @FunctionalInterface
  interface TimedWait {
    TimedWait BLOCKING = (end, limit) -> end.get(limit.toNanos(), TimeUnit.NANOSECONDS);

    void await(CompletableFuture<?> end, Duration limit)
        throws InterruptedException, ExecutionException, TimeoutException;
  }

  /**
   * @param body the whole body, when it is there
   * @param connectionWait how long the request may be without a connection
   */
  HttpResult await(CompletableFuture<String> body, Duration connectionWait, TimedWait wait) {
    try {
      if (!isConnected(body, connectionWait, wait)) {
        return new HttpResult.Broken(TransportFailures.unconnected());
      }
      wait.await(body, call.deadline());
      return exchange
          .answered(body.get())
          .<HttpResult>map(HttpResult.Answered::new)
          .orElseThrow(() -> new IllegalStateException("an answer without a head"));
    } catch (TimeoutException e) {
      return new HttpResult.Broken(new TimedOut(call.deadline(), effect(abandon())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new HttpResult.Broken(interrupted(abandon()));
    } catch (ExecutionException e) {
      return broken(e.getCause() == null ? e : e.getCause());
    }
  }

  /**
   * Waits until the request has a connection or failed.
   *
   * @return false: it had none in time, and is given up
   */
  private boolean isConnected(CompletableFuture<?> body, Duration connectionWait, TimedWait wait)
      throws InterruptedException, ExecutionException {
    try {
      wait.await(CompletableFuture.anyOf(exchange.progress().connected(), body), connectionWait);
      return true;
    } catch (TimeoutException e) {
      return exchange.progress().giveUpWaiting() != SendPhase.ABANDONED;
    }
  }

  private SendPhase abandon() {
    return exchange.progress().abandon();
  }

  private HttpResult broken(Throwable cause) {
    // the rest of the answer is not needed
    if (abandon() != SendPhase.STARTED) {
      return new HttpResult.Broken(TransportFailures.beforeSending(cause, proxied));
    }
    Response.Body instead =
        cause instanceof BoundedBody.TooLargeException
            ? new Response.TooLarge()
            : new Response.Unreadable("an answer that broke off");
    return exchange
        .brokenOff(instead)
        .<HttpResult>map(HttpResult.Answered::new)
        .orElseGet(() ->
            new HttpResult.Broken(
                TransportFailures.afterSending(cause, call.deadline(), call.effectIfUnanswered())));
  }

  private Effect effect(SendPhase phase) {
    return phase == SendPhase.STARTED ? call.effectIfUnanswered() : Effect.NONE;
  }

  private RemoteFailure interrupted(SendPhase phase) {
    return phase == SendPhase.STARTED
        ? new ConnectionLost(
            "the operator stopped before an answer came", call.effectIfUnanswered())
        : NotSent.stopped();
  }
}
