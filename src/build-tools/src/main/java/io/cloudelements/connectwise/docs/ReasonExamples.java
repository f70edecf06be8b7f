package io.cloudelements.connectwise.docs;

import static io.cloudelements.connectwise.docs.ExampleInputs.CREDENTIALS;
import static io.cloudelements.connectwise.docs.ExampleInputs.blocked;
import static io.cloudelements.connectwise.docs.ExampleInputs.deleted;
import static io.cloudelements.connectwise.docs.ExampleInputs.desired;
import static io.cloudelements.connectwise.docs.ExampleInputs.formerToken;
import static io.cloudelements.connectwise.docs.ExampleInputs.named;
import static io.cloudelements.connectwise.docs.ExampleInputs.resource;
import static io.cloudelements.connectwise.docs.ExampleInputs.secret;
import static io.cloudelements.connectwise.docs.ExampleInputs.with;

import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.FailureOutcomes;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.PlannerOutcomes;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.Recorded;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.cloudelements.connectwise.reconcile.ReconcileOutcomes;
import io.cloudelements.connectwise.status.StatusComposer;
import io.cloudelements.connectwise.status.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One status of each reason, composed by the operator's own code. */
public final class ReasonExamples {
  private static final Instant BEFORE = Instant.parse("2026-11-24T08:00:20Z");
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final long GENERATION = 1;
  private static final ResourceId SHARED =
      new ResourceId("connectwise-accounts", "acme-production");
  private static final String ACCOUNT = "5f2c0c9a1b7e";

  private ReasonExamples() {}

  public static ConnectWiseInstanceStatus status(Reason reason) {
    Recorded recorded = recorded(reason);
    Optional<ConnectWiseInstanceStatus> before =
        recorded.instanceId().isEmpty()
            ? Optional.empty()
            : Optional.of(
                compose(
                    Optional.empty(),
                    PlannerOutcomes.available(),
                    PlannerOutcomes.recorded(false, true),
                    List.of(),
                    BEFORE));
    List<String> plan =
        reason == Reason.PLANNED ? ReconcileOutcomes.plan(resource(""), desired()) : List.of();
    return compose(before, outcome(reason), recorded, plan, NOW);
  }

  private static ConnectWiseInstanceStatus compose(
      Optional<ConnectWiseInstanceStatus> before,
      Outcome outcome,
      Recorded recorded,
      List<String> plan,
      Instant now) {
    return StatusComposer.compose(
        before, GENERATION, new StatusReport(outcome, recorded, plan, Optional.empty()), now);
  }

  private static Recorded recorded(Reason reason) {
    return switch (reason) {
      case AVAILABLE,
          UPDATING,
          SUSPENDED,
          NOT_ACCEPTED,
          ADOPTION_REFUSED,
          ACCOUNT_CHANGED,
          RECREATION_HELD,
          RECREATION_DELAYED,
          CLUSTER_WRITE_REFUSED,
          CLUSTER_WRITE_REFUSED_IN_USE,
          CLUSTER_WRITE_REFUSED_AT_DELETION,
          RATE_LIMITED,
          ACCOUNT_NOT_READY,
          NOT_PERMITTED,
          UNREACHABLE,
          UNEXPECTED_ANSWER,
          HELD_BACK,
          INTERNAL_ERROR,
          DELETION_BLOCKED,
          DELETION_HELD,
          CRD_IS_BEING_DELETED,
          RETAINED ->
          PlannerOutcomes.recorded(false, true);
      case DISABLED, DISABLED_AS_ASKED -> PlannerOutcomes.recorded(true, true);
      case INVALID -> PlannerOutcomes.recorded(false, false);
      case PROVISIONING, AWAITING_OUTCOME, TIMED_OUT, CONNECTION_LOST, SERVICE_FAILED, DELETING ->
          PlannerOutcomes.withIntent();
      case PLANNED,
          WAITING_FOR_SECRET,
          WAITING_FOR_ACCOUNT,
          ACCOUNT_NOT_USABLE,
          QUOTA_REACHED,
          INVALID_SPEC,
          BASE_URL_NOT_ALLOWED,
          SECRET_NOT_FOUND,
          MISSING_ENTRIES,
          MALFORMED_ENTRIES,
          ADDRESS_NOT_IN_SECRET,
          ACCOUNT_REJECTED,
          ACCESS_DENIED,
          PROVIDER_REJECTED,
          SECRET_CONFLICT,
          TEMPLATE_REFUSED,
          FORMER_SECRET,
          NOT_FOUND,
          WRONG_ELEMENT,
          OWNED_BY_ANOTHER,
          OWNERSHIP_NOT_SHOWN,
          DELETED ->
          Recorded.NOTHING;
    };
  }

