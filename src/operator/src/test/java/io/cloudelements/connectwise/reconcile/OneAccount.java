package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.ResourceId;
import java.util.Map;
import java.util.Optional;

/** A cluster with one account object at the most, and whether a secret was asked for. */
final class OneAccount implements AccountDirectory {
  Optional<CloudElementsAccount> account = Optional.empty();
  Optional<Keys> keys;
  int reads;

  /**
   * @param opened by its Secret
   */
  OneAccount(Account opened) {
    keys = Optional.of(new Keys(opened, Optional.empty()));
  }

  @Override
  public Optional<CloudElementsAccount> account(ResourceId name) {
    return account.filter(found -> name.equals(AccountTerms.id(found)));
  }

  @Override
  public Optional<Map<String, String>> labels(String namespace) {
    return Optional.empty();
  }

  @Override
  public String applicationVersion(CloudElementsAccount found) {
    return "7";
  }

  @Override
  public Optional<Keys> keys(CloudElementsAccount found) {
    reads++;
    return keys;
  }
}
