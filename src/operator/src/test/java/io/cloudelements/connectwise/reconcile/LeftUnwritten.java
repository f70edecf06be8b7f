package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Action;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Observation;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.cloudelements.connectwise.status.StatusReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a reconcile of a ready resource left unwritten, in variants. */
final class LeftUnwritten {
  static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  static final ClusterWriteFailure CREATE = failure(WriteKind.CREATE_SECRET, 503);
  static final ClusterWriteFailure READ = failure(WriteKind.READ_SECRET, 403);
  static final ConnectWiseInstanceStatus READY =
      Resources.status(3L, 7L, "account-1", "acme-helpdesk-token");
  static final Recorded FACTS =
      StatusReader.recorded(Optional.of(READY), 3).withReason(Optional.empty());
  static final Recorded OTHER_FACTS =
      StatusReader.recorded(Optional.of(Resources.status(3L, 8L, "account-1", "other")), 3)
          .withReason(Optional.empty());

  private LeftUnwritten() {}

  static UnwrittenOutcome left() {
    return left(known(), CREATE, FACTS);
  }

  static UnwrittenOutcome left(
      ReconcileInputs given, ClusterWriteFailure failure, Recorded... possible) {
    return left(given, failure, NOW, possible);
  }

  static UnwrittenOutcome left(
      ReconcileInputs given, ClusterWriteFailure failure, Instant now, Recorded... possible) {
    Conclusion conclusion =
        new Conclusion(
            desired(known()),
            outcome(),
            FACTS,
            Observation.NONE.after(new Action.Replace(7)),
            Optional.of(RemoteInstances.bare(7, "the-token")),
            false);
    return UnwrittenOutcome.of(
        given.build(), failure, now, Optional.of(conclusion), List.of(possible), Optional.of("11"));
  }

  static Outcome outcome() {
    return Outcome.of(Reason.AVAILABLE, "Fine.");
  }

  static ReconcileInputs known() {
    return ReconcileInputs.helpdesk().reporting(READY);
  }

  static ClusterWriteFailure failure(WriteKind write, int code) {
    return new ClusterWriteFailure(write, code, "not today");
  }

  static DesiredInstance desired(ReconcileInputs given) {
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(given.build());
    return ((DesiredResolver.Resolution.Resolved) resolution).desired();
  }
}
