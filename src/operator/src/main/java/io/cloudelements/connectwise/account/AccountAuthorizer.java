package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.account.AccountSource.InstanceLimits;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.ResourceId;
import java.time.Instant;
import java.util.Optional;

/** Opens the account that a resource refers to: consent first, then what it takes to call it. */
public final class AccountAuthorizer {
  /** What is said until the account is verified. */
  static final String BEING_VERIFIED = "it is being verified";

  private final AccountDirectory directory;

  public AccountAuthorizer(AccountDirectory directory) {
    this.directory = directory;
  }

  /**
   * @param name of the account object
   */
  public AccountSource open(ResourceId name, Consent.ConsentRequest request) {
    Optional<CloudElementsAccount> account = directory.account(name);
    return account
        .map(found -> inTheWay(name, found, request).orElseGet(() -> opened(name, found, request)))
        .orElseGet(() -> new AccountSource.NotUsable(name));
  }

  /** The {@link AccountSource#version} of what {@link #open} gives, without reading a secret. */
  public String version(ResourceId name, Consent.ConsentRequest request) {
    return directory
        .account(name)
        .map(found ->
            inTheWay(name, found, request)
                .map(AccountSource::version)
                .orElseGet(() -> openVersion(found, request.deletion())))
        .orElseGet(() -> new AccountSource.NotUsable(name).version());
  }

  private Optional<AccountSource> inTheWay(
      ResourceId name, CloudElementsAccount account, Consent.ConsentRequest request) {
    AccountTerms terms = AccountTerms.of(account);
    AccountFacts facts = AccountFacts.of(account);
    return switch (Consent.to(request, terms, facts.fingerprint(), directory::labels)) {
      case Consent.Withheld _ -> Optional.of(new AccountSource.NotUsable(name));
      case Consent.Limited(String what) -> Optional.of(new AccountSource.Limited(name, what));
      case Consent.Given _ -> problem(name, terms, facts, request.deletion());
    };
  }

  private static Optional<AccountSource> problem(
      ResourceId name, AccountTerms terms, AccountFacts facts, boolean deletion) {
    if (terms.suspended()) {
      return Optional.of(new AccountSource.Suspended(name));
    }
    if (terms.deleting() && !deletion) {
      return Optional.of(new AccountSource.NotReady(name, "it is being deleted"));
    }
    Optional<AccountReason> reason = facts.reason().filter(_ -> facts.verified().isPresent());
    return reason.filter(known -> known.serves(deletion)).isPresent()
        ? Optional.empty()
        : Optional.of(new AccountSource.NotReady(name, told(facts)));
  }

  private static String told(AccountFacts facts) {
    return facts
        .reason()
        .filter(known -> known != AccountReason.VERIFIED)
        .map(AccountReason::label)
        .orElse(BEING_VERIFIED);
  }

  /** An account that is being deleted is not verified again. */
  private static String withoutKeys(CloudElementsAccount account) {
    return AccountTerms.of(account).deleting()
        ? "it is being deleted, and its Secret does not have what the service accepted last"
        : told(AccountFacts.of(account));
  }

  private static InstanceLimits limits(CloudElementsAccount account) {
    AccountTerms terms = AccountTerms.of(account);
    return new InstanceLimits(terms.mostInstances(), terms.mostInstancesPerNamespace());
  }

  /** A confirmation requeues the resources that are being deleted, and no other. */
  private String revisions(CloudElementsAccount account, boolean deletion) {
    AccountFacts facts = AccountFacts.of(account);
    String revisions = facts.verified().orElse("") + " " + directory.applicationVersion(account);
    return deletion
        ? revisions + " " + facts.deletionsConfirmed().map(Instant::toString).orElse("")
        : revisions;
  }

  private AccountSource opened(
      ResourceId name, CloudElementsAccount account, Consent.ConsentRequest request) {
    return directory
        .keys(account)
        .<AccountSource>map(keys ->
            new AccountSource.Open(
                name,
                keys.account(),
                Consent.takesUnmarked(request.namespace(), AccountTerms.of(account)),
                limits(account),
                keys.application(),
                AccountFacts.of(account).deletionsConfirmed(),
                revisions(account, request.deletion())))
        .orElseGet(() -> new AccountSource.NotReady(name, withoutKeys(account)));
  }

  private String openVersion(CloudElementsAccount account, boolean deletion) {
    return AccountSource.openVersion(
        AccountFacts.of(account).fingerprint().orElse(""),
        revisions(account, deletion),
        limits(account));
  }
}
