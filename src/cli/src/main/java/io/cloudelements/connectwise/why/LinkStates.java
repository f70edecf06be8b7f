package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.AccountOrganization;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.api.v1.Provisioning;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Priority;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.status.StatusReader;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What each link shows by itself. */
final class LinkStates {
  private static final int MOST_KEYS = 16;

  private LinkStates() {}

  static LinkState of(LinkName name, WhyFacts facts) {
    return switch (name) {
      case ACCOUNT ->
          facts
              .account()
              .map(seen -> account(seen, facts.spec().accountRef().orElseThrow()))
              .orElseGet(() -> accountSecret(facts));
      case SECRETS -> credentials(facts);
      case ADMISSION -> admission(facts);
      case INSTANCE -> instance(facts);
      case TOKEN_SECRET -> delivered(facts);
      case CONSUMERS -> consumers(facts);
    };
  }

  private static LinkState account(Sight<CloudElementsAccount> seen, ResourceId name) {
    String subject = "CloudElementsAccount " + name;
    return switch (seen) {
      case Sight.Forbidden<CloudElementsAccount> _ ->
          new LinkState.Untold("You may not read " + subject + "; its owner sees its state.");
      case Sight.Missing<CloudElementsAccount> _ ->
          new LinkState.Broken("There is no " + subject + ".");
      case Sight.Visible<CloudElementsAccount>(CloudElementsAccount account) ->
          account(subject, account);
    };
  }

  private static LinkState account(String subject, CloudElementsAccount account) {
    AccountFacts facts = AccountFacts.of(account);
    if (AccountTerms.of(account).deleting()) {
      return new LinkState.Broken(subject + " is being deleted.");
    }
    return facts
        .ready()
        .map(ready -> account(subject, facts, ready))
        .orElseGet(() -> new LinkState.Untold(subject + " has not been looked at yet."));
  }

  private static LinkState account(String subject, AccountFacts facts, Condition ready) {
    return AccountReason.VERIFIED.label().equals(ready.getReason())
        ? new LinkState.Sound(
            subject
                + " is verified"
                + facts.organization().map(LinkStates::organization).orElse("")
                + ".")
        : new LinkState.Broken(subject + " is " + ready.getReason() + ".");
  }

  private static String organization(AccountOrganization known) {
    return ", organization "
        + Optional.ofNullable(known.name())
            .map(name -> name + " (" + known.id() + ")")
            .orElse(known.id());
  }

  private static LinkState accountSecret(WhyFacts facts) {
    String subject = "Secret " + facts.spec().accountSecret();
    return switch (facts.accountSecret()) {
      case Sight.Forbidden<SecretKeys> _ ->
          new LinkState.Untold("You may not read " + subject + ", which opens the account.");
      case Sight.Missing<SecretKeys> _ ->
          new LinkState.Broken(subject + ", which opens the account, does not exist.");
      case Sight.Visible<SecretKeys>(SecretKeys keys) ->
          keys.problem()
              .<LinkState>map(problem -> new LinkState.Broken(problem.message()))
              .orElseGet(
                  () -> new LinkState.Sound(subject + " has userSecret and organizationSecret."));
    };
  }

  private static LinkState credentials(WhyFacts facts) {
    String subject = "Secret " + facts.spec().credentialsSecret();
    return switch (facts.credentials()) {
      case Sight.Forbidden<SecretKeys> _ ->
          new LinkState.Untold("You may not read " + subject + ", so its keys are not known.");
      case Sight.Missing<SecretKeys> _ -> new LinkState.Broken(subject + " does not exist.");
      case Sight.Visible<SecretKeys>(SecretKeys keys) ->
          keys.problem()
              .map(Outcome::message)
              .<LinkState>map(LinkState.Broken::new)
              .orElseGet(() -> new LinkState.Sound(subject + " has " + names(keys) + "."));
    };
  }

  private static String names(SecretKeys secret) {
    List<String> names = List.copyOf(secret.bytes().keySet());
    if (names.isEmpty()) {
      return "no keys";
    }
    String shown = names.stream().limit(MOST_KEYS).collect(Collectors.joining(", "));
    return names.size() > MOST_KEYS
        ? shown + " and " + (names.size() - MOST_KEYS) + " more"
        : shown;
  }

  private static LinkState admission(WhyFacts facts) {
    return switch (facts.admission()) {
      case AdmissionView.NotAsked _ ->
          new LinkState.Untold(
              "Not asked: --operator-url or --operator-namespace shows queue and circuit breaker.");
      case AdmissionView.Unreachable(String why) -> new LinkState.Untold(why);
      case AdmissionView.Unused _ ->
          new LinkState.Untold("The operator has not called this account lately.");
      case AdmissionView.Told told -> admission(told);
    };
  }

  private static LinkState admission(AdmissionView.Told told) {
    String queue = queue(told);
    if (told.retryAfter().isPositive()) {
      return new LinkState.Broken(
          "The service asked for a pause (Retry-After): no call for another "
              + told.retryAfter().toSeconds()
              + " s. "
              + queue);
    }
    return switch (told.breaker()) {
      case CLOSED ->
          new LinkState.Sound("The account may be called: its circuit breaker is closed. " + queue);
      case HALF_OPEN ->
          new LinkState.Untold(
              "The circuit breaker of the account is half-open: one call probes it. " + queue);
      case OPEN ->
          new LinkState.Broken(
              "The circuit breaker of the account is open after repeated failures. " + queue);
    };
  }

