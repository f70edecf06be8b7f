package io.cloudelements.connectwise.instance;

/**
 * The answer to {@link InstanceCall.ReadAuditLog}. The form of the service's answer there, and the
 * privilege that it needs, are unknown (contract §11), so every failure of the call is an answer.
 */
public sealed interface AuditLogAnswer {

  /**
   * The last change that the log has. All three are bounded, and hold no secret that the access
   * knows, no markup and no control character.
   *
   * @param user id of the user
   * @param address where the user called from; words where the log has none
   * @param time as RFC 3339, in UTC
   */
  record Told(String user, String address, String time) implements AuditLogAnswer {}

  /**
   * The service does not tell.
   *
   * @param why in the operator's own words
   */
  record NotTold(String why) implements AuditLogAnswer {}
}
