package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.status.SecretWait;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Instant;
import java.util.Optional;

/** Turns a Secret, key or account that is missing into a wait, as long as it may be on its way. */
final class SecretGracePeriod {
  private SecretGracePeriod() {}

  /**
   * @param cause why the reconcile cannot go on
   * @return the same, unless what is missing may still come by itself
   */
  static Outcome applied(Outcome cause, ReconcileInput input, Instant now) {
    Optional<ConnectWiseInstanceStatus> status = StatusReader.status(input.resource());
    long generation = input.metadata().getGeneration();
    Optional<SecretWait> underWay = SecretWait.underWay(status, generation, now);
    boolean told =
        status
            .filter(known -> Long.valueOf(generation).equals(known.observedGeneration()))
            .flatMap(StatusReader::reason)
            .filter(SecretGracePeriod::mayComeByItself)
            .isPresent();
    if (!mayComeByItself(cause.reason()) || (told && underWay.isEmpty())) {
      return cause;
    }
    SecretWait wait = underWay.orElseGet(() -> SecretWait.beginning(now));
    if (!now.isBefore(wait.ends())) {
      return cause;
    }
    Instant readyIsKeptUntil = wait.since().plus(SecretWait.READY_KEPT);
    boolean account = cause.reason().kind() == Reason.Kind.WITHHELD;
    boolean keepsReady =
        !account && status.filter(StatusReader::isReady).isPresent() && wait.keepsReady(now);
    return Outcome.until(
        keepsReady ? readyIsKeptUntil : wait.ends(),
        account ? Reason.WAITING_FOR_ACCOUNT : Reason.WAITING_FOR_SECRET,
        cause.message() + " It is waited for until " + wait.ends() + ".");
  }

  private static boolean mayComeByItself(Reason reason) {
    return reason == Reason.SECRET_NOT_FOUND
        || reason == Reason.MISSING_ENTRIES
        || reason == Reason.ACCOUNT_NOT_USABLE
        || reason == Reason.ACCOUNT_NOT_READY;
  }
}
