package io.cloudelements.connectwise.chart;

import static io.cloudelements.connectwise.chart.ChartValue.group;
import static io.cloudelements.connectwise.chart.ChartValue.leaf;
import static io.cloudelements.connectwise.chart.JsonSchema.choice;
import static io.cloudelements.connectwise.chart.JsonSchema.flag;
import static io.cloudelements.connectwise.chart.JsonSchema.list;
import static io.cloudelements.connectwise.chart.JsonSchema.map;
import static io.cloudelements.connectwise.chart.JsonSchema.object;
import static io.cloudelements.connectwise.chart.JsonSchema.open;
import static io.cloudelements.connectwise.chart.JsonSchema.set;
import static io.cloudelements.connectwise.chart.JsonSchema.text;
import static io.cloudelements.connectwise.chart.JsonSchema.whole;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.config.Setting;
import io.cloudelements.connectwise.config.SettingSchema;
import java.util.List;
import java.util.Map;

/** The chart's values for what surrounds the pod: disruption, network, admission. */
final class PolicyValues {
  static final List<ChartValue> ALL =
      List.of(
          group(
              "podDisruptionBudget",
              "",
              leaf("enabled", "With more than one replica: one may be away.", "true", flag())),
          group(
              "networkPolicy",
              "",
              leaf(
                  "enabled",
                  "Egress to DNS, the API server, Cloud Elements (the ports of the base URLs in"
                      + " settings and of the proxy) and the receiver of traces, if any, only;"
                      + " ingress to the port of probes and metrics only.",
                  "true",
                  flag()),
              leaf(
                  "apiServerPorts",
                  "The API server's own ports, since policies are applied after a Service's address"
                      + " was translated: of managed clusters, kubeadm and OpenShift, minikube,"
                      + " MicroK8s.",
                  "[443, 6443, 8443, 16443]",
                  set(whole(1, 65_535))),
              leaf(
                  "apiServerCidrs",
                  "Empty: any address, since they are known to the cluster's owner only.",
                  "[]",
                  set(text("[0-9a-fA-F.:]+/[0-9]{1,3}"))),
              leaf(
                  "platformPorts",
                  "Further ports of Cloud Elements, for base URLs that come from elsewhere.",
                  "[]",
                  set(whole(1, 65_535))),
              leaf(
                  "platformCidrs",
                  "Empty: any address.",
                  "[]",
                  set(text("[0-9a-fA-F.:]+/[0-9]{1,3}"))),
              leaf(
                  "extraEgress",
                  "Further egress rules, as in a NetworkPolicy.",
                  "[]",
                  list(object(Map.of("ports", list(open()), "to", list(open())))),
                  "- to: [{ipBlock: {cidr: 198.51.100.0/24}}]\n"
                      + "  ports: [{port: 8443, protocol: TCP}]"),
              leaf(
                  "metricsFrom",
                  "Who may read metrics: peers as in a NetworkPolicy. Empty: everybody in the"
                      + " cluster.",
                  "[]",
                  list(
                      object(
                          Map.of(
                              "namespaceSelector",
                              open(),
                              "podSelector",
                              open(),
                              "ipBlock",
                              open()))),
                  "- namespaceSelector:\n"
                      + "    matchLabels: {kubernetes.io/metadata.name: monitoring}")),
          group(
              "admissionPolicies",
              "ValidatingAdmissionPolicies, which the API server evaluates itself.",
              leaf(
                  "preventDeletion",
                  "Refuse to delete a ConnectWiseInstance or CloudElementsAccount that is annotated"
                      + " cloudelements.io/prevent-deletion: \"true\".",
                  "false",
                  flag()),
              leaf(
                  "accountUse",
                  "Refuse spec.accountRef, new or changed, where its user may not `use` that"
                      + " CloudElementsAccount: a verb that a Role of its namespace grants.",
                  "false",
                  flag()),
              group(
                  "protectCrd",
                  "Refuse to delete a CRD, with which every resource of its kind would go.",
                  leaf(
                      "enabled",
                      "Unless the CRD is annotated cloudelements.io/confirm-deletion: \"true\".",
                      "false",
                      flag()),
                  leaf(
                      "namespaces",
                      "Refuse it, annotated or not, while there are resources of its kind in these"
                          + " namespaces. Empty: watchNamespaces. A policy cannot look into all"
                          + " namespaces at once.",
                      "[]",
                      SettingSchema.of(Setting.WATCH_NAMESPACES))),
              group(
                  "statusWriters",
                  "Refuse to write the status of ConnectWiseInstances and CloudElementsAccounts to"
                      + " all but the operator: a tenant with every right on cloudelements.io could"
                      + " forge it.",
                  leaf("enabled", "", "false", flag()),
                  leaf(
                      "users",
                      "Users who may write it too: operators of other releases that serve the same"
                          + " namespaces, a backup that restores status.",
                      "[]",
                      set(text("[^'\"\\\\\\s]+")),
                      """
                      - system:serviceaccount:velero:velero\
                      """)),
              group(
                  "restrictions",
                  "Restrict spec.baseUrl, spec.deletionPolicy and addresses in spec.configuration"
                      + " by namespace.",
                  leaf("enabled", "", "false", flag()),
                  leaf(
                      "namespaces",
                      "By namespace, or * for those not listed. baseUrls: as written in the"
                          + " resource, or in a new CloudElementsAccount of the namespace; default"
                          + " for one that names none. deletionPolicies:"
                          + " Delete, Retain; a resource that names none means Delete; without Retain"
                          + " managementPolicy is Manage, and a resource with an instance keeps its"
                          + " account. addresses:"
                          + " where entries of spec.configuration such as server.url may lead, as"
                          + " they are written, * for one part of a host's name, with any path; []"
                          + " for nowhere.",
                      "{}",
                      map(restriction()),
                      """
                      "*": {baseUrls: [default]}
                      production:
                        baseUrls: [default, "https://api.cloud-elements.co.uk/elements/api-v2"]
                        deletionPolicies: [Retain]
                        addresses: ["https://*.connectwise.example.com"]\
                      """))));

  private PolicyValues() {}

  private static ObjectNode restriction() {
    return object(
        Map.of(
            "addresses", set(text("[^,\\s\\[\\]{}^$\\\\]+")),
            "baseUrls", set(text("(default|https?://[^,\\s]+)")),
            "deletionPolicies", set(choice("Delete", "Retain"))));
  }
}
