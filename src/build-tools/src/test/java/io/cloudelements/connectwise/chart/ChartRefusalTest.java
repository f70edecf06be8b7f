package io.cloudelements.connectwise.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake in the values is reported by name at installation, not by a failing pod. */
class ChartRefusalTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {replica: 2}                                     | 'replica' not allowed
          {settings: {resyncIntervall: 5m}}                | at '/settings': additional properties 'resyncIntervall' not allowed
          {settings: {resyncInterval: 5 minutes}}          | at '/settings/resyncInterval': '5 minutes' does not match pattern
          {settings: {resyncInterval: 300}}                | at '/settings/resyncInterval': got number, want string
          {settings: {accountMaxConcurrentRequests: 0}}    | at '/settings/accountMaxConcurrentRequests': minimum: got 0, want 1
          {settings: {logLevel: verbose}}                  | at '/settings/logLevel': value must be one of 'trace', 'debug', 'info', 'warn', 'error'
          {settings: {cloudElementsBaseUrl: ftp://x}}      | at '/settings/cloudElementsBaseUrl': 'ftp://x' does not match pattern
          {settings: {cloudElementsAllowedBaseUrls: https://x}} | at '/settings/cloudElementsAllowedBaseUrls': got string, want array
          {settings: {clusterName: my cluster}}            | at '/settings/clusterName': 'my cluster' does not match pattern
          {watchNamespaces: team-a}                        | at '/watchNamespaces': got string, want array
          {watchNamespaces: [Team_A]}                      | at '/watchNamespaces/0': 'Team_A' does not match pattern
          {replicas: two}                                  | at '/replicas': got string, want integer
          {image: {digest: sha256:abc}}                    | at '/image/digest': 'sha256:abc' does not match pattern
          {image: {pullPolicy: Sometimes}}                 | at '/image/pullPolicy': value must be one of 'Always', 'IfNotPresent', 'Never'
          {secrets: {watch: "yes"}}                        | at '/secrets/watch': got string, want boolean
          {proxy: {url: "http://me:secret@proxy:3128"}}    | at '/proxy/url'
          {tolerations: [{operater: Exists}]}              | additional properties 'operater' not allowed
          {extraEnv: [{value: x}]}                         | at '/extraEnv/0': missing property 'name'
          {admissionPolicies: {restrictions: {namespaces: {a: {deletionPolicies: [Keep]}}}}} | value must be one of 'Delete', 'Retain'
          {watchNamespaces: [team-a]}                      | settings.clusterName is required with watchNamespaces
          {watchNamespaces: [a], settings: {clusterName: b}, accounts: {namespaceSelectors: true}} | accounts.namespaceSelectors must be false with watchNamespaces: no Role can grant
          {accounts: {objects: [{name: a, spec: {secretRef: {name: b, namespace: c}}}]}} | at '/accounts/objects/0/spec/secretRef': additional properties 'namespace' not allowed
          {accounts: {objects: [{name: a, spec: {secretRef: {name: b}, allowedNamespace: {}}}]}} | additional properties 'allowedNamespace' not allowed
          {accounts: {objects: [{name: a, spec: {secretRef: {name: b}, allowedNamespaces: {from: Everybody}}}]}} | at '/accounts/objects/0/spec/allowedNamespaces/from': value must be one of
          {accounts: {objects: [{name: a, spec: {secretRef: {name: b}, allowedNamespaces: {from: Selector, selector: {matchLabels: {c: d}}}}}]}} | accounts.objects: a allows namespaces by a selector, which matches none
          {watchNamespaces: [a], settings: {clusterName: b}, accounts: {objects: [{name: c, namespace: d, spec: {secretRef: {name: e}}}]}} | accounts.objects: c is in the namespace d, which is not served
          {settings: {accountNamespaceSelectors: true}}    | additional properties 'accountNamespaceSelectors' not allowed
          {leaderElection: false, replicas: 2}             | Set leaderElection: true.
          {caBundle: {configMap: a, secret: b}}            | more than one of caBundle.configMap, caBundle.secret and caBundle.clusterTrustBundle is set
          {proxy: {url: "http://proxy:1", secret: b}}      | proxy.url and proxy.secret are both set
          {caBundle: {secret: a, clusterTrustBundle: {name: b}}} | more than one of caBundle.configMap
          {leaderElection: false, updateStrategy: {type: RollingUpdate}} | updateStrategy.type must be Recreate
          {extraEnv: [{name: _JAVA_OPTIONS, value: a}], jvmOptions: [-Xint]} | extraEnv must not set _JAVA_OPTIONS
          {livenessProbe: {httpGet: {path: /}}}            | additional properties 'httpGet' not allowed
          {livenessProbe: {successThreshold: 2}}           | at '/livenessProbe/successThreshold': maximum: got 2, want 1
          {dnsPolicy: ClusterFirstWithHostNet}             | at '/dnsPolicy': value must be one of
          {hostNetwork: true}                              | additional properties 'hostNetwork' not allowed
          {jvmOptions: -Xint}                              | at '/jvmOptions': got string, want array
          {service: {type: ExternalName}}                  | at '/service/type': value must be one of
          {adaptSecurityContext: "yes"}                    | at '/adaptSecurityContext': value must be one of 'auto', 'force', 'disabled'
          {podSecurityContext: {runAsNonRoot: false}}      | at '/podSecurityContext/runAsNonRoot': value must be true
          {podSecurityContext: {runAsNonRoot: null}}       | at '/podSecurityContext': missing property 'runAsNonRoot'
          {podSecurityContext: {runAsUser: 0}}             | at '/podSecurityContext/runAsUser': minimum: got 0, want 1
          {podSecurityContext: {seccompProfile: {type: Unconfined}}} | at '/podSecurityContext/seccompProfile/type'
          {securityContext: {privileged: true}}            | at '/securityContext/privileged': value must be false
          {securityContext: {readOnlyRootFilesystem: false}} | at '/securityContext/readOnlyRootFilesystem': value must be true
          {securityContext: {capabilities: {drop: [NET_RAW]}}} | at '/securityContext/capabilities/drop'
          {securityContext: {capabilities: {add: [NET_ADMIN]}}} | additional properties 'add' not allowed
          {proxy: {secret: b}}                             | proxy.port is required with proxy.secret
          {networkPolicy: {extraEgress: [{port: 1}]}}      | additional properties 'port' not allowed
          {serviceAccount: {create: false}}                | serviceAccount.name is required
          {extraEnv: [{name: RESYNC_INTERVAL, value: 5m}]} | extraEnv must not set RESYNC_INTERVAL: use settings.resyncInterval.
          {extraEnv: [{name: WATCH_NAMESPACES, value: a}]} | extraEnv must not set WATCH_NAMESPACES: use watchNamespaces.
          {admissionPolicies: {statusWriters: {users: ["a b"]}}} | at '/admissionPolicies/statusWriters/users/0': 'a b' does not match pattern
          {admissionPolicies: {restrictions: {enabled: true}}} | admissionPolicies.restrictions.namespaces is empty
          """)
  void refusesInvalidValues(String values, String message) {
    assertThatThrownBy(() -> Rendered.from(values)).hasMessageContaining(message);
  }
}
