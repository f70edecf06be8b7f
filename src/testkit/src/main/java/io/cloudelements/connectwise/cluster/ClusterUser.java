package io.cloudelements.connectwise.cluster;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * The actor "a person with kubectl" who works in one namespace: changes the cluster the way a user
 * does, and sees what a user sees.
 *
 * @param kubectl under whose name
 * @param namespace where
 */
public record ClusterUser(Kubectl kubectl, String namespace) {

  /** {@code kubectl apply} of a manifest; refused manifests are an error. */
  public void applies(String manifest) {
    kubectl.runWithInput(manifest, inNamespace("apply", "-f", "-"));
  }

  /** {@code kubectl apply} of a file; refused manifests are an error. */
  public void applies(Path file) {
    kubectl.run(inNamespace("apply", "-f", file.toString()));
  }

  /** {@code kubectl apply} of a manifest that the server may refuse. */
  public Kubectl.KubectlResult triesToApply(String manifest) {
    return kubectl.attemptWithInput(manifest, inNamespace("apply", "-f", "-"));
  }

  /** {@code kubectl apply} as a dry run: what the server says, and nothing is made. */
  public Kubectl.KubectlResult dryRunsApply(String manifest, String... options) {
    String[] apply = prepend("apply", append(options, "--dry-run=server", "-f", "-"));
    return kubectl.attemptWithInput(manifest, inNamespace(apply));
  }

  /** Any other command as a dry run, which the server may refuse. */
  public Kubectl.KubectlResult dryRuns(String... arguments) {
    return kubectl.attempt(inNamespace(append(arguments, "--dry-run=server")));
  }

  /** {@code kubectl replace --force}: the object is deleted and created again at once. */
  public void replacesByForce(String manifest) {
    kubectl.runWithInput(manifest, inNamespace("replace", "--force", "--timeout=20s", "-f", "-"));
  }

  /** {@code kubectl delete}, which does not wait for finalizers. */
  public void deletes(String resource, String name) {
    kubectl.run(inNamespace("delete", resource, name, "--wait=false"));
  }

  /** {@code kubectl patch} by a merge patch; null takes a field away. */
  public void patches(String resource, String name, String patch) {
    runs("patch", resource, name, "--type=merge", "-p", patch);
  }

  /** The same for the status, which takes another right. */
  public void patchesStatus(String resource, String name, String patch) {
    runs("patch", resource, name, "--subresource=status", "--type=merge", "-p", patch);
  }

  /** {@code kubectl annotate}, over an earlier value too. */
  public void annotates(String resource, String name, String annotation) {
    runs("annotate", resource, name, annotation, "--overwrite");
  }

  /** Lets each go whose deletion is held, by the id of its instance. */
  public void confirmsDeletions(Collection<ConnectWiseInstance> held) {
    held.forEach(resource ->
        annotates(
            "cwi",
            resource.getMetadata().getName(),
            "cloudelements.io/confirm-deletion=" + resource.getStatus().instanceId()));
  }

  /** What {@code kubectl get} prints. */
  public String gets(String... arguments) {
    return kubectl.run(inNamespace(prepend("get", arguments)));
  }

  /** Any other command. */
  public String runs(String... arguments) {
    return kubectl.run(inNamespace(arguments));
  }

  private String[] inNamespace(String... arguments) {
    return prepend("--namespace=" + namespace, arguments);
  }

  private static String[] prepend(String first, String... rest) {
    return append(new String[] {first}, rest);
  }

  private static String[] append(String[] first, String... rest) {
    return Stream.of(first, rest).flatMap(Stream::of).toArray(String[]::new);
  }
}
