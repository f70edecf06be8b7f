package io.cloudelements.connectwise.secret;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys of labels and annotations by which another controller acts on any Secret that carries them:
 * copies it to other namespaces, takes it for configuration of its own, or overwrites it. The user
 * who may write a resource decides on the labels of the generated Secret, but not what those
 * controllers do with its token. {@code docs/security.md} has the same list.
 *
 * @param controller who acts
 * @param keys whole keys, and domains with a slash at the end, which stand for every key of the
 *     domain and of its subdomains
 */
public record ControllerKeys(String controller, List<String> keys) {
  /** Every one that is refused. Helm's releases have a label of no domain besides. */
  public static final List<ControllerKeys> ALL =
      List.of(
          of(
              "Argo CD",
              "argocd.argoproj.io/secret-type",
              "argocd.argoproj.io/instance",
              "argocd.argoproj.io/tracking-id"),
          of(
              "Flux",
              "kustomize.toolkit.fluxcd.io/name",
              "kustomize.toolkit.fluxcd.io/namespace",
              "helm.toolkit.fluxcd.io/name",
              "helm.toolkit.fluxcd.io/namespace"),
          of("Helm", "meta.helm.sh/"),
          of("kubernetes-replicator", "v1.mittwald.de/"),
          of("Reflector", "emberstack.com/"),
          of("Config Syncer (kubed)", "appscode.com/"),
          of("Kyverno", "generate.kyverno.io/"),
          of("cert-manager", "cert-manager.io/"),
          of("External Secrets", "external-secrets.io/"),
          of("Sealed Secrets", "sealedsecrets.bitnami.com/"),
          of("Vault Secrets Operator", "secrets.hashicorp.com/"),
          of("Rancher", "cattle.io/"),
          of("Cluster API", "cluster.x-k8s.io/"),
          of("Hierarchical Namespace Controller", "hnc.x-k8s.io/"),
          of("Istio", "istio/multiCluster"),
          of("Jenkins", "jenkins.io/"),
          of(
              "Kubernetes (service account tokens)",
              "kubernetes.io/service-account.name",
              "kubernetes.io/service-account.uid"));

  /** By this label with the value {@link #HELM} Helm finds its releases. */
  public static final String HELM_OWNER = "owner";

  public static final String HELM = "helm";

  /** Matches every key of the list; written so that Java and CEL read it alike. */
  public static final String PATTERN =
      "^(([^/]+[.])?(%s)/.*|%s)$".formatted(alternatives(true), alternatives(false));

  private static final Pattern KEY = Pattern.compile(PATTERN);

  private static ControllerKeys of(String controller, String... keys) {
    return new ControllerKeys(controller, List.of(keys));
  }

  private static String alternatives(boolean domains) {
    return ALL.stream()
        .flatMap(each -> each.keys().stream())
        .filter(key -> key.endsWith("/") == domains)
        .map(key -> key.replaceFirst("/$", "").replace(".", "[.]"))
        .collect(Collectors.joining("|"));
  }

  /** The first such key that is wanted for the generated Secret. */
  public static Optional<String> wanted(TokenSecretTemplate template) {
    Stream<String> helm =
        HELM.equals(template.labels().get(HELM_OWNER)) ? Stream.of(HELM_OWNER) : Stream.empty();
    return Stream.concat(
            helm,
            Stream.concat(
                    template.labels().keySet().stream(), template.annotations().keySet().stream())
                .filter(key -> KEY.matcher(key).matches()))
        .findFirst();
  }
}
