package io.cloudelements.connectwise.chart;

/** Ways to install the chart that people choose. */
enum Installation {
  DEFAULTS("{}"),
  ONE_NAMESPACE(
      """
      watchNamespaces: [operators]
      settings: {clusterName: prod-eu}
      crds: {install: false}
      """),
  NAMESPACES(
      """
      watchNamespaces: [team-a, team-b]
      secrets: {watch: false}
      settings: {clusterName: prod-eu}
      """),
  LEAST_RIGHTS(
      """
      secrets: {watch: false}
      settings: {clusterName: prod-eu}
      rbac: {aggregate: false, serviceBinding: false}
      """),
  SHARD(
      """
      fullnameOverride: shard-a
      watchLabelSelector: shard=a
      crds: {install: false}
      rbac: {aggregate: false, serviceBinding: false}
      """),
  AVAILABLE(
      """
      replicas: 3
      priorityClassName: system-cluster-critical
      nodeSelector: {kubernetes.io/os: linux}
      tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}]
      affinity: {podAntiAffinity: {}}
      topologySpreadConstraints:
        - topologyKey: kubernetes.io/hostname
          maxSkew: 1
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app.kubernetes.io/name: connectwise-operator}}
      """),
  SINGLE(
      "{leaderElection: false, networkPolicy: {enabled: false}, podDisruptionBudget: {enabled: false}}"),
  CORPORATE(
      """
      image: {registry: registry.example.com:5000, repository: mirror/connectwise-operator, pullPolicy: Always}
      imagePullSecrets: [{name: registry}]
      proxy: {url: "http://proxy.example.com:3128", exceptions: [.corp, 10.0.0.0/8]}
      caBundle: {configMap: corporate-ca, key: bundle.pem}
      serviceAccount: {create: true, name: provisioner, annotations: {example.com/team: integration}}
      podAnnotations: {example.com/scrape: "no"}
      podLabels: {example.com/team: integration}
      commonLabels: {example.com/cost-centre: "4711"}
      extraEnv: [{name: JDK_JAVA_OPTIONS, value: -Xlog:gc}]
      extraVolumes: [{name: more, emptyDir: {}}]
      extraVolumeMounts: [{name: more, mountPath: /more, readOnly: true}]
      networkPolicy:
        apiServerCidrs: [10.0.0.1/32]
        metricsFrom: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]
      """),
  POLICIES(
      """
      admissionPolicies:
        preventDeletion: true
        protectCrd: {enabled: true, namespaces: [team-a]}
        restrictions:
          enabled: true
          namespaces:
            "*": {baseUrls: [default]}
            team-a: {baseUrls: ["https://api.cloud-elements.co.uk/elements/api-v2"], deletionPolicies: [Retain]}
      """),
  MONITORED(
      """
      serviceMonitor: {enabled: true, interval: 30s, labels: {release: prometheus}}
      prometheusRule: {enabled: true}
      grafanaDashboard: {enabled: true, annotations: {grafana_folder: Operators}}
      settings: {otelExporterOtlpEndpoint: "http://collector.tracing:4318"}
      """),
  /** A chart that depends on this one hands these down. */
  DEPENDENCY("{global: {domain: example.com}, enabled: true}");

  private final String yaml;

  Installation(String yaml) {
    this.yaml = yaml;
  }

  /** The values, in YAML. */
  String yaml() {
    return yaml;
  }

  /** Whether an API server without further definitions knows all its kinds. */
  boolean isPlainKubernetes() {
    return this != MONITORED;
  }
}
