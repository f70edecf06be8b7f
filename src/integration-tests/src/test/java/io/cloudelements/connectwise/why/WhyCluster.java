package io.cloudelements.connectwise.why;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.cluster.AuditPolicy;
import io.cloudelements.connectwise.cluster.Command;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.ControlPlaneOptions;
import io.cloudelements.connectwise.docs.CommandRun;
import io.cloudelements.connectwise.operator.AccountOwner;
import io.cloudelements.connectwise.operator.AuditLog;
import io.cloudelements.connectwise.operator.OperatedCluster;
import io.cloudelements.connectwise.operator.OperatorProcess;
import io.cloudelements.connectwise.operator.Tenant;
import io.cloudelements.connectwise.operator.TenantAccount;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A control plane whose audit log has every call of a service account, an operator, and people who
 * ask: one may read what the chain is made of everywhere, one in the team's namespace, one only the
 * resources.
 */
final class WhyCluster implements AutoCloseable {
  static final String TEAM = "team";
  static final String ELSEWHERE = "elsewhere";

  /** So many instances of an account may be gone at once. */
  static final int MASS_DISAPPEARANCE_LIMIT = 2;

  private static final int MASS_DELETION_LIMIT = 1;

  final ControlPlane controlPlane;
  final KubernetesClient client;
  final OperatedCluster cluster;
  final Tenant tenant;
  final AccountOwner owner;
  private final Map<String, String> scope;
  OperatorProcess operator;
  private final Path developer;
  private final Path member;
  private final Path outsider;

  private WhyCluster(
      ControlPlane controlPlane, KubernetesClient client, Map<String, String> scope) {
    this.controlPlane = controlPlane;
    this.client = client;
    this.cluster = OperatedCluster.on(controlPlane, client);
    for (String namespace : new String[] {TEAM, ELSEWHERE}) {
      client
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .create();
    }
    this.tenant = cluster.tenant(TEAM);
    this.owner = AccountOwner.of(tenant, client);
    String kinds =
        "secrets, pods, pods/log, connectwiseinstances, cloudelementsaccounts, events, deployments";
    this.developer = person("developer", kinds, "ClusterRoleBinding");
    this.member = person("member", kinds, "RoleBinding");
    this.outsider = person("outsider", "connectwiseinstances", "ClusterRoleBinding");
    this.scope = scope;
    this.operator = startedOperator();
  }

  private OperatorProcess startedOperator() {
    Map<String, String> environment = new HashMap<>(scope);
    environment.putAll(
        Map.of(
            "RESYNC_INTERVAL",
            "24h",
            "REQUEST_TIMEOUT",
            "3s",
            "PROVISION_TIMEOUT",
            "10m",
            "MASS_DISAPPEARANCE_LIMIT",
            Integer.toString(MASS_DISAPPEARANCE_LIMIT),
            "MASS_DELETION_LIMIT",
            Integer.toString(MASS_DELETION_LIMIT),
            "CLOUD_ELEMENTS_ALLOWED_BASE_URLS",
            cluster.baseUrl() + ",http://127.0.0.1:1/elements/api-v2"));
    return cluster.start(environment);
  }

  /** The process ends in the middle of what it does, and another one goes on. */
  void operatorCrashes() {
    operator.kill();
    operator = startedOperator();
  }

  /** With an operator that serves one team and the owner of its accounts. */
  static WhyCluster start() {
    return start(Map.of("WATCH_NAMESPACES", TEAM + "," + AccountOwner.namespaceFor(TEAM)));
  }

  /** With one that serves every namespace, and so may read its definition too. */
  static WhyCluster startClusterWide() {
    return start(Map.of());
  }

  private static WhyCluster start(Map<String, String> scope) {
    ControlPlane controlPlane =
        ControlPlane.start(
            ControlPlaneOptions.inNewDirectory("why-").withAuditPolicy(AuditPolicy.EVERYTHING));
    return new WhyCluster(controlPlane, controlPlane.client(), scope);
  }