  private static String queue(AdmissionView.Told told) {
    String inFlight = told.inFlight() + " in flight";
    if (told.queuedInAll() == 0) {
      return "Nothing is queued, " + inFlight + ".";
    }
    return Arrays.stream(Priority.values())
            .map(priority ->
                Objects.requireNonNullElse(told.queued().get(priority.label()), 0)
                    + " "
                    + priority.label())
            .collect(Collectors.joining(", ", "Queued: ", "; " + inFlight + "."))
        + told.position().map(number -> " This resource is number " + number + ".").orElse("");
  }

  private static LinkState instance(WhyFacts facts) {
    Optional<ConnectWiseInstanceStatus> status = StatusReader.status(facts.resource());
    return status
        .filter(known -> known.instanceId() != null)
        .map(known -> instance(known, facts.spec().enabled().orElse(true)))
        .orElseGet(() ->
            new LinkState.Untold(
                status
                    .map(ConnectWiseInstanceStatus::provisioning)
                    .map(LinkStates::openCreation)
                    .orElse("There is no instance yet.")));
  }

  private static String openCreation(Provisioning creation) {
    return "Creation attempt "
        + creation.attempt()
        + " began at "
        + creation.startedAt()
        + "; whether there is an instance is not known yet.";
  }

  private static LinkState instance(ConnectWiseInstanceStatus status, boolean wantedEnabled) {
    String seen =
        "Instance "
            + status.instanceId()
            + Optional.ofNullable(status.elementKey()).map(key -> " of " + key).orElse("")
            + " was last seen ";
    String further =
        Optional.ofNullable(status.duplicates())
            .map(others -> " Further instances with its tag: " + others + ".")
            .orElse("");
    if (Boolean.FALSE.equals(status.valid())) {
      return new LinkState.Broken(seen + "invalid." + further);
    }
    if (Boolean.TRUE.equals(status.disabled())) {
      return wantedEnabled
          ? new LinkState.Broken(seen + "disabled." + further)
          : new LinkState.Sound(seen + "disabled, as spec.enabled asks." + further);
    }
    return new LinkState.Sound(seen + "valid and enabled." + further);
  }

  private static LinkState delivered(WhyFacts facts) {
    String subject = "Secret " + facts.tokenSecret();
    Optional<Long> instance = StatusReader.instanceId(facts.resource());
    return switch (facts.delivered()) {
      case Sight.Forbidden<DeliveredSecret> _ ->
          new LinkState.Untold(
              "You may not read "
                  + subject
                  + StatusReader.tokenSecret(facts.resource())
                      .map(_ -> "; the status says that it is written.")
                      .orElse("."));
      case Sight.Missing<DeliveredSecret> _ ->
          instance.isPresent()
              ? new LinkState.Broken(subject + " does not exist.")
              : new LinkState.Untold(subject + " is written once there is an instance.");
      case Sight.Visible<DeliveredSecret>(DeliveredSecret secret) ->
          delivered(subject, secret, instance);
    };
  }

  private static LinkState delivered(
      String subject, DeliveredSecret secret, Optional<Long> instance) {
    if (!secret.ours()) {
      return new LinkState.Broken(subject + " exists and is not of this resource.");
    }
    if (!secret.instanceId().equals(instance)) {
      return new LinkState.Broken(
          subject
              + " has the token of "
              + secret.instanceId().map(id -> "instance " + id).orElse("no instance")
              + instance.map(id -> ", not of instance " + id).orElse("")
              + ".");
    }
    return new LinkState.Sound(subject + " has " + names(secret.keys()) + ".");
  }

  private static LinkState consumers(WhyFacts facts) {
    String subject = "Secret " + facts.tokenSecret();
    return switch (facts.consumers()) {
      case Sight.Forbidden<List<WorkloadUse>> _ ->
          new LinkState.Untold("You may not list pods, so what uses " + subject + " is not known.");
      case Sight.Missing<List<WorkloadUse>> _ -> nothingUses(subject);
      case Sight.Visible<List<WorkloadUse>>(List<WorkloadUse> uses) ->
          uses.isEmpty() ? nothingUses(subject) : consumers(subject, uses);
    };
  }

  private static LinkState nothingUses(String subject) {
    return new LinkState.Untold("No pod of the namespace refers to " + subject + ".");
  }

  private static LinkState consumers(String subject, List<WorkloadUse> uses) {
    Optional<String> waiting =
        uses.stream()
            .flatMap(
                use -> use.waiting().map(why -> use.workload() + " cannot start: " + why).stream())
            .findFirst();
    return waiting
        .<LinkState>map(LinkState.Broken::new)
        .orElseGet(() ->
            new LinkState.Sound(
                uses.stream()
                    .map(use ->
                        use.workload() + " (" + use.pods() + (use.pods() == 1 ? " pod)" : " pods)"))
                    .collect(Collectors.joining(", ", "", " uses " + subject + "."))));
  }
}
