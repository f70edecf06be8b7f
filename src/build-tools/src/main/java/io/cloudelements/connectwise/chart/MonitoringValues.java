package io.cloudelements.connectwise.chart;

import static io.cloudelements.connectwise.chart.ChartValue.group;
import static io.cloudelements.connectwise.chart.ChartValue.leaf;
import static io.cloudelements.connectwise.chart.JsonSchema.choice;
import static io.cloudelements.connectwise.chart.JsonSchema.flag;
import static io.cloudelements.connectwise.chart.JsonSchema.list;
import static io.cloudelements.connectwise.chart.JsonSchema.nameOrEmpty;
import static io.cloudelements.connectwise.chart.JsonSchema.open;
import static io.cloudelements.connectwise.chart.JsonSchema.set;
import static io.cloudelements.connectwise.chart.JsonSchema.text;
import static io.cloudelements.connectwise.chart.JsonSchema.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The chart's values for monitoring: Service, Prometheus operator, Grafana. */
final class MonitoringValues {
  static final List<ChartValue> ALL =
      List.of(
          group(
              "service",
              "The Service in front of probes and metrics.",
              leaf("type", "", "ClusterIP", choice("ClusterIP", "NodePort", "LoadBalancer")),
              leaf("annotations", "", "{}", texts()),
              leaf("labels", "", "{}", texts()),
              leaf(
                  "ipFamilies",
                  "Empty: the cluster's first.",
                  "[]",
                  set(choice("IPv4", "IPv6")).put("maxItems", 2)),
              leaf(
                  "ipFamilyPolicy",
                  "Empty: the API server's default.",
                  "\"\"",
                  choice("", "SingleStack", "PreferDualStack", "RequireDualStack"))),
          group(
              "serviceMonitor",
              "For the Prometheus operator.",
              leaf("enabled", "", "false", flag()),
              leaf("namespace", "Empty: that of the other objects.", "\"\"", nameOrEmpty()),
              leaf("labels", "", "{}", texts(), "release: prometheus"),
              leaf("annotations", "", "{}", texts()),
              leaf("interval", "Empty: Prometheus' own.", "\"\"", duration()),
              leaf("scrapeTimeout", "", "\"\"", duration()),
              leaf(
                  "relabelings",
                  "Of the target, before it is scraped.",
                  "[]",
                  list(open()),
                  "- {sourceLabels: [__meta_kubernetes_pod_node_name], targetLabel: node}"),
              leaf(
                  "metricRelabelings",
                  "Of what was scraped.",
                  "[]",
                  list(open()),
                  "- {sourceLabels: [__name__], regex: jvm_.*, action: drop}")),
          group(
              "prometheusRule",
              "The chart's alerts (files/alerts.yaml), for the Prometheus operator.",
              leaf("enabled", "", "false", flag()),
              leaf("labels", "", "{}", texts(), "release: prometheus"),
              leaf(
                  "runbooks",
                  "Where docs/runbooks.md can be read; the alerts' runbook_url begins so.",
                  "docs/runbooks.md",
                  text("\\S+"))),
          group(
              "grafanaDashboard",
              "The chart's dashboard (files/dashboard.json) in a ConfigMap, for Grafana's sidecar.",
              leaf("enabled", "", "false", flag()),
              leaf(
                  "labels",
                  "By which the sidecar finds it.",
                  "{grafana_dashboard: \"1\"}",
                  texts()),
              leaf("annotations", "", "{}", texts(), "grafana_folder: Operators")));

  private MonitoringValues() {}

  private static ObjectNode duration() {
    return text("([0-9]+(ms|[smh]))*");
  }
}
