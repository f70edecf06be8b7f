package io.cloudelements.connectwise.chart;

import static io.cloudelements.connectwise.chart.ChartValue.group;
import static io.cloudelements.connectwise.chart.ChartValue.leaf;
import static io.cloudelements.connectwise.chart.JsonSchema.choice;
import static io.cloudelements.connectwise.chart.JsonSchema.flag;
import static io.cloudelements.connectwise.chart.JsonSchema.list;
import static io.cloudelements.connectwise.chart.JsonSchema.name;
import static io.cloudelements.connectwise.chart.JsonSchema.nameOrEmpty;
import static io.cloudelements.connectwise.chart.JsonSchema.object;
import static io.cloudelements.connectwise.chart.JsonSchema.open;
import static io.cloudelements.connectwise.chart.JsonSchema.text;
import static io.cloudelements.connectwise.chart.JsonSchema.texts;
import static io.cloudelements.connectwise.chart.JsonSchema.whole;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.config.Setting;
import io.cloudelements.connectwise.config.SettingSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The table of the chart's values, in the order of {@code values.yaml}. */
final class ChartValues {
  private static final List<ChartValue> INSTALLATION =
      List.of(
          leaf(
              "global",
              "Shared with the chart that depends on this one, and with its others. The registry"
                  + " wins over image.registry, the Secrets are added to imagePullSecrets.",
              "{imageRegistry: \"\", imagePullSecrets: []}",
              global()),
          group(
              "image",
              "The operator's image.",
              leaf("registry", "Host of the registry; empty: the node's default.", "\"\"", text()),
              leaf("repository", "", "connectwise-operator", text("[a-z0-9._/-]+")),
              leaf(
                  "tag",
                  "Empty: the chart's appVersion.",
                  "\"\"",
                  text("([A-Za-z0-9_][A-Za-z0-9._-]{0,127})?")),
              leaf("digest", "Wins over the tag.", "\"\"", text("(sha256:[0-9a-f]{64})?")),
              leaf("pullPolicy", "", "IfNotPresent", choice("Always", "IfNotPresent", "Never"))),
          leaf(
              "imagePullSecrets",
              "",
              "[]",
              list(object(Map.of("name", name()), "name")),
              "- name: registry-credentials"),
          leaf("nameOverride", "", "\"\"", text("([a-z]([-a-z0-9]*[a-z0-9])?)?")),
          leaf("fullnameOverride", "", "\"\"", text("([a-z]([-a-z0-9]*[a-z0-9])?)?")),
          leaf(
              "namespaceOverride",
              "Namespace of the chart's objects. Empty: the release's.",
              "\"\"",
              text("([a-z0-9]([-a-z0-9]*[a-z0-9])?)?").put("maxLength", 63)),
          leaf(
              "replicas",
              "One leads, the others stand by. 2 shorten the pause when a node fails.",
              "1",
              whole(0, 10)),
          leaf(
              "leaderElection",
              "By the Lease connectwise-operator in the release's namespace; therefore one release"
                  + " a namespace.",
              "true",
              SettingSchema.of(Setting.LEADER_ELECTION)),
          leaf(
              "watchNamespaces",
              "Namespaces to serve; they have to exist. Empty: all of them, by a ClusterRole."
                  + " Otherwise there are Roles only and nothing of the cluster's besides the CRD;"
                  + " settings.clusterName is then required.",
              "[]",
              SettingSchema.of(Setting.WATCH_NAMESPACES),
              "- integrations"),
          leaf(
              "watchLabelSelector",
              "Serve only resources with these labels: a release for each shard, each in a"
                  + " namespace of its own.",
              "\"\"",
              SettingSchema.of(Setting.WATCH_LABEL_SELECTOR),
              "shard=a"),
          group(
              "secrets",
              "",
              leaf(
                  "watch",
                  "Whether the operator may list and watch Secrets (it asks for their metadata"
                      + " alone). false: it only gets Secrets by name, and notices a rotated one at"
                      + " the next drift check (settings.resyncInterval).",
                  "true",
                  SettingSchema.of(Setting.SECRETS_WATCH))),
          group(
              "accounts",
              "",
              leaf(
                  "namespaceSelectors",
                  "Whether the operator may list and watch Namespaces, so that a"
                      + " CloudElementsAccount can allow them by their labels (from: Selector). Not"
                      + " with watchNamespaces, as Namespaces take a ClusterRole: use from: Names"
                      + " there.",
                  "false",
                  SettingSchema.of(Setting.ACCOUNT_NAMESPACE_SELECTORS)),
              leaf(
                  "objects",
                  "CloudElementsAccounts to create, each with the fields of its spec; the Secrets"
                      + " that they name are never the chart's. They stay on uninstall, and when"
                      + " they are taken off the list. Helm needs the CRD in the cluster before the"
                      + " list: see docs/install.md. namespace is the release's when unset.",
                  "[]",
                  list(AccountObjectSchema.render()),
                  "- name: acme-production\n"
                      + "  namespace: connectwise-accounts\n"
                      + "  spec:\n"
                      + "    secretRef: {name: acme-admin}\n"
                      + "    allowedNamespaces: {from: Names, names: [team-a]}")),
          new ChartValue.Group(
              "settings",
              "The operator's settings. Unset ones have the defaults shown.",
              SettingValues.all()),
          group(
              "proxy",
              "HTTP proxy for calls to Cloud Elements.",
              leaf(
                  "url",
                  "Without a password, for which there is the next value.",
                  "\"\"",
                  text("(http://[^/@\\s]+/?)?"),
                  "http://proxy.example.com:3128"),
              leaf("secret", "Secret that holds the whole URL instead.", "\"\"", nameOrEmpty()),
              leaf("secretKey", "", "url", text("[-._a-zA-Z0-9]+")),
              leaf(
                  "port",
                  "The proxy's port where its URL is in a Secret, for the network policy. 0: the"
                      + " URL is in proxy.url.",
                  "0",
                  whole(0, 65_535)),
              leaf(
                  "exceptions",
                  "Hosts reached without the proxy. The API server always is.",
                  "[]",
                  SettingSchema.of(Setting.NO_PROXY))),
          group(
              "caBundle",
              "Certificates to trust besides the usual ones when calling Cloud Elements: a"
                  + " ConfigMap or a Secret of the release's namespace with PEM text.",
              leaf("configMap", "", "\"\"", nameOrEmpty()),
              leaf("secret", "", "\"\"", nameOrEmpty()),
              leaf("key", "", "ca.crt", text("[-._a-zA-Z0-9]+")),
              leaf(
                  "clusterTrustBundle",
                  "Or a ClusterTrustBundle by its name, or those of a signer by labels, where the"
                      + " cluster has them.",
                  "{}",
                  trustBundle(),
                  "name: corporate-ca")),
          group(
              "crds",
              "",
              leaf(
                  "install",
                  "Install and upgrade the CRDs with the chart. They stay on uninstall, for with"
                      + " them every resource would go. One release a cluster does this.",
                  "true",
                  flag())),
          group(
              "rbac",
              "",
              leaf("create", "Roles and bindings of the operator.", "true", flag()),
              leaf(
                  "aggregate",
                  "Let the cluster's roles view, edit and admin cover the resources. Only where all"
                      + " namespaces are served.",
                  "true",
                  flag()),
              leaf(
                  "serviceBinding",
                  "Let implementations of servicebinding.io read the resources. Only where all"
                      + " namespaces are served.",
                  "true",
                  flag())),
          group(
              "serviceAccount",
              "",
              leaf("create", "", "true", flag()),
              leaf("name", "Empty: the release's full name.", "\"\"", nameOrEmpty()),
              leaf("annotations", "", "{}", texts())));

  /** What Helm and charts that depend on this one may set besides. */
  private static final List<ChartValue> OF_HELM =
      List.of(
          new ChartValue.Hidden(
              "enabled", "For charts that depend on this one under a condition.", flag()));

  /** The table. */
  static final List<ChartValue> ALL =
      Stream.of(
              INSTALLATION,
              SecurityValues.ALL,
              PodValues.ALL,
              MonitoringValues.ALL,
              PolicyValues.ALL,
              OF_HELM)
          .flatMap(List::stream)
          .toList();

  private ChartValues() {}

  private static ObjectNode global() {
    ObjectNode secret = JsonNodeFactory.instance.objectNode();
    secret.withArray("anyOf").add(name()).add(object(Map.of("name", name()), "name"));
    ObjectNode schema = open(); // others' values are in it as well
    schema.putObject("properties").set("imageRegistry", text());
    schema.withObject("properties").set("imagePullSecrets", list(secret));
    return schema;
  }

  private static ObjectNode trustBundle() {
    return object(
        Map.of(
            "name", name(),
            "signerName", text("[^/]+/.+"),
            "labelSelector", open(),
            "optional", flag()));
  }
}
