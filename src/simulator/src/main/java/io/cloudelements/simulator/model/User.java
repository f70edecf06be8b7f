package io.cloudelements.simulator.model;

import java.util.Set;

/** A user of the platform, known by the pair of its own and its organization's secret. */
public record User(
    long id, String secret, String organizationSecret, Set<Privilege> privileges, boolean active) {

  /** The address that answers show for the user (contract §2, field {@code user}). */
  public String emailAddress() {
    return "user-" + id + "@example.com";
  }

  /** The id of its organization, which a new secret does not change (contract §11). */
  public long organizationId() {
    return organization().id();
  }

  OrganizationModel organization() {
    return OrganizationModel.of(organizationSecret);
  }

  boolean may(Privilege privilege) {
    return privileges.contains(privilege);
  }

  User withActive(boolean isActive) {
    return new User(id, secret, organizationSecret, privileges, isActive);
  }

  User withSecret(String other) {
    return new User(id, other, organizationSecret, privileges, active);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "user " + id;
  }
}
