package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;

/** The calls that a reconcile makes through its two ports. */
enum PortCall {
  ADD_FINALIZER("add finalizer", false),
  REMOVE_FINALIZER("remove finalizer", false),
  WRITE_STATUS("write status", false),
  CREATE_SECRET("create token Secret", false),
  REPLACE_SECRET("replace token Secret", false),
  DELETE_SECRET("delete token Secret", false),
  PUBLISH("publish event", false),
  ACCOUNT_FINALIZER("patch the account's finalizers", false),
  ACCOUNT_STATUS("write the account's status", false),
  CREATE("POST /instances", true),
  READ("GET /instances/{id}", true),
  FIND("GET /instances?tags[]", true),
  LIST("GET /instances", true),
  READ_ORGANIZATION("GET /organizations/me", true),
  READ_AUDIT_LOG("GET /audit-logs/element-instances/{id}", true),
  PATCH("PATCH /instances/{id}", true),
  REPLACE("PUT /instances/{id}", true),
  SET_ENABLED("PUT|DELETE /instances/{id}/enabled", true),
  DELETE("DELETE /instances/{id}", true);

  private final String text;
  private final boolean remote;

  PortCall(String text, boolean remote) {
    this.text = text;
    this.remote = remote;
  }

  static PortCall of(InstanceCall<?> call) {
    return switch (call) {
      case InstanceCall.Create _ -> CREATE;
      case InstanceCall.Read _ -> READ;
      case InstanceCall.FindByTag _ -> FIND;
      case InstanceCall.ListPage _ -> LIST;
      case InstanceCall.ReadOrganization _ -> READ_ORGANIZATION;
      case InstanceCall.ReadAuditLog _ -> READ_AUDIT_LOG;
      case InstanceCall.Patch _ -> PATCH;
      case InstanceCall.Replace _ -> REPLACE;
      case InstanceCall.SetEnabled _ -> SET_ENABLED;
      case InstanceCall.Delete _ -> DELETE;
    };
  }

  boolean remote() {
    return remote;
  }

  /** A write to the cluster that may fail; events never do. */
  boolean isWrite() {
    return !remote && this != PUBLISH;
  }

  WriteKind write() {
    return switch (this) {
      case ADD_FINALIZER, ACCOUNT_FINALIZER -> WriteKind.ADD_FINALIZER;
      case REMOVE_FINALIZER -> WriteKind.REMOVE_FINALIZER;
      case WRITE_STATUS, ACCOUNT_STATUS -> WriteKind.STATUS;
      case CREATE_SECRET -> WriteKind.CREATE_SECRET;
      case REPLACE_SECRET -> WriteKind.UPDATE_SECRET;
      case DELETE_SECRET -> WriteKind.DELETE_SECRET;
      case PUBLISH,
          CREATE,
          READ,
          FIND,
          LIST,
          READ_ORGANIZATION,
          READ_AUDIT_LOG,
          PATCH,
          REPLACE,
          SET_ENABLED,
          DELETE ->
          throw new IllegalStateException(this + " is no write that fails");
    };
  }

  boolean read() {
    return switch (this) {
      case READ, FIND, LIST, READ_ORGANIZATION, READ_AUDIT_LOG -> true;
      case CREATE, PATCH, REPLACE, SET_ENABLED, DELETE -> false;
      case ADD_FINALIZER,
          REMOVE_FINALIZER,
          WRITE_STATUS,
          CREATE_SECRET,
          REPLACE_SECRET,
          DELETE_SECRET,
          PUBLISH,
          ACCOUNT_FINALIZER,
          ACCOUNT_STATUS ->
          false;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
