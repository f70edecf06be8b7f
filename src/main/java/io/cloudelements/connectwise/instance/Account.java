package io.cloudelements.connectwise.instance;

import java.net.URI;

/**
 * An account of the platform: where it is and the two secrets that open it (contract §1).
 *
 * @param baseUrl API base including {@code /elements/api-v2}, without a trailing slash
 */
public record Account(URI baseUrl, Redacted userSecret, Redacted organizationSecret) {

  /**
   * Twelve hex digits that tell accounts apart and reveal nothing; shown in {@code status.account}.
   */
  public String fingerprint() {
    return Fingerprint.sha256(baseUrl.toString(), organizationSecret.reveal(), userSecret.reveal())
        .substring(0, 12);
  }
}
