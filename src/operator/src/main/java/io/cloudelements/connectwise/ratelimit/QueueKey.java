package io.cloudelements.connectwise.ratelimit;

import io.cloudelements.connectwise.instance.Account;

/**
 * Names the queue of one account.
 *
 * @param account its fingerprint
 * @param host all accounts of a host share its connections
 */
public record QueueKey(String account, String host) {
  public static QueueKey of(Account account) {
    return new QueueKey(account.fingerprint(), account.baseUrl().getRawAuthority());
  }
}
