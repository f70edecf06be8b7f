package io.cloudelements.connectwise.chart;

import static io.cloudelements.connectwise.chart.ChartValue.leaf;
import static io.cloudelements.connectwise.chart.JsonSchema.always;
import static io.cloudelements.connectwise.chart.JsonSchema.choice;
import static io.cloudelements.connectwise.chart.JsonSchema.list;
import static io.cloudelements.connectwise.chart.JsonSchema.object;
import static io.cloudelements.connectwise.chart.JsonSchema.open;
import static io.cloudelements.connectwise.chart.JsonSchema.text;
import static io.cloudelements.connectwise.chart.JsonSchema.whole;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * The chart's values for the user that the pod runs as. Their schemas forbid to weaken it below the
 * Pod Security Standard "restricted".
 */
final class SecurityValues {
  static final List<ChartValue> ALL =
      List.of(
          leaf(
              "adaptSecurityContext",
              "Whether user and group ids are left to the platform, as OpenShift demands: auto, where"
                  + " the cluster has the API security.openshift.io/v1; force, always; disabled, never.",
              "auto",
              choice("auto", "force", "disabled")),
          leaf(
              "podSecurityContext",
              "Security context of the pod. It may be changed, and not weakened.",
              "{runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, seccompProfile: {type: RuntimeDefault}}",
              podSecurityContext(),
              "supplementalGroupsPolicy: Strict"),
          leaf(
              "securityContext",
              "Security context of the operator's container. It may be changed, and not weakened.",
              "{allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}",
              securityContext(),
              "appArmorProfile: {type: RuntimeDefault}"));

  private SecurityValues() {}

  private static ObjectNode podSecurityContext() {
    return object(
        Map.ofEntries(
            Map.entry("runAsNonRoot", always(true)),
            Map.entry("runAsUser", id(1)),
            Map.entry("runAsGroup", id(0)),
            Map.entry("fsGroup", id(0)),
            Map.entry("fsGroupChangePolicy", choice("OnRootMismatch", "Always")),
            Map.entry("supplementalGroups", list(id(0))),
            Map.entry("supplementalGroupsPolicy", choice("Merge", "Strict")),
            Map.entry("seccompProfile", profile()),
            Map.entry("appArmorProfile", profile()),
            Map.entry("seLinuxOptions", open()),
            Map.entry("seLinuxChangePolicy", choice("MountOption", "Recursive"))),
        "runAsNonRoot",
        "seccompProfile");
  }

  private static ObjectNode securityContext() {
    ObjectNode dropped = list(text());
    dropped.set("contains", text("ALL"));
    return object(
        Map.of(
            "allowPrivilegeEscalation", always(false),
            "privileged", always(false),
            "readOnlyRootFilesystem", always(true),
            "capabilities", object(Map.of("drop", dropped), "drop"),
            "runAsNonRoot", always(true),
            "runAsUser", id(1),
            "runAsGroup", id(0),
            "seccompProfile", profile(),
            "appArmorProfile", profile(),
            "seLinuxOptions", open()),
        "allowPrivilegeEscalation",
        "readOnlyRootFilesystem",
        "capabilities");
  }

  private static ObjectNode profile() {
    return object(
        Map.of("type", choice("RuntimeDefault", "Localhost"), "localhostProfile", text(".+")),
        "type");
  }

  private static ObjectNode id(int least) {
    return whole(least, Integer.MAX_VALUE);
  }
}
