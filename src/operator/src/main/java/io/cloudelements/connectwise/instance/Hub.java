package io.cloudelements.connectwise.instance;

import java.util.Arrays;
import java.util.Optional;

/** A Cloud Elements hub that ConnectWise serves, as named in {@code spec.hub}. */
public enum Hub {
  HELPDESK("helpdesk"),
  CRM("crm");

  private final String key;

  Hub(String key) {
    this.key = key;
  }

  /** The value in {@code spec.hub}, also the platform's hub key. */
  public String key() {
    return key;
  }

  /** The hub of that key, or empty for a key this version does not know. */
  public static Optional<Hub> ofKey(String key) {
    return Arrays.stream(values()).filter(hub -> hub.key.equals(key)).findFirst();
  }
}
