package io.cloudelements.connectwise.chart;

import static io.cloudelements.connectwise.chart.ChartValue.leaf;
import static io.cloudelements.connectwise.chart.JsonSchema.choice;
import static io.cloudelements.connectwise.chart.JsonSchema.flag;
import static io.cloudelements.connectwise.chart.JsonSchema.list;
import static io.cloudelements.connectwise.chart.JsonSchema.map;
import static io.cloudelements.connectwise.chart.JsonSchema.name;
import static io.cloudelements.connectwise.chart.JsonSchema.nameOrEmpty;
import static io.cloudelements.connectwise.chart.JsonSchema.object;
import static io.cloudelements.connectwise.chart.JsonSchema.open;
import static io.cloudelements.connectwise.chart.JsonSchema.text;
import static io.cloudelements.connectwise.chart.JsonSchema.texts;
import static io.cloudelements.connectwise.chart.JsonSchema.whole;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The chart's values that shape the pod. */
final class PodValues {
  static final List<ChartValue> ALL =
      List.of(
          leaf(
              "resources",
              "The heap is 45 % of the memory limit.",
              "{requests: {cpu: 50m, memory: 384Mi}, limits: {memory: 384Mi}}",
              object(Map.of("requests", quantities(), "limits", quantities()))),
          leaf(
              "terminationGracePeriodSeconds",
              "The operator waits 25 s for creations under way; one that is cut off is taken up by the next"
                  + " leader, without a duplicate.",
              "30",
              whole(1, 3600)),
          leaf(
              "updateStrategy",
              "Empty: the new pod stands by until the old one has let the Lease go; without"
                  + " leaderElection the old one goes first.",
              "{}",
              object(Map.of("type", choice("RollingUpdate", "Recreate"), "rollingUpdate", open()))),
          leaf("revisionHistoryLimit", "", "3", whole(0, 100)),
          leaf(
              "startupProbe",
              "Times of the probes.",
              "{periodSeconds: 1, failureThreshold: 60}",
              probeTimes(1)),
          leaf(
              "livenessProbe",
              "",
              "{periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3}",
              probeTimes(1)),
          leaf(
              "readinessProbe",
              "",
              "{periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2}",
              probeTimes(100)),
          leaf(
              "jvmOptions",
              "Options of the Java virtual machine, which win over the image's own.",
              "[]",
              list(text("\\S+")),
              "- -XX:MaxRAMPercentage=60"),
          leaf("priorityClassName", "", "\"\"", nameOrEmpty()),
          leaf("runtimeClassName", "", "\"\"", nameOrEmpty()),
          new ChartValue.Optional(
              "hostUsers",
              "false: the pod has a user namespace of its own, where nodes can do that.",
              flag(),
              "false"),
          leaf(
              "dnsPolicy",
              "Empty: ClusterFirst.",
              "\"\"",
              choice("", "ClusterFirst", "Default", "None")),
          leaf(
              "dnsConfig",
              "",
              "{}",
              object(
                  Map.of(
                      "nameservers",
                      list(text()),
                      "searches",
                      list(text()),
                      "options",
                      list(open()))),
              "options: [{name: ndots, value: \"2\"}]"),
          leaf(
              "hostAliases",
              "",
              "[]",
              list(object(Map.of("ip", text(), "hostnames", list(text())), "ip", "hostnames")),
              "- {ip: 198.51.100.7, hostnames: [api.example.com]}"),
          leaf("nodeSelector", "", "{}", texts()),
          leaf(
              "tolerations",
              "",
              "[]",
              list(
                  object(
                      Map.of(
                          "key", text(),
                          "operator", choice("Exists", "Equal", "Lt", "Gt"),
                          "value", text(),
                          "effect", choice("NoSchedule", "PreferNoSchedule", "NoExecute"),
                          "tolerationSeconds", JsonSchema.ofType("integer"))))),
          leaf(
              "affinity",
              "",
              "{}",
              object(
                  Map.of(
                      "nodeAffinity", open(), "podAffinity", open(), "podAntiAffinity", open()))),
          leaf(
              "topologySpreadConstraints",
              "Empty: replicas prefer different zones and nodes.",
              "[]",
              list(open())),
          leaf("podAnnotations", "", "{}", texts()),
          leaf("podLabels", "", "{}", texts()),
          leaf("deploymentAnnotations", "", "{}", texts()),
          leaf("commonLabels", "Labels of every object of the chart.", "{}", texts()),
          leaf(
              "commonAnnotations",
              "Annotations of every object of the chart; the pod has its own above.",
              "{}",
              texts()),
          leaf(
              "extraObjects",
              "Further objects, objects or texts, each a template: a VerticalPodAutoscaler, an"
                  + " ExternalSecret.",
              "[]",
              list(objectOrText()),
              """
              - apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: "{{ .Release.Name }}-more"
                  namespace: "{{ .Release.Namespace }}"
                data: {key: value}\
              """),
          leaf(
              "extraEnv",
              "Further variables. A setting of the operator has its value above.",
              "[]",
              list(
                  object(
                      Map.of(
                          "name",
                          text("[-._a-zA-Z][-._a-zA-Z0-9]*"),
                          "value",
                          text(),
                          "valueFrom",
                          open()),
                      "name")),
              "- name: TZ\n  value: Europe/Vienna"),
          leaf(
              "initContainers",
              "With a restartPolicy of Always: sidecars that start before the operator.",
              "[]",
              list(named())),
          leaf("extraContainers", "", "[]", list(named())),
          leaf(
              "extraVolumes",
              "",
              "[]",
              list(named()),
              "- name: certificates\n  configMap: {name: corporate-ca}"),
          leaf(
              "extraVolumeMounts",
              "",
              "[]",
              list(
                  object(
                      Map.of(
                          "name", name(),
                          "mountPath", text("/.*"),
                          "subPath", text(),
                          "subPathExpr", text(),
                          "readOnly", flag(),
                          "recursiveReadOnly", choice("Disabled", "IfPossible", "Enabled"),
                          "mountPropagation", choice("None", "HostToContainer", "Bidirectional")),
                      "name",
                      "mountPath")),
              "- {name: certificates, mountPath: /etc/certificates, readOnly: true}"));

  private PodValues() {}

  private static ObjectNode named() {
    ObjectNode schema = open();
    schema.putObject("properties").set("name", name());
    schema.withArray("required").add("name");
    return schema;
  }

  private static ObjectNode probeTimes(int mostSuccesses) {
    return object(
        Map.of(
            "initialDelaySeconds", whole(0, 3600),
            "periodSeconds", whole(1, 3600),
            "timeoutSeconds", whole(1, 3600),
            "successThreshold", whole(1, mostSuccesses),
            "failureThreshold", whole(1, 3600)));
  }

  private static ObjectNode objectOrText() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("type").add("object").add("string");
    return schema;
  }

  private static ObjectNode quantities() {
    ObjectNode quantity = JsonSchema.ofType("string");
    quantity.putArray("type").add("string").add("number");
    return map(quantity);
  }
}
