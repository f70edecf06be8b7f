package io.cloudelements.connectwise.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.Kubectl;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.crd.Refusals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The offline schema and the real server agree on the bounds of every rule. */
@RealCluster
class AgreementIT {
  private final CustomResourceSchema instances = CustomResourceSchema.ofInstances();
  private final CustomResourceSchema accounts = CustomResourceSchema.ofAccounts();

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrds();
  }

  static Stream<String> manifests() {
    return Stream.concat(manifestsOfInstances(), manifestsOfAccounts());
  }

  private static Stream<String> manifestsOfInstances() {
    return Stream.concat(
        Stream.of(
            manifest("Acme", "hub: helpdesk"),
            manifest("acme.", "hub: helpdesk"),
            manifest("acme", "hub: 5"),
            manifest("acme", "hub: Helpdesk"),
            manifest("acme", "hub: null"),
            manifest("acme", "hub: sales, element: zendesk, name: '', tags: [a, a]"),
            manifest("acme", "hub: crm").replace("name: acme-connectwise", "name: 1"),
            manifest("acme", "hub: crm").replace("{name: acme-connectwise}", "acme-connectwise"),
            manifest("acme", "hub: crm").replace("metadata: {", "metadata: {lables: {}, "),
            manifest("acme", "hub: crm") + "specs: {}\n"),
        Stream.of(
                "tokenSecret: {labels: {owner: Helm, argocd.argoproj.io/secret-types: a}}",
                "tokenSecret: {annotations: {a.b.cert-manager.io/x: v, mycert-manager.io/x: v}}",
                "tokenSecret: {labels: {owner: helm, 'a b': c, cert-manager.io/x: v}}",
                "tokenSecret: {template: {a: 1, b: null}}",
                "tokenSecret: {template: {'': a, 'a b': '$(x)', uri: '$(token'}}",
                "tokenSecret: {template: {a: '" + "$$".repeat(2047) + "$(x'}}",
                "tokenSecret: {template: {a: \"$(token)\\n$(\\n)\\n\"}}",
                "tokenSecret: {template: {a: '" + "é".repeat(4096) + "'}}",
                "tokenSecret: {template: {a: '" + "é".repeat(4097) + "'}}",
                "suspend: 'true'",
                "suspend: 1",
                "enabled: null",
                "name: 5",
                "name: " + "é".repeat(128),
                "name: " + "é".repeat(129),
                "name: '', tags: [a, a], baseUrl: 'https://a@b'",
                "tags: acme",
                "tags: [1, a]",
                "tags: ['', 'a,b', '<']",
                "tags: [a, b, a, b]",
                "adoptInstanceId: '12'",
                "adoptInstanceId: 1.5",
                "adoptInstanceId: true",
                "adoptInstanceId: {}",
                "adoptInstanceId: 92233720368547758070",
                "adoptInstanceId: -3",
                "adoptInstanceId: 9223372036854775807",
                "tokenSecret: acme",
                "tokenSecret: {labels: {a: 1}}",
                "tokenSecret: {labels: {a: " + "b".repeat(64) + "}}",
                "tokenSecret: {name: A, labels: {'a b': '-'}}",
                "tokenSecret: {nmae: a}, tag: [a], tags: [b]",
                "configuration: {a: 1}",
                "configuration: {'': a}",
                "configuration: {PassWord: a, 'x y': b}",
                "deletionPolicy: retain, managementPolicy: []",
                "accountSecretRef: {}",
                "accountRef: {}",
                "accountRef: acme",
                "accountRef: {name: '', namespace: -a}",
                "accountRef: {name: a}, accountSecretRef: {name: b}, baseUrl: 'https://a'",
                "configurationPrefix: ''",
                "baseUrl: 'https://[::1]:8443/a/'",
                "baseUrl: 'https://[::1/a'",
                "baseUrl: 'https://[1.2.3.4]/a'",
                "baseUrl: 'https://a:0'",
                "baseUrl: 'https://a:65535'",
                "baseUrl: 'https://a:65536'",
                "baseUrl: 'https://a:'",
                "baseUrl: 'https://a..b/'",
                "baseUrl: 'https://-a/~b'",
                "baseUrl: 'https://a/./b'",
                "baseUrl: 'https://a/../b'",
                "baseUrl: 'https://a//b'",
                "baseUrl: 'https://a/%20'",
                "baseUrl: 'https://'",
                "baseUrl: ''",
                "resyncInterval: 24h",
                "resyncInterval: 24h1s",
                "resyncInterval: 0.5m",
                "resyncInterval: 1h30m15.5s",
                "resyncInterval: '30'",
                "resyncInterval: 30",
                "resyncInterval: -30s",
                "resyncInterval: 1d")
            .map(line -> manifest("acme", "hub: helpdesk, " + line)));
  }

  private static Stream<String> manifestsOfAccounts() {
    return Stream.of(
            "allowedNamespaces: {}",
            "allowedNamespaces: {from: ''}",
            "allowedNamespaces: {from: names, names: a}",
            "allowedNamespaces: {from: Names, names: [1, a, A, a]}",
            "allowedNamespaces: {from: Names, names: [%s]}".formatted("n".repeat(64)),
            "allowedNamespaces: {from: Names, selector: {matchLabels: {a: b}}}",
            "allowedNamespaces: {from: Selector, names: [a], selector: {}}",
            "allowedNamespaces: {from: Selector, selector: {matchLabels: {a: 1}}}",
            "allowedNamespaces: {from: Selector, selector: {matchLabels: {'a/b/c': '-'}}}",
            "allowedNamespaces: {from: Selector, selector: {matchLabels: {%s: a}}}"
                .formatted("k".repeat(64)),
            expressions("{}"),
            expressions("a"),
            expressions("{key: '', operator: in, values: [a, a, '-']}"),
            expressions("{key: a, operator: Exists, values: []}, {key: b, operator: In}"),
            expressions("{key: a, operator: In, values: [%s]}".formatted("v".repeat(64))),
            expressions("{key: a, operator: In, values: [a], more: 1}"),
            "permit: {elements: [connectwisehd, Connectwisehd, connectwisehd]}",
            "permit: {elements: [a, b, c, d]}",
            "permit: {adoption: allowed}",
            "limits: {instances: 1.5}",
            "limits: {instances: '1'}",
            "limits: {instances: true}",
            "limits: {instances: 0, instancesPerNamespace: -1, concurrentRequests: 1001}",
            "limits: {instances: 2147483647}",
            "limits: {instances: 2147483648}",
            "limits: {instances: -1.5}",
            "applicationUser: {}",
            "applicationUser: {secretRef: {name: acme-admin}}, baseUrl: 'https://a@b'",
            "applicationUser: {secretRef: {name: A, key: b}}",
            "suspend: 'false'")
        .map(
            """
            apiVersion: cloudelements.io/v1
            kind: CloudElementsAccount
            metadata: {name: acme}
            spec: {secretRef: {name: acme-admin}, %s}
            """
                ::formatted);
  }

  private static String expressions(String expressions) {
    return "allowedNamespaces: {from: Selector, selector: {matchExpressions: [%s]}}"
        .formatted(expressions);
  }

  private static String manifest(String name, String spec) {
    return """
    apiVersion: cloudelements.io/v1
    kind: ConnectWiseInstance
    metadata: {name: %s}
    spec: {credentialsSecretRef: {name: acme-connectwise}, %s}
    """
        .formatted(name, spec);
  }

  /** The offline check must have the verdict and the message of the server. */
  @ParameterizedTest
  @MethodSource("manifests")
  void offlineCheckAgreesWithTheServer(String manifest, ClusterUser person) throws IOException {
    // Given
    JsonNode content = new YAMLMapper().readTree(manifest);
    // When
    List<String> offline =
        (instances.isAbout(content) ? instances : accounts).refusals(content, Optional.empty());
    // Then
    Kubectl.KubectlResult result = person.triesToApply(manifest);
    assertThat(offline).containsExactlyInAnyOrderElementsOf(Refusals.of(result));
  }
}
