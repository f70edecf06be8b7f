package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.secret.ApplicationSecrets;
import java.util.Map;
import java.util.Optional;

/** What {@link AccountAuthorizer} looks up. Only {@link #keys} reads a secret. */
public interface AccountDirectory {
  /** A directory without an account, as where no resource refers to one. */
  AccountDirectory NONE =
      new AccountDirectory() {
        @Override
        public Optional<CloudElementsAccount> account(ResourceId name) {
          return Optional.empty();
        }

        @Override
        public Optional<Map<String, String>> labels(String namespace) {
          return Optional.empty();
        }

        @Override
        public String applicationVersion(CloudElementsAccount account) {
          return "";
        }

        @Override
        public Optional<Keys> keys(CloudElementsAccount account) {
          return Optional.empty();
        }
      };

  /**
   * What opens an account.
   *
   * @param application what applications call it with; empty where none is set, or there is none
   */
  record Keys(Account account, Optional<ApplicationSecrets> application) {}

  Optional<CloudElementsAccount> account(ResourceId name);

  /** Labels of a namespace; empty where namespaces may not be read, or there is none. */
  Optional<Map<String, String>> labels(String namespace);

  /** Changes with the Secret of the application user, as far as that is seen without a read. */
  String applicationVersion(CloudElementsAccount account);

  /**
   * What opens it, if that is what the service accepted last: the secrets whose revision the status
   * records. Those of an account whose Secret is gone may be remembered.
   */
  Optional<Keys> keys(CloudElementsAccount account);
}
