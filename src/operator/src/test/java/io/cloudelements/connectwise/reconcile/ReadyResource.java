package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.RemoteInstances;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReport;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A resource that an earlier reconcile left ready with instance 7, in variants. */
final class ReadyResource {
  static final String SECRET = "acme-helpdesk-token";

  private static final Instant REPORTED = Instant.parse("2026-11-24T10:00:00Z");

  private ReadyResource() {}

  /** Ready as generation 3 asks, its token delivered. */
  static ReconcileInput ready(String... lines) {
    return reporting(Reason.AVAILABLE, lines).with(secret()).build();
  }

  /** The same, of which no configuration is recorded. */
  static ReconcileInput notSentYet() {
    return ReconcileInputs.helpdesk()
        .finalized()
        .with(secret())
        .reporting(
            Resources.status(
                3L,
                7L,
                desired(ReconcileInputs.helpdesk().build()).account().fingerprint(),
                SECRET))
        .build();
  }

  static ReconcileInputs reporting(Reason reason, String... lines) {
    DesiredInstance desired = desired(ReconcileInputs.helpdesk().build());
    RemoteInstance instance = RemoteInstances.bare(7, "the-token");
    Recorded recorded =
        Recorded.NOTHING
            .seen(instance, desired)
            .withConfigurationHash(
                Optional.of(desired.configuration().fingerprint(instance.token())))
            .withTokenSecret(SECRET);
    return ReconcileInputs.helpdesk(lines)
        .finalized()
        .reporting(
            StatusComposer.compose(
                Optional.empty(),
                3,
                new StatusReport(
                    Outcome.of(reason, "As reported."), recorded, List.of(), Optional.empty()),
                REPORTED));
  }

  static Secret secret() {
    ReconcileInput input = ReconcileInputs.helpdesk().build();
    return input.tokenSecret(desired(input), 7, ScriptedAccount.TOKEN).orElseThrow();
  }

  static Set<String> tags() {
    return desired(ReconcileInputs.helpdesk().build()).tags();
  }

  static DesiredInstance desired(ReconcileInput input) {
    var resolution = new DesiredResolver(ReconcileInputs.SETTINGS).resolve(input);
    return ((DesiredResolver.Resolution.Resolved) resolution).desired();
  }
}
