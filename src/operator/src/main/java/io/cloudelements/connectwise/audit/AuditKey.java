package io.cloudelements.connectwise.audit;

/**
 * The keys of an audit line. Log collectors go by them: they are as public as names of metrics, and
 * the table in {@code docs/metrics.md} is made from them. Every line has all of them; what is not
 * known is empty.
 */
public enum AuditKey {
  NAMESPACE("namespace", "namespace of the resource"),
  NAME("name", "name of the resource"),
  UID("uid", "UID of the resource"),
  GENERATION("generation", "`metadata.generation` that the call was made for"),
  FIELD_MANAGER(
      "fieldManager",
      "field manager that wrote last of those that own a field of `spec`"
          + " (`metadata.managedFields`): `kubectl-client-side-apply`, `argocd-controller`, …;"
          + " several, separated by commas, where they wrote within one second"),
  KIND("kind", "`create`, `patch`, `replace`, `enable`, `disable` or `delete`"),
  METHOD("method", "HTTP method: `POST`, `PATCH`, `PUT` or `DELETE`"),
  FIELDS(
      "fields",
      "fields of the instance that the call sets, by name and separated by commas, configuration"
          + " entries as `configuration.NAME`; never a value. Empty for a deletion, and for the"
          + " `PATCH` that only asks whether an instance is really gone"),
  INSTANCE_ID("instanceId", "id of the instance; of a new one where the answer told it"),
  ACCOUNT("account", "fingerprint of the account, as in `status.account`"),
  OUTCOME(
      "outcome",
      "`success` or the kind of the failure, as in `connectwise_remote_calls_total`; `not_sent`:"
          + " the operator itself refused it; `defect`: the operator failed while it made the"
          + " call"),
  EFFECT(
      "effect",
      "`applied`, `none`, or `unknown` where the answer was lost and the service may have done it"),
  STATUS("status", "HTTP status of the answer"),
  REQUEST_ID("requestId", "the service's name for the call, for its support"),
  DURATION("durationMillis", "milliseconds until the answer or its absence");

  private final String label;
  private final String meaning;

  AuditKey(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** As it stands in a log line. */
  public String label() {
    return label;
  }

  /** What its value is, for the documentation. */
  public String meaning() {
    return meaning;
  }
}
