package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.account.Consent;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.ResourceId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an account is listed with: its account object, if there is one, and otherwise what an
 * earlier reconcile of one of its resources worked with.
 *
 * @param orphans also remembers accounts without a resource
 */
public record ListingAccess(
    PrimaryCache primaries, SynchronizedMemory memory, OrphanScan orphans, AccountCache accounts) {

  /**
   * @param remembered whether it may be used when the account has no resource any more
   */
  record KeptAccess(AccountAccess access, boolean remembered) {}

  /** Empty where nothing opens it now, or its owner suspended it. */
  Optional<KeptAccess> of(String fingerprint) {
    List<CloudElementsAccount> objects = openers(accounts.all(), fingerprint);
    Optional<AccountAccess> opened =
        objects.stream().flatMap(account -> opened(account).stream()).findFirst();
    return opened
        .map(access -> new KeptAccess(access, false))
        .or(() ->
            memory
                .access(fingerprint, primaries.inAccount(fingerprint))
                .or(() -> orphans.access(fingerprint).filter(_ -> objects.isEmpty()))
                .map(access -> new KeptAccess(access, true)));
  }

  /**
   * The objects that open an account, the oldest first: a tenant's own object of the account, whose
   * user may be rejected or see less, would otherwise blind the listings of all others.
   */
  static List<CloudElementsAccount> openers(
      Stream<CloudElementsAccount> accounts, String fingerprint) {
    return accounts
        .filter(account -> AccountFacts.of(account).fingerprint().equals(Optional.of(fingerprint)))
        .sorted(
            Comparator.comparing((CloudElementsAccount account) ->
                    Objects.requireNonNullElse(account.getMetadata().getCreationTimestamp(), ""))
                .thenComparing(account -> AccountTerms.id(account).toString()))
        .toList();
  }

  /** The accounts of which there is an account object. */
  Set<String> objects() {
    return accounts
        .all()
        .flatMap(account -> AccountFacts.of(account).fingerprint().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** As its own namespace may, for a listing is about no resource. */
  private Optional<AccountAccess> opened(CloudElementsAccount account) {
    ResourceId name = AccountTerms.id(account);
    Consent.ConsentRequest request =
        new Consent.ConsentRequest(
            name.namespace(), Optional.empty(), Optional.empty(), false, Optional.empty());
    return new AccountAuthorizer(accounts).open(name, request) instanceof AccountSource.Open open
        ? Optional.of(AccountAccess.to(open.account()))
        : Optional.empty();
  }
}