  private static Outcome account(AccountSource source) {
    return ReconcileOutcomes.inTheWay(
        resource("accountRef: {name: acme-production, namespace: connectwise-accounts}"), source);
  }

  private static Outcome outcome(Reason reason) {
    return switch (reason) {
      case AVAILABLE -> PlannerOutcomes.available();
      case DISABLED_AS_ASKED -> PlannerOutcomes.disabledAsAsked();
      case DISABLED -> PlannerOutcomes.disabled();
      case INVALID -> PlannerOutcomes.invalid();
      case PROVISIONING -> ReconcileOutcomes.provisioning(NOW);
      case AWAITING_OUTCOME -> PlannerOutcomes.awaitingOutcome();
      case UPDATING -> PlannerOutcomes.updating();
      case WAITING_FOR_SECRET ->
          ReconcileOutcomes.waiting(resource(""), blocked("", Map.of()), NOW);
      case WAITING_FOR_ACCOUNT ->
          ReconcileOutcomes.waiting(
              resource(""), account(new AccountSource.NotUsable(SHARED)), NOW);
      case ACCOUNT_NOT_USABLE -> account(new AccountSource.NotUsable(SHARED));
      case ACCOUNT_NOT_READY -> account(new AccountSource.NotReady(SHARED, "SecretNotFound"));
      case NOT_PERMITTED ->
          account(
              new AccountSource.Limited(SHARED, "taking over instance 7 by spec.adoptInstanceId"));
      case QUOTA_REACHED -> ReconcileOutcomes.quotaReached(SHARED, 50);
      case PLANNED -> ReconcileOutcomes.planned(resource(""), desired());
      case SUSPENDED -> ReconcileOutcomes.prerequisite(resource("suspend: true"), Map.of());
      case INVALID_SPEC -> blocked("element: connectwisecrm", secret(CREDENTIALS));
      case BASE_URL_NOT_ALLOWED ->
          blocked("baseUrl: https://elsewhere.example.com", secret(CREDENTIALS));
      case SECRET_NOT_FOUND -> blocked("", Map.of());
      case MISSING_ENTRIES -> blocked("", secret(Map.of("username", "api1", "company", "acme")));
      case MALFORMED_ENTRIES -> blocked("", secret(with("password", "change-me\n")));
      case ADDRESS_NOT_IN_SECRET ->
          blocked(
              "configuration: {helpdesk.connectwise.server.url: connectwise.example.com}",
              secret(with("company", "acme")));
      case ACCOUNT_REJECTED ->
          failure(new RemoteFailure.AccountRejected(answer(401, "Invalid Organization or User")));
      case ACCESS_DENIED ->
          failure(new RemoteFailure.AccessDenied(answer(403, "User lacks a privilege")));
      case PROVIDER_REJECTED ->
          failure(
              new RemoteFailure.ProviderRejected(
                  answer(400, "Failed to authenticate with the provider")));
      case NOT_ACCEPTED -> PlannerOutcomes.notAccepted();
      case SECRET_CONFLICT ->
          ReconcileOutcomes.prerequisite(
              resource(""), Map.of("acme-token", named("acme-token", Map.of())));
      case TEMPLATE_REFUSED ->
          ReconcileOutcomes.templateRefused(
              resource("tokenSecret: {template: {AUTHORIZATION: $(authorization)}}"));
      case FORMER_SECRET ->
          ReconcileOutcomes.prerequisite(resource(""), Map.of("acme-token", formerToken()));
      case NOT_FOUND -> PlannerOutcomes.notFound();
      case WRONG_ELEMENT -> PlannerOutcomes.wrongElement();
      case OWNED_BY_ANOTHER -> PlannerOutcomes.ownedByAnother();
      case OWNERSHIP_NOT_SHOWN -> PlannerOutcomes.ownershipNotShown();
      case ADOPTION_REFUSED -> PlannerOutcomes.adoptionRefused();
      case ACCOUNT_CHANGED -> PlannerOutcomes.accountChanged();
      case RECREATION_HELD -> PlannerOutcomes.recreationHeld();
      case RECREATION_DELAYED -> PlannerOutcomes.recreationDelayed();
      case CLUSTER_WRITE_REFUSED ->
          ReconcileOutcomes.unwritten(
              WriteKind.CREATE_SECRET,
              "secrets \"acme-token\" is forbidden: exceeded quota: objects, requested:"
                  + " secrets=1, used: secrets=10, limited: secrets=10",
              reason);
      case CLUSTER_WRITE_REFUSED_IN_USE ->
          ReconcileOutcomes.unwritten(
              WriteKind.DELETE_SECRET,
              "secrets \"former-token\" is forbidden: ValidatingAdmissionPolicy 'keep-secrets'"
                  + " with binding 'keep-secrets' denied request: Secrets are kept",
              reason);
      case CLUSTER_WRITE_REFUSED_AT_DELETION ->
          ReconcileOutcomes.unwritten(
              WriteKind.REMOVE_FINALIZER,
              "connectwiseinstances.cloudelements.io \"acme\" is forbidden:"
                  + " ValidatingAdmissionPolicy 'freeze' with binding 'freeze' denied request: no"
                  + " change before Monday",
              reason);
      case RATE_LIMITED ->
          failure(
              new RemoteFailure.RateLimited(
                  answer(429, "Too many requests"), Optional.of(Duration.ofSeconds(30))));
      case TIMED_OUT ->
          failure(new RemoteFailure.TimedOut(ProvisioningWindow.DEFAULT_DEADLINE, Effect.UNKNOWN));
      case UNREACHABLE -> failure(new RemoteFailure.Unreachable("the connection was refused"));
      case CONNECTION_LOST ->
          failure(
              new RemoteFailure.ConnectionLost(
                  "the connection was closed before an answer came", Effect.UNKNOWN));
      case SERVICE_FAILED ->
          failure(
              new RemoteFailure.ServiceFailed(answer(503, "Service unavailable"), Effect.UNKNOWN));
      case UNEXPECTED_ANSWER ->
          failure(
              new RemoteFailure.UnexpectedAnswer(
                  RemoteFailure.ErrorAnswer.NONE, "a body that is not JSON", Effect.NONE));
      case HELD_BACK ->
          failure(
              new RemoteFailure.NotSent(
                  "the account failed several times in a row",
                  Optional.of(Duration.ofSeconds(30))));
      case INTERNAL_ERROR -> ReconcileOutcomes.unexpected();
      case DELETING -> PlannerOutcomes.deleting();
      case DELETION_BLOCKED ->
          FailureOutcomes.ofDeletion(
              new RemoteFailure.InUse(answer(409, "Instance is in use")), ACCOUNT, NOW);
      case DELETION_HELD -> PlannerOutcomes.deletionHeld();
      case CRD_IS_BEING_DELETED -> ReconcileOutcomes.crdIsBeingDeleted(deleted("", NOW));
      case DELETED -> PlannerOutcomes.deleted();
      case RETAINED ->
          ReconcileOutcomes.prerequisite(deleted("deletionPolicy: Retain", NOW), Map.of());
    };
  }

  private static Outcome failure(RemoteFailure failure) {
    return FailureOutcomes.of(failure, ACCOUNT, NOW);
  }

  static RemoteFailure.ErrorAnswer answer(int status, String message) {
    return new RemoteFailure.ErrorAnswer(
        status, Optional.of(message), Optional.empty(), Optional.of("5b31352ae4b089f56fbae41f"));
  }
}
