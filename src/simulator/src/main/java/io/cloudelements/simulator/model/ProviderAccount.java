package io.cloudelements.simulator.model;

import java.util.Optional;

/**
 * A login that the simulated ConnectWise accepts; with a server URL only there. For the REST
 * element, user name and password are the public and the private key.
 */
public record ProviderAccount(
    String company, String username, String password, Optional<String> serverUrl) {

  /** A login that is accepted for any server URL. */
  public static ProviderAccount of(String company, String username, String password) {
    return new ProviderAccount(company, username, password, Optional.empty());
  }

  /** Without the password. */
  @Override
  public String toString() {
    return company + "/" + username;
  }
}
