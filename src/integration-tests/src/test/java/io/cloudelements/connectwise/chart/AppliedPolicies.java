package io.cloudelements.connectwise.chart;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.cluster.ClusterUser;
import io.cloudelements.connectwise.cluster.Kubectl;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Admission policies of the chart on a real API server, with none of its other objects, until they
 * are closed. The server takes a policy up a moment after it was written, so a test waits for the
 * first refusal.
 */
record AppliedPolicies(Kubectl kubectl, String manifests) implements AutoCloseable {
  /** The only base URL that {@link #restrictions} allow. */
  static final String EU = "https://api.cloud-elements.co.uk/elements/api-v2";

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Set<String> KINDS =
      Set.of("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ConfigMap");

  /** Bound to the user's namespace, where the release is too. */
  static AppliedPolicies of(ClusterUser user, String values) {
    return of(
        user.kubectl(),
        user.namespace(),
        "watchNamespaces: [%s]\nsettings: {clusterName: test}\n".formatted(user.namespace())
            + values);
  }

  /** Those of a release in that namespace. */
  static AppliedPolicies of(Kubectl kubectl, String namespace, String values) {
    String manifests =
        Chart.manifests(namespace, values).stream()
            .filter(object -> KINDS.contains(object.get("kind").asText()))
            .map(JsonNode::toString)
            .collect(Collectors.joining("\n---\n"));
    kubectl.runWithInput(manifests, "apply", "-f", "-");
    return new AppliedPolicies(kubectl, manifests);
  }

  /** Values under which the tenants of a namespace may go nowhere else, and delete nothing. */
  static String restrictions(String namespace) {
    return """
    admissionPolicies:
      restrictions:
        enabled: true
        namespaces: {"%s": {baseUrls: ["%s"], deletionPolicies: [Retain]}}
    """
        .formatted(namespace, EU);
  }

  /** The first refusal. */
  static Kubectl.KubectlResult untilRefused(Supplier<Kubectl.KubectlResult> attempt) {
    return await().atMost(LIMIT).until(attempt::get, result -> result.exitCode() != 0);
  }

  /** The first attempt about which the server says this. */
  static Kubectl.KubectlResult untilSays(String message, Supplier<Kubectl.KubectlResult> attempt) {
    return await().atMost(LIMIT).until(attempt::get, result -> result.errors().contains(message));
  }

  /** The first attempt that is not refused. */
  static Kubectl.KubectlResult untilAllowed(Supplier<Kubectl.KubectlResult> attempt) {
    return await().atMost(LIMIT).until(attempt::get, result -> result.exitCode() == 0);
  }

  @Override
  public void close() {
    kubectl.runWithInput(manifests, "delete", "--ignore-not-found", "-f", "-");
  }
}
