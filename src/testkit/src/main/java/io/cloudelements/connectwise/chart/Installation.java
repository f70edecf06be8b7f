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
  SHARED_ACCOUNTS(
      """
      accounts:
        namespaceSelectors: true
        objects:
          - name: acme-production
            namespace: connectwise-accounts
            labels: {example.com/team: integration}
            annotations: {example.com/contact: platform}
            spec:
              secretRef: {name: acme-admin}
              allowedNamespaces: {from: Selector, selector: {matchLabels: {crm: acme}}}
              limits: {instances: 500}
          - {name: acme-trial, spec: {secretRef: {name: acme-trial}}}
      admissionPolicies: {accountUse: true}
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
      "{leaderElection: false, networkPolicy: {enabled: false}, podDisruptionBudget: {enabled:"
          + " false}}"),
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
        statusWriters: {enabled: true, users: ["system:serviceaccount:velero:velero"]}
        protectCrd: {enabled: true, namespaces: [team-a]}
        restrictions:
          enabled: true
          namespaces:
            "*": {baseUrls: [default]}
            team-a: {baseUrls: ["https://api.cloud-elements.co.uk/elements/api-v2"], deletionPolicies: [Retain]}
      """),
  MONITORED(
      """
      serviceMonitor:
        enabled: true
        namespace: team-a
        interval: 30s
        labels: {release: prometheus}
        relabelings: [{targetLabel: cluster, replacement: prod-eu}]
        metricRelabelings: [{sourceLabels: [__name__], regex: jvm_.*, action: drop}]
      prometheusRule: {enabled: true}
      grafanaDashboard: {enabled: true, annotations: {grafana_folder: Operators}}
      settings: {otelExporterOtlpEndpoint: "http://collector.tracing:4318"}
      """),
  OPENSHIFT(
      """
      adaptSecurityContext: force
      podSecurityContext: {fsGroup: 65532}
      networkPolicy: {extraEgress: [{to: [{namespaceSelector: {}}], ports: [{port: 8443, protocol: TCP}]}]}
      """),
  PROXY_OF_A_SECRET(
      """
      proxy: {secret: proxy, port: 3128}
      caBundle: {clusterTrustBundle: {signerName: example.com/ca, labelSelector: {matchLabels: {example.com/live: "yes"}}}}
      jvmOptions: [-XX:MaxRAMPercentage=60, "-Xlog:gc"]
      """),
  HARDENED(
      """
      podSecurityContext: {supplementalGroupsPolicy: Strict, appArmorProfile: {type: RuntimeDefault}}
      securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
      hostUsers: false
      runtimeClassName: sandbox
      dnsPolicy: None
      dnsConfig: {nameservers: [10.0.0.10], searches: [svc.cluster.local], options: [{name: ndots, value: "2"}]}
      hostAliases: [{ip: 10.0.0.7, hostnames: [api.example.com]}]
      updateStrategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
      revisionHistoryLimit: 1
      startupProbe: {initialDelaySeconds: 1, failureThreshold: 120}
      """),
  EXTENDED(
      """
      namespaceOverride: operators
      deploymentAnnotations: {example.com/reload: "true"}
      commonAnnotations: {example.com/owner: integration}
      service: {type: ClusterIP, annotations: {example.com/scrape: "yes"}, labels: {example.com/team: integration}, ipFamilyPolicy: PreferDualStack}
      initContainers:
        - name: extra-first
          image: registry.example.com/tool:1
          restartPolicy: Always
          resources: &resources {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 16Mi}}
          securityContext: &restricted
            {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      extraContainers:
        - name: extra-beside
          image: registry.example.com/tool:1
          livenessProbe: {tcpSocket: {port: 9000}}
          readinessProbe: {tcpSocket: {port: 9000}}
          resources: *resources
          securityContext: *restricted
      extraObjects:
        - apiVersion: v1
          kind: ConfigMap
          metadata:
            name: "{{ .Release.Name }}-more"
            namespace: "{{ .Release.Namespace }}"
            labels: {app.kubernetes.io/instance: "{{ .Release.Name }}"}
            annotations: {example.com/owner: integration}
          data: {key: value}
      """),
  /** A chart that depends on this one hands these down. */
  DEPENDENCY(
      """
      global: {domain: example.com, imageRegistry: mirror.example.com, imagePullSecrets: [mirror]}
      enabled: true
      """);

  private final String yaml;

  Installation(String yaml) {
    this.yaml = yaml;
  }

  /** The values, in YAML. */
  String yaml() {
    return yaml;
  }

  /** Whether the platform chooses the user that the pod runs as. */
  boolean leavesIdsToThePlatform() {
    return this == OPENSHIFT;
  }
}
