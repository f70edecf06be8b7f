package io.cloudelements.connectwise.instance;

/**
 * The answer to {@link InstanceCall.ReadOrganization}. Nothing shows that the service gives it to
 * everybody (contract §11), so that not to be told is an answer and no failure.
 */
public sealed interface OrganizationAnswer {

  /** The service names the organization, so it knows the account. */
  record Told(Organization organization) implements OrganizationAnswer {}

  /**
   * The service does not name it. That says nothing about the account: a user without a right is
   * answered 401 like one whose secret is wrong (contract §11).
   *
   * @param why in the operator's own words
   */
  record NotTold(String why) implements OrganizationAnswer {}
}
