package io.cloudelements.simulator.model;

/** What a user may do (contract §3 and §6). A missing privilege is a 403, before anything else. */
public enum Privilege {
  VIEW_INSTANCES,
  CREATE_INSTANCES,
  EDIT_INSTANCES,
  DELETE_INSTANCES,
  /** See and change the instances of every user of the organization, not only one's own. */
  ACCOUNT_WIDE
}
