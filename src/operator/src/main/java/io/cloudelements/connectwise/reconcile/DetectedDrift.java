package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.AuditLogAnswer;
import io.cloudelements.connectwise.instance.DriftedField;
import io.cloudelements.connectwise.secret.CredentialsResult;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Drift that a reconcile found, of which the service's audit log may tell who caused it.
 *
 * @param fields that differed, one at least
 * @param access to the account of the instance; it knows what an answer may quote
 */
public record DetectedDrift(
    ResourceRef resource, long instanceId, Set<DriftedField> fields, AccountAccess access) {
  public static final String REASON = "DriftFound";

  public DetectedDrift {
    fields = Collections.unmodifiableSet(EnumSet.copyOf(fields));
  }

  /** Empty when the reconcile found none. */
  public static Optional<DetectedDrift> of(ReconcileInput input, ReconcileResult result) {
    Set<DriftedField> fields =
        result.counted().stream()
            .filter(ReconcileEvent.DriftFound.class::isInstance)
            .map(event -> ((ReconcileEvent.DriftFound) event).field())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(DriftedField.class)));
    return fields.isEmpty()
        ? Optional.empty()
        : input
            .recordedInstance()
            .flatMap(id ->
                result
                    .remembered()
                    .credentials()
                    .map(CredentialsResult.Complete::access)
                    .map(access ->
                        new DetectedDrift(input.ref(), id, fields, knowing(input, access))));
  }

  private static AccountAccess knowing(ReconcileInput input, AccountAccess access) {
    return access.withKnownSecrets(
        input.secret(input.spec().tokenSecretName()).flatMap(TokenSecretContract::token).stream()
            .toList());
  }

  /** What is told of it. */
  public EventRecord event(AuditLogAnswer answer) {
    return EventRecord.normal(
        REASON,
        "Instance "
            + instanceId
            + " was changed at the service ("
            + fields.stream()
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "))
            + "). "
            + switch (answer) {
              case AuditLogAnswer.Told(var user, var address, var time) ->
                  "Its audit log names as the last change before that: user "
                      + user
                      + " from "
                      + address
                      + " at "
                      + time
                      + ".";
              case AuditLogAnswer.NotTold(var why) ->
                  "The service does not tell who changed it: " + why + ".";
            });
  }
}
