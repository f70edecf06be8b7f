package io.cloudelements.connectwise.gitops;

import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.instance.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The script by which Argo CD tells the health of a kind. Scripts cannot include each other, so
 * what the kinds share is written into each.
 *
 * @param latest the condition that always tells what the operator found last
 * @param onHold its reasons for a resource that is on hold as its manifest asks
 */
record HealthScript(String kind, String latest, List<String> onHold) {
  static final List<HealthScript> ALL =
      List.of(
          new HealthScript(
              "ConnectWiseInstance",
              "Synced",
              Arrays.stream(Reason.values())
                  .filter(reason -> ToolHealth.of(reason.kind()) == ToolHealth.ON_HOLD)
                  .map(Reason::label)
                  .toList()),
          new HealthScript(
              "CloudElementsAccount", "Ready", List.of(AccountReason.SUSPENDED.label())));

  private static final String TEXT =
      """
      -- Health of a %s: what its conditions say, by the rules of kstatus.
      local health = { status = "Progressing", message = "Waiting for the operator" }

      if obj.status == nil or obj.status.conditions == nil then
        return health
      end

      local conditions = {}
      for _, condition in ipairs(obj.status.conditions) do
        conditions[condition.type] = condition
      end
      local ready, reconciling, stalled = conditions.Ready, conditions.Reconciling, conditions.Stalled
      -- the condition that always tells what the operator found last
      local latest = conditions.%s
      local onHold = { %s }

      if obj.status.observedGeneration ~= obj.metadata.generation then
        health.message = "Waiting for the operator to see the change"
      elseif obj.metadata.deletionTimestamp ~= nil then
        -- what the deletion waits for; before 3.6 Argo CD does not ask and says "Pending deletion"
        health.message = latest ~= nil and latest.message or nil
        health.deletionMessage = health.message
      elseif stalled ~= nil and stalled.status == "True" then
        health.status, health.message = "Degraded", stalled.message
      elseif reconciling ~= nil and reconciling.status == "True" then
        health.message = reconciling.message
      elseif latest ~= nil and onHold[latest.reason] then
        -- as the manifest asks: nothing will change by waiting
        health.status, health.message = "Suspended", latest.message
      elseif ready ~= nil and ready.status == "True" then
        health.status, health.message = "Healthy", ready.message
      elseif ready ~= nil then
        health.message = ready.message
      end
      return health
      """;

  /** Where it is, from the root of the repository. */
  Path file() {
    return ArgoCdCustomization.FOLDER.resolveSibling(kind).resolve("health.lua");
  }

  String text() {
    String reasons =
        onHold.stream().map(reason -> reason + " = true").collect(Collectors.joining(", "));
    return TEXT.formatted(kind, latest, reasons);
  }
}
