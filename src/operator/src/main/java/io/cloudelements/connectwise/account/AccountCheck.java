package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.account.AccountCheckResult.Verified;
import io.cloudelements.connectwise.api.v1.AccountOrganization;
import io.cloudelements.connectwise.api.v1.Annotations;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.FailureOutcomes;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.secret.CredentialsReader;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.SecretContent;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Checks an account: first what the cluster shows, then, where its secrets are new, what the
 * service says of them.
 *
 * @param account as the API server has it
 */
public record AccountCheck(CloudElementsAccount account, BaseUrlSettings settings) {
  /**
   * By which the owner of an account confirms whose it is now; its value is the id of the other
   * organization, or, where the service does not tell it, the id of the former one and the revision
   * of the new secrets.
   */
  public static final String CONFIRM_IDENTITY = "cloudelements.io/confirm-identity";

  private static final Pattern REQUESTED_IDENTITY =
      Pattern.compile(Pattern.quote(CONFIRM_IDENTITY) + ": \"([^\"]*)\"");

  /**
   * @param defaultBaseUrl of an account that names none
   * @param allowed the base URLs to which secrets may be sent
   */
  public record BaseUrlSettings(URI defaultBaseUrl, Predicate<URI> allowed) {}

  /** What comes next. */
  public sealed interface NextStep {
    /** The service is to be asked whether it accepts this. */
    record Ask(Account account) implements NextStep {}

    /** Nothing need be asked. */
    record Done(AccountCheckResult result) implements NextStep {}
  }

  /**
   * @param secret the one that opens it, if there is one
   */
  public NextStep begin(Optional<Secret> secret) {
    AccountTerms terms = AccountTerms.of(account);
    if (terms.suspended()) {
      return done(
          AccountReason.SUSPENDED,
          "spec.suspend is true: no request is made to this account. Set it to false to go on.");
    }
    Optional<URI> baseUrl = terms.baseUrl(settings.defaultBaseUrl());
    if (baseUrl.isEmpty() || terms.secret().isEmpty()) {
      return done(
          AccountReason.INVALID_SPEC,
          "spec.baseUrl is not a URL, or spec.secretRef is missing. Correct the spec.");
    }
    if (!settings.allowed().test(baseUrl.get())) {
      return done(
          AccountReason.BASE_URL_NOT_ALLOWED,
          "spec.baseUrl "
              + baseUrl.get()
              + " is not on the operator's list of allowed base URLs, so no secret is sent there."
              + " Use an allowed one, or have CLOUD_ELEMENTS_ALLOWED_BASE_URLS extended.");
    }
    return secret
        .map(found -> CredentialsReader.account(SecretContent.of(found), baseUrl.get()))
        .map(this::withCredentials)
        .orElseGet(() ->
            done(
                AccountReason.SECRET_NOT_FOUND,
                "Secret "
                    + terms.secret().get().name()
                    + " does not exist in this namespace. Create it with userSecret and"
                    + " organizationSecret, or correct spec.secretRef; it is used at once."));
  }

  private NextStep withCredentials(CredentialsResult credentials) {
    return switch (credentials) {
      case CredentialsResult.Complete complete -> withAccount(complete.account());
      case CredentialsResult.Missing(String name, List<String> missing) ->
          done(
              AccountReason.MISSING_ENTRIES,
              "Secret " + name + " lacks: " + String.join("; ", missing) + ". Add them.");
      case CredentialsResult.Malformed(String name, List<String> problems) ->
          done(
              AccountReason.MALFORMED_ENTRIES,
              "Values in Secret "
                  + name
                  + " cannot be sent as they are: "
                  + String.join("; ", problems)
                  + ".");
      case CredentialsResult.NoSecret _, CredentialsResult.AddressInSpec _ ->
          throw new IllegalStateException("reading an account alone gives none of these");
    };
  }

  private NextStep withAccount(Account opened) {
    AccountFacts facts = AccountFacts.of(account);
    boolean known = facts.verified().equals(Optional.of(revision(opened)));
    boolean refusedSince = facts.reason().filter(AccountReason::isNotAccepted).isPresent();
    return known && !refusedSince && !isRequested(facts)
        ? new NextStep.Done(
            verified(
                opened.of(facts.organization().map(AccountOrganization::id)), facts.organization()))
        : new NextStep.Ask(opened);
  }

  private boolean isRequested(AccountFacts facts) {
    return !requestedAt(account).equals(facts.handledRequest());
  }

