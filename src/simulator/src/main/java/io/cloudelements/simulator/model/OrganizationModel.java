package io.cloudelements.simulator.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * What users have in common (contract §11), found by its secret. Its id stays when the secret of a
 * user changes, and is the same in each run of the simulator.
 */
record OrganizationModel(long id, String name, String secret) {

  private static final int ID_BITS = 28;

  static OrganizationModel of(String secret) {
    long hash = UUID.nameUUIDFromBytes(secret.getBytes(UTF_8)).getMostSignificantBits();
    long id = 1 + (hash >>> (Long.SIZE - ID_BITS));
    return new OrganizationModel(id, "Organization " + id, secret);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "organization " + id;
  }
}
