package io.cloudelements.connectwise.audit;

import io.cloudelements.connectwise.cloudelements.CallObserver;
import io.cloudelements.connectwise.cloudelements.CallOutcome;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.InstanceCall;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteInstance;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A call that changes something, and how it ended. It holds names and ids, and no value that was
 * sent.
 *
 * @param requester empty where no reconcile makes the call
 */
record AuditRecord(
    Optional<Requester> requester,
    InstanceCall<?> call,
    String account,
    Completion end,
    Optional<CallObserver.CallEnd> answer,
    Duration took) {
  /** Collectors cut long lines; a Secret may name 256 entries of 253 characters each. */
  static final int MOST_FIELD_CHARACTERS = 4_096;

  /** How a call ended for who made it. */
  sealed interface Completion {}

  /** With an answer. */
  record Succeeded(Object answer) implements Completion {}

  /** Without a usable one. */
  record Failed(RemoteFailure failure) implements Completion {}

  /** The operator failed. */
  record Defect() implements Completion {}

  static AuditRecord of(
      Optional<Requester> requester,
      AccountAccess access,
      InstanceCall<?> call,
      Completion end,
      Optional<CallObserver.CallEnd> answer,
      Duration took) {
    return new AuditRecord(requester, call, access.account().fingerprint(), end, answer, took);
  }

  /** The value of the metric's label and of the line's key. */
  String kind() {
    return call.kind().label();
  }

  /** The value of the metric's label and of the line's key. */
  String outcome() {
    return switch (end) {
      case Succeeded _ -> CallOutcome.SUCCESS.label();
      case Failed(RemoteFailure failure) -> CallOutcome.of(failure).label();
      case Defect _ -> "defect";
    };
  }

  /** All keys with their values. */
  Map<AuditKey, String> values() {
    Map<AuditKey, String> values = new EnumMap<>(AuditKey.class);
    values.put(AuditKey.NAMESPACE, requester.map(Requester::namespace).orElse(""));
    values.put(AuditKey.NAME, requester.map(Requester::name).orElse(""));
    values.put(AuditKey.UID, requester.map(Requester::uid).orElse(""));
    values.put(
        AuditKey.GENERATION, requester.map(Requester::generation).map(String::valueOf).orElse(""));
    values.put(AuditKey.FIELD_MANAGER, requester.flatMap(Requester::fieldManager).orElse(""));
    values.put(AuditKey.KIND, kind());
    values.put(AuditKey.METHOD, call.kind().method());
    values.put(AuditKey.FIELDS, bounded(call.fieldNames()));
    values.put(AuditKey.INSTANCE_ID, instanceId().map(String::valueOf).orElse(""));
    values.put(AuditKey.ACCOUNT, account);
    values.put(AuditKey.OUTCOME, outcome());
    values.put(AuditKey.EFFECT, effect().name().toLowerCase(Locale.ROOT));
    values.put(AuditKey.STATUS, status().map(String::valueOf).orElse(""));
    values.put(AuditKey.REQUEST_ID, requestId().orElse(""));
    values.put(AuditKey.DURATION, Long.toString(took.toMillis()));
    return values;
  }

  private Effect effect() {
    return switch (end) {
      case Succeeded _ -> Effect.APPLIED;
      case Failed(RemoteFailure failure) -> failure.effect();
      case Defect _ -> Effect.UNKNOWN;
    };
  }

  private Optional<Long> instanceId() {
    return call.instanceId()
        .or(() ->
            end instanceof Succeeded(RemoteInstance created)
                ? Optional.of(created.id())
                : Optional.empty());
  }

  private Optional<Integer> status() {
    return answer.flatMap(CallObserver.CallEnd::status);
  }

  private Optional<String> requestId() {
    Optional<String> ofFailure =
        end instanceof Failed(RemoteFailure failure)
            ? failure.answer().requestId()
            : Optional.empty();
    return ofFailure.or(() -> answer.flatMap(CallObserver.CallEnd::requestId));
  }

  private static String bounded(List<String> names) {
    StringBuilder text = new StringBuilder();
    int told = 0;
    for (String name : names) {
      if (text.length() + name.length() > MOST_FIELD_CHARACTERS) {
        return text + ",… " + (names.size() - told) + " more";
      }
      text.append(told == 0 ? "" : ",").append(name);
      told++;
    }
    return text.toString();
  }
}