  /** The check that a person asks for. */
  static Optional<String> requestedAt(CloudElementsAccount account) {
    return annotation(account, Annotations.RECONCILE_REQUESTED_AT);
  }

  private String revision(Account opened) {
    return opened.revision(account.getMetadata().getUid());
  }

  /** The service accepted the secrets, and told the organization or did not. */
  public AccountCheckResult accepted(Account asked, OrganizationAnswer answer) {
    Optional<AccountOrganization> pinned = AccountFacts.of(account).organization();
    return switch (answer) {
      case OrganizationAnswer.Told(var told) -> {
        AccountOrganization now = new AccountOrganization(told.id(), told.name().orElse(null));
        yield pinned
            .filter(before -> !before.id().equals(told.id()) && !isConfirmed(told.id()))
            .map(before -> changed(before, now))
            .orElseGet(() -> verified(asked.of(Optional.of(told.id())), Optional.of(now)));
      }
      case OrganizationAnswer.NotTold(String why) ->
          pinned
              .filter(before -> !isConfirmed(unshown(before, asked)))
              .map(before -> unknown(before, asked, why))
              .orElseGet(() -> verified(asked.of(pinned.map(AccountOrganization::id)), pinned));
    };
  }

  private static AccountCheckResult verified(
      Account account, Optional<AccountOrganization> organization) {
    String whose =
        organization
            .map(known -> "organization " + shown(known))
            .orElse("an organization that the service does not tell");
    return new AccountCheckResult(
        AccountReason.VERIFIED,
        "The service accepted the account's secrets, of " + whose + ".",
        Optional.of(new Verified(account, organization)));
  }

  private AccountCheckResult changed(AccountOrganization before, AccountOrganization now) {
    return AccountCheckResult.of(
        AccountReason.IDENTITY_CHANGED,
        "The secrets open organization "
            + shown(now)
            + " and no longer "
            + shown(before)
            + ", where the instances are. Nothing is called until that is settled: restore the"
            + " secrets of that organization, or, to go on with the other one, annotate this"
            + " account"
            + confirmation(now.id()));
  }

  /** For these very secrets: what was confirmed once says nothing of the next ones. */
  private String unshown(AccountOrganization before, Account asked) {
    return before.id() + "@" + revision(asked);
  }

  private AccountCheckResult unknown(AccountOrganization before, Account asked, String why) {
    return AccountCheckResult.of(
        AccountReason.IDENTITY_CHANGED,
        "The service accepts the new secrets but does not tell their organization ("
            + why
            + "), and the instances are in "
            + shown(before)
            + ". Nothing is called until that is settled: use a user who may read the"
            + " organization, or, where it is that organization, annotate this account"
            + confirmation(unshown(before, asked)));
  }

  private String confirmation(String id) {
    return " with "
        + CONFIRM_IDENTITY
        + ": \""
        + id
        + "\" (kubectl annotate cea -n "
        + account.getMetadata().getNamespace()
        + " "
        + account.getMetadata().getName()
        + " --overwrite "
        + CONFIRM_IDENTITY
        + "="
        + id
        + ").";
  }

  /** The value by which a message lets the owner confirm the identity. */
  public static Optional<String> identityToConfirm(String message) {
    return REQUESTED_IDENTITY.matcher(message).results().map(found -> found.group(1)).findFirst();
  }

  private static String shown(AccountOrganization organization) {
    return Optional.ofNullable(organization.name())
        .map(name -> organization.id() + " (" + name + ")")
        .orElse(organization.id());
  }

  private boolean isConfirmed(String id) {
    return annotation(account, CONFIRM_IDENTITY).equals(Optional.of(id));
  }

  private static Optional<String> annotation(CloudElementsAccount account, String name) {
    return Optional.ofNullable(account.getMetadata().getAnnotations()).map(all -> all.get(name));
  }

  /** The service did not accept them, or did not answer. */
  public AccountCheckResult failed(Account asked, RemoteFailure failure, Instant now) {
    Outcome outcome = FailureOutcomes.of(failure, asked.fingerprint(), now);
    AccountReason reason =
        switch (outcome.reason()) {
          case ACCOUNT_REJECTED -> AccountReason.ACCOUNT_REJECTED;
          case ACCESS_DENIED -> AccountReason.ACCESS_DENIED;
          default -> AccountReason.UNREACHABLE;
        };
    return new AccountCheckResult(reason, outcome.message(), Optional.empty());
  }

  private static NextStep done(AccountReason reason, String message) {
    return new NextStep.Done(AccountCheckResult.of(reason, message));
  }
}
