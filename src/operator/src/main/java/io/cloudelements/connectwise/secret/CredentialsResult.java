package io.cloudelements.connectwise.secret;

import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Configuration;
import java.util.List;

/** What the credentials Secrets of a resource hold. */
public sealed interface CredentialsResult {

  record Complete(AccountAccess access, Configuration configuration) implements CredentialsResult {
    public Account account() {
      return access.account();
    }
  }

  /** A Secret that the resource refers to is not there. */
  record NoSecret(String name) implements CredentialsResult {}

  /**
   * Required entries that no key feeds.
   *
   * @param missing all of them, each described with its Secret key and configuration entry
   */
  record Missing(String secretName, List<String> missing) implements CredentialsResult {
    public Missing {
      missing = List.copyOf(missing);
    }
  }

  /**
   * {@code spec.configuration} says where the credentials go, and the Secret does not let it.
   *
   * @param entries which of its entries do
   */
  record AddressInSpec(String secretName, List<String> entries) implements CredentialsResult {
    public AddressInSpec {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Values that cannot be sent as they are, each described by its key and what is wrong with it.
   */
  record Malformed(String secretName, List<String> problems) implements CredentialsResult {
    public Malformed {
      problems = List.copyOf(problems);
    }
  }
}
