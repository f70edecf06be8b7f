package io.cloudelements.connectwise.config;

import io.cloudelements.connectwise.instance.ManagementPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's settings. {@link Setting} is the table of the variables they come from.
 *
 * @param clusterName first part of the ownership tag; empty: the UID of {@code kube-system}
 * @param leaseNamespace where the Lease of the leader lives; empty: no leader election
 */
public record OperatorConfig(
    Remote remote,
    Watch watch,
    Optional<String> clusterName,
    Drift drift,
    Authority authority,
    Optional<String> leaseNamespace,
    Observability observability) {

  /**
   * How Cloud Elements is called.
   *
   * @param baseUrl default for resources that name none, without a slash at its end
   * @param allowedBaseUrls base URLs that may be called at all; {@code *} stands for host labels
   * @param provisionTimeout deadline of POST and PUT
   * @param requestTimeout deadline of every other call
   * @param caBundle PEM file of certificates to trust besides the JDK's
   */
  public record Remote(
      URI baseUrl,
      List<String> allowedBaseUrls,
      Duration provisionTimeout,
      Duration requestTimeout,
      CallLimits limits,
      Optional<Path> caBundle,
      Optional<Proxy> proxy) {
    public Remote {
      allowedBaseUrls = List.copyOf(allowedBaseUrls);
    }
  }

  /**
   * How many calls are made at once.
   *
   * @param maxConcurrentRequests calls in flight per account
   * @param maxConnections calls in flight per host of a base URL, over all accounts
   * @param breakerFailures consecutive failures that open an account's breaker
   */
  public record CallLimits(int maxConcurrentRequests, int maxConnections, int breakerFailures) {}

  /**
   * How the service is compared with the resources.
   *
   * @param resyncInterval default pause between drift checks of one resource
   * @param massDisappearanceLimit more instances of one account gone at once: recreation is held
   * @param orphanScanInterval empty: no scan, because it is switched off or because only a part of
   *     the cluster is watched, where orphans cannot be recognised
   * @param auditLogs whether the service is asked who changed an instance that was found changed
   */
  public record Drift(
      Duration resyncInterval,
      int massDisappearanceLimit,
      Optional<Duration> orphanScanInterval,
      boolean auditLogs) {}

  /**
   * What the operator may do without a person.
   *
   * @param mode the lowest of it and a resource's own policy holds
   * @param massDeletionLimit more resources of one account deleted at once: deletion is held; 0:
   *     never
   */
  public record Authority(ManagementPolicy mode, int massDeletionLimit) {}

  /**
   * How the operator is watched.
   *
   * @param httpPort port of health and metrics; 0: any free one
   * @param tracing empty: no traces
   */
  public record Observability(
      int httpPort, LogFormat logFormat, LogLevel logLevel, Optional<TraceExport> tracing) {}

  /**
   * Which resources this operator serves.
   *
   * @param namespaces empty: all
   * @param labelSelector empty: all
   * @param secrets whether Secrets may be listed and watched; otherwise they are only read by name
   * @param namespaceSelectors whether namespaces may be watched, which accounts then select
   */
  public record Watch(
      List<String> namespaces,
      Optional<String> labelSelector,
      boolean secrets,
      boolean namespaceSelectors) {
    public Watch {
      namespaces = List.copyOf(namespaces);
    }

    /** Whether every resource of the cluster is seen. */
    public boolean isWholeCluster() {
      return namespaces.isEmpty() && labelSelector.isEmpty();
    }
  }

  /**
   * Where traces go.
   *
   * @param endpoint an OTLP receiver over HTTP
   * @param propagated whether calls carry the header {@code traceparent}
   */
  public record TraceExport(URI endpoint, boolean propagated) {}

  /**
   * Reads the settings. A variable that is empty or blank counts as unset, since a template often
   * leaves one behind.
   */
  public static ConfigResult fromEnvironment(
      Map<String, String> environment, RuntimeEnvironment runtime) {
    return new ConfigReader(environment, runtime).read();
  }
}
