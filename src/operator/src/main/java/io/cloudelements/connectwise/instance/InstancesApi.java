package io.cloudelements.connectwise.instance;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The port to Cloud Elements. Calls block (callers run on virtual threads) until an answer or a
 * deadline, and throw {@link InstancesApiException}, whose failure says what may have happened at
 * the service. {@link CallPermits} decides who may call.
 *
 * <p>A reconcile makes its changes by the calls of {@link Action.Mutation#calls}. Of the methods
 * below, each of which makes one call, it uses those that read, and the patch without a change that
 * proves an instance gone.
 */
public interface InstancesApi {

  /** Makes a call; nothing of its answer shows a secret that the access knows. */
  <T> T call(AccountAccess access, InstanceCall<T> call);

  /** See {@link InstanceCall.Create}. */
  default RemoteInstance create(
      AccountAccess access, InstanceDefinition definition, SendWindow window) {
    return call(access, new InstanceCall.Create(definition, window));
  }

  /** See {@link InstanceCall.Read}. */
  default RemoteInstance read(AccountAccess access, long id) {
    return call(access, new InstanceCall.Read(id));
  }

  /** See {@link InstanceCall.FindByTag}. */
  default TagMatches findByTag(AccountAccess access, OwnershipTag tag) {
    return call(access, new InstanceCall.FindByTag(tag));
  }

  /** One page of everything that the account's user sees, see {@link InstanceCall.ListPage}. */
  default InstancePage listPage(AccountAccess access, PageRequest page) {
    return call(access, new InstanceCall.ListPage(Optional.empty(), page));
  }

  /** See {@link InstanceCall.ReadOrganization}. */
  default OrganizationAnswer readOrganization(AccountAccess access) {
    return call(access, new InstanceCall.ReadOrganization());
  }

  /** See {@link InstanceCall.ReadAuditLog}. */
  default AuditLogAnswer readAuditLog(AccountAccess access, long id, Instant from, Instant to) {
    return call(access, new InstanceCall.ReadAuditLog(id, from, to));
  }

  /** See {@link InstanceCall.Patch}. */
  default RemoteInstance patch(
      AccountAccess access, long id, Optional<String> name, Optional<Set<String>> tags) {
    return call(access, new InstanceCall.Patch(id, name, tags));
  }

  /** See {@link InstanceCall.Replace}. */
  default RemoteInstance replace(AccountAccess access, long id, InstanceDefinition definition) {
    return call(access, new InstanceCall.Replace(id, definition));
  }

  /** See {@link InstanceCall.SetEnabled}. */
  default void setEnabled(AccountAccess access, long id, boolean enabled) {
    call(access, new InstanceCall.SetEnabled(id, enabled));
  }

  /** 404 is a failure here, since only the caller knows its meaning. */
  default void delete(AccountAccess access, long id) {
    call(access, new InstanceCall.Delete(id));
  }
}
