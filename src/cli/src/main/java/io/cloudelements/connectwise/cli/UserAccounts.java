package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountKeyring;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The account objects as the person who runs a command may see them. An object that the person may
 * not see ends the command: it could mean either answer.
 *
 * @param defaultBaseUrl of an account that names none
 */
record UserAccounts(UserCluster cluster, URI defaultBaseUrl) implements AccountDirectory {
  @Override
  public Optional<CloudElementsAccount> account(ResourceId name) {
    return cluster
        .account(name)
        .orFail(
            "You may not read CloudElementsAccount "
                + name
                + ", so whether it lets a namespace use it cannot be told. Ask its owner for the"
                + " right to get it. Nothing was read of it, and no call was made.");
  }

  /**
   * The check of an account as it is now.
   *
   * @throws CommandFailure there is none of that name
   */
  AccountCheck check(ResourceId name, Predicate<URI> allowed) {
    CloudElementsAccount found =
        account(name)
            .orElseThrow(
                () -> CommandFailure.failed("There is no CloudElementsAccount " + name + "."));
    return new AccountCheck(found, new AccountCheck.BaseUrlSettings(defaultBaseUrl, allowed));
  }

  @Override
  public Optional<Map<String, String>> labels(String namespace) {
    return cluster
        .labels(namespace)
        .orFail(
            "You may not read namespace "
                + namespace
                + ", and the account goes by its labels (spec.allowedNamespaces.selector). Ask for"
                + " the right to get it. No secret was read, and no call was made.");
  }

  @Override
  public String applicationVersion(CloudElementsAccount account) {
    return "";
  }

  /** Of secrets that the operator has not verified there are none. */
  @Override
  public Optional<Keys> keys(CloudElementsAccount account) {
    return AccountTerms.of(account)
        .secret()
        .flatMap(this::secret)
        .flatMap(secret -> AccountKeyring.opened(account, secret, defaultBaseUrl))
        .filter(found ->
            AccountFacts.of(account)
                .verified()
                .equals(Optional.of(found.revision(account.getMetadata().getUid()))))
        .map(found -> new Keys(found, Optional.empty()));
  }

  /** The Secret of an account. */
  Optional<Secret> secret(ResourceId name) {
    return cluster
        .secret(name)
        .orFail(
            "You may not read Secret "
                + name
                + ", which opens the account. Ask a person who may read it to run this."
                + " No call was made.");
  }
}
