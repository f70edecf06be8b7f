package io.cloudelements.connectwise.why;

import java.util.Arrays;
import java.util.Optional;

/** The links of the chain, in the order in which each needs the one before it. */
public enum LinkName {
  /** What opens the account at the service. */
  ACCOUNT("account"),
  /** The ConnectWise entries. */
  SECRETS("secrets"),
  /** Whether the operator may call the service: queue, circuit breaker, Retry-After, suspension. */
  ADMISSION("admission"),
  /** The instance at the service, as the operator last saw it. */
  INSTANCE("instance"),
  /** The generated Secret. */
  TOKEN_SECRET("token-secret"),
  /** The workloads that use the generated Secret. */
  CONSUMERS("consumers");

  private final String key;

  LinkName(String key) {
    this.key = key;
  }

  /** How it is written. */
  public String key() {
    return key;
  }

  static Optional<LinkName> ofKey(String key) {
    return Arrays.stream(values()).filter(name -> name.key.equals(key)).findFirst();
  }
}