  /**
   * A service account that may read these kinds.
   *
   * @param binding kind of the object that gives the right: in every namespace or in the team's
   */
  private Path person(String name, String kinds, String binding) {
    tenant.applies(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: %1$s}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: %1$s}
        rules:
        - {apiGroups: ["*"], resources: [%2$s], verbs: [get, list, watch]}
        - {apiGroups: [""], resources: [pods/portforward], verbs: [get, create]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: %4$s
        metadata: {name: %1$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %1$s}
        subjects: [{kind: ServiceAccount, name: %1$s, namespace: %3$s}]
        """
            .formatted(name, kinds, TEAM, binding));
    return controlPlane.kubeconfigFor(TEAM, name);
  }

  /** What the developer sees. */
  CommandRun why(String... arguments) {
    return run(developer, arguments);
  }

  /** The output for a member of the team, without rights in other namespaces. */
  CommandRun whyAsMember(String... arguments) {
    return run(member, arguments);
  }

  /** The output for a user who may read resources alone. */
  CommandRun whyAsOutsider(String... arguments) {
    return run(outsider, arguments);
  }

  private static CommandRun run(Path kubeconfig, String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("why", "--kubeconfig=" + kubeconfig), Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** What the developer asked the API server for, such as {@code get secrets/acme}. */
  List<String> readsOf(String person) {
    return new AuditLog(controlPlane)
        .entries().stream()
            .filter(entry -> entry.at("/user/username").asText().endsWith(":" + person))
            .map(entry ->
                Stream.of("/verb", "/objectRef/resource", "/objectRef/name")
                    .map(field -> entry.at(field).asText())
                    .collect(Collectors.joining(" "))
                    .strip())
            .toList();
  }

  /** A resource that no operator watches. */
  void applyElsewhere(String name) {
    controlPlane.userIn(ELSEWHERE).applies(Tenant.helpDesk(name));
  }

  /** A resource whose Secret the pods of a Deployment use; no controller makes them here. */
  void usedByPods(String name, TenantAccount account) {
    tenant.appliesSecret(name + "-connectwise", account.credentials());
    tenant.applies(
        Tenant.helpDesk(name).replace(Tenant.CREDENTIALS, name + "-connectwise")
            + """
            ---
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: help-desk-5d4f8}
            spec:
              replicas: 0
              selector: {matchLabels: {app: help-desk}}
              template:
                metadata: {labels: {app: help-desk}}
                spec: {containers: [{name: app, image: example.com/app}]}
            """);
    String uid =
        tenant.person().gets("replicaset", "help-desk-5d4f8", "-o", "jsonpath={.metadata.uid}");
    tenant.applies(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: help-desk-5d4f8-x1
          labels: {app: help-desk, pod-template-hash: 5d4f8}
          ownerReferences:
          - {apiVersion: apps/v1, kind: ReplicaSet, name: help-desk-5d4f8, uid: %s, controller: true}
        spec:
          automountServiceAccountToken: false
          containers:
          - name: app
            image: example.com/app
            env:
            - {name: TOKEN, valueFrom: {secretKeyRef: {name: %s-token, key: token}}}
        """
            .formatted(uid, name));
    tenant.awaitsReady(name);
  }

  /** The command that the cause of a resource shows. */
  String commandOf(String name) {
    try {
      return new ObjectMapper()
          .readTree(why(name, "-o", "json").output())
          .at("/cause/command")
          .asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a command as it was shown, in a shell.
   *
   * @param known what a person writes in the place of each {@code "key":"…"}
   */
  void runs(String command, Map<String, String> known) {
    String filled =
        Pattern.compile("\"(\\w+)\":\"…\"")
            .matcher(command)
            .replaceAll(key -> "\"%s\":\"%s\"".formatted(key.group(1), known.get(key.group(1))));
    Command.of(Path.of("/bin/sh"), "-c", filled)
        .withEnvironment(
            Map.of(
                "KUBECONFIG",
                controlPlane.kubeconfig().toString(),
                "HOME",
                controlPlane.kubectl().home().toString(),
                "PATH",
                controlPlane.kubectl().binary().getParent() + ":/usr/bin:/bin"))
        .run()
        .outputOrThrow();
  }

  @Override
  public void close() {
    try {
      operator.close();
      cluster.server().close();
      client.close();
    } finally {
      controlPlane.close();
    }
  }
}
