package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.connectwise.api.v1.Provisioning;
import io.cloudelements.connectwise.instance.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import java.util.Optional;

/** A status as a reader of the API sees it. */
final class Statuses {
  private Statuses() {}

  static boolean ready(ConnectWiseInstanceStatus status) {
    return condition(status, "Ready").filter(c -> "True".equals(c.getStatus())).isPresent();
  }

  static boolean synced(ConnectWiseInstanceStatus status) {
    return condition(status, "Synced").filter(c -> "True".equals(c.getStatus())).isPresent();
  }

  static ConnectWiseInstanceStatus withoutId(ConnectWiseInstanceStatus status) {
    return with(status, null, status.provisioning());
  }

  static ConnectWiseInstanceStatus naming(ConnectWiseInstanceStatus status, long id) {
    return with(status, id, status.provisioning());
  }

  static ConnectWiseInstanceStatus withoutIntent(ConnectWiseInstanceStatus status) {
    return with(status, status.instanceId(), null);
  }

  /**
   * Of a resource that has an instance, and nothing more.
   *
   * @param account null: none is recorded
   */
  static ConnectWiseInstanceStatus of(long instance, String account) {
    return new ConnectWiseInstanceStatus(
        1L, null, instance, null, null, null, account, null, null, null, null, null, null, null,
        null, null, null, null, List.of());
  }

  /** Of a resource whose deletion is held. */
  static ConnectWiseInstanceStatus held(long instance) {
    return withConditions(
        of(instance, null),
        List.of(
            new ConditionBuilder()
                .withType("Ready")
                .withStatus("False")
                .withReason(Reason.DELETION_HELD.label())
                .build()));
  }

  /** The same, and nothing says any more that a deletion is held. */
  static ConnectWiseInstanceStatus withoutHold(ConnectWiseInstanceStatus status) {
    return withConditions(
        status,
        status.conditions().stream()
            .map(condition ->
                Reason.DELETION_HELD.label().equals(condition.getReason())
                    ? new ConditionBuilder(condition).withReason(Reason.DELETING.label()).build()
                    : condition)
            .toList());
  }

  static ConnectWiseInstanceStatus inAccount(ConnectWiseInstanceStatus status, String account) {
    return with(status, status.instanceId(), status.provisioning(), account, status.conditions());
  }

  /** Whether a ready status is about another instance than a ready one before it. */
  static boolean newlyReady(
      Optional<ConnectWiseInstanceStatus> before, ConnectWiseInstanceStatus after) {
    return before
        .filter(Statuses::ready)
        .filter(old -> old.instanceId() != null)
        .filter(old -> old.instanceId().equals(after.instanceId()))
        .isEmpty();
  }

  private static ConnectWiseInstanceStatus with(
      ConnectWiseInstanceStatus s, Long id, Provisioning provisioning) {
    return with(s, id, provisioning, s.account(), s.conditions());
  }

  private static ConnectWiseInstanceStatus withConditions(
      ConnectWiseInstanceStatus s, List<Condition> conditions) {
    return with(s, s.instanceId(), s.provisioning(), s.account(), conditions);
  }

  private static ConnectWiseInstanceStatus with(
      ConnectWiseInstanceStatus s,
      Long id,
      Provisioning provisioning,
      String account,
      List<Condition> conditions) {
    return new ConnectWiseInstanceStatus(
        s.observedGeneration(),
        s.state(),
        id,
        s.elementKey(),
        s.valid(),
        s.disabled(),
        account,
        s.configurationHash(),
        s.tokenSecretRef(),
        s.binding(),
        provisioning,
        s.adoption(),
        s.duplicates(),
        s.recreatedAt(),
        s.plan(),
        s.lastHandledReconcileAt(),
        s.lastHandledTakeOver(),
        s.nextCheckAt(),
        conditions);
  }

  /** Whether it says when the next check is, and waits for nothing. */
  static boolean namesNextCheckAtRest(ConnectWiseInstanceStatus status) {
    return status.nextCheckAt() != null
        && condition(status, "Reconciling").isEmpty()
        && condition(status, "Stalled").isEmpty();
  }

  static String summary(ConnectWiseInstanceStatus status) {
    return "Ready=%s Synced=%s(%s) id=%s%s"
        .formatted(
            condition(status, "Ready").map(Condition::getStatus).orElse("-"),
            condition(status, "Synced").map(Condition::getStatus).orElse("-"),
            condition(status, "Synced").map(Condition::getReason).orElse("-"),
            status.instanceId(),
            status.provisioning() == null
                ? ""
                : " provisioning=" + status.provisioning().attempt());
  }

  static Optional<Condition> condition(ConnectWiseInstanceStatus status, String type) {
    return status.conditions().stream().filter(c -> type.equals(c.getType())).findFirst();
  }
}
