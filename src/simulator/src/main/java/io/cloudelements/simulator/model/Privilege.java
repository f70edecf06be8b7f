package io.cloudelements.simulator.model;

/**
 * What a user may do (contract §3, §6 and §11). A missing privilege is a 403, before anything else.
 */
public enum Privilege {
  VIEW_INSTANCES,
  CREATE_INSTANCES,
  EDIT_INSTANCES,
  DELETE_INSTANCES,
  /** Call the API of an element with an instance's token (contract §11). */
  USE_INSTANCES,
  /** See, change and use the instances of every user of the organization, not only one's own. */
  ACCOUNT_WIDE
}
