package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator needs of the cluster before it can begin. An API server that is down, a missing
 * CRD or a missing right may be there a moment later; so they are waited for, and said once.
 */
public final class StartupCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StartupCheck.class);
  private static final int REFUSALS_BELIEVED = 4;
  private static final String CLUSTER_NAME_UNSET =
      "CLUSTER_NAME is not set, so the UID of the namespace kube-system stands for this cluster. A"
          + " clone of this cluster, or one restored from its backup, has the same UID and would"
          + " change and delete the same instances; a rebuilt cluster has another one and would not"
          + " find them. Set CLUSTER_NAME to a name that only this cluster has, at best before the"
          + " first resource: after a change every existing resource has to be taken over"
          + " (docs/install.md).";
  private static final Duration SLOWEST = Duration.ofSeconds(15);

  private final KubernetesClient client;
  private final CountDownLatch stop;

  /**
   * @param stop ends the waiting
   */
  public StartupCheck(KubernetesClient client, CountDownLatch stop) {
    this.client = client;
    this.stop = stop;
  }

  /**
   * Waits until our resources can be listed.
   *
   * @param namespaces empty: all
   * @return false when stopped before
   */
  public boolean awaitResources(List<String> namespaces) {
    ListOptions one = new ListOptionsBuilder().withLimit(1L).build();
    var resources = client.resources(ConnectWiseInstance.class);
    return await(
            () -> {
              if (namespaces.isEmpty()) {
                resources.inAnyNamespace().list(one);
              }
              namespaces.forEach(namespace -> resources.inNamespace(namespace).list(one));
              return true;
            })
        .orElse(false);
  }

  /**
   * Whether account objects can be listed. They are optional: without their CRD, or the right to
   * list them, resources that refer to one are told that there is none.
   *
   * @param namespaces empty: all
   */
  public boolean mayListAccounts(List<String> namespaces) {
    ListOptions one = new ListOptionsBuilder().withLimit(1L).build();
    var accounts = client.resources(CloudElementsAccount.class);
    try {
      if (namespaces.isEmpty()) {
        accounts.inAnyNamespace().list(one);
      }
      namespaces.forEach(namespace -> accounts.inNamespace(namespace).list(one));
      return true;
    } catch (KubernetesClientException e) {
      LOG.warn("{}", withoutAccounts(ApiServerFailure.of(e)));
      return false;
    }
  }

  /**
   * The UID of {@code kube-system}, which tells clusters apart, but not a cluster from its copy: a
   * clone and a restored backup keep the UID. Therefore warns.
   *
   * @return empty when stopped before
   * @throws ClusterNameUnknown when it may not be read
   */
  public Optional<String> awaitClusterUid() {
    AtomicInteger refusals = new AtomicInteger();
    Optional<String> uid = await(() -> clusterUid(refusals));
    uid.ifPresent(_ -> LOG.warn(CLUSTER_NAME_UNSET));
    return uid;
  }

  private String clusterUid(AtomicInteger refusals) {
    try {
      // Not require(): it hides what the server answered behind an exception of its own.
      Namespace found = client.namespaces().withName("kube-system").get();
      if (found == null) {
        // A new cluster's API server makes it a moment after it is ready.
        throw new KubernetesClientException("there is no namespace kube-system yet");
      }
      return found.getMetadata().getUid();
    } catch (KubernetesClientException e) {
      // An API server that has just started refuses every user until it has read the roles.
      boolean forGood =
          e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
              && refusals.incrementAndGet() == REFUSALS_BELIEVED;
      throw forGood ? new ClusterNameUnknown() : e;
    }
  }

  /** The ownership tag cannot be made up: another one would not find what exists. */
  public static final class ClusterNameUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClusterNameUnknown() {
      super(
          "CLUSTER_NAME is not set, and its default, the UID of the namespace kube-system, may not"
              + " be read. Set CLUSTER_NAME to a name that no other cluster uses, or allow this"
              + " service account to get the namespace kube-system.");
    }
  }

  private <T> Optional<T> await(Supplier<T> question) {
    Optional<ApiServerFailure> said = Optional.empty();
    Duration wait = Duration.ofSeconds(1);
    do {
      try {
        return Optional.of(question.get());
      } catch (KubernetesClientException e) {
        ApiServerFailure failure = ApiServerFailure.of(e);
        if (!said.equals(Optional.of(failure))) {
          LOG.error("{}", explained(failure));
          said = Optional.of(failure);
        }
      }
      wait = wait.plus(wait).compareTo(SLOWEST) < 0 ? wait.plus(wait) : SLOWEST;
    } while (!stopped(wait));
    return Optional.empty();
  }

  private static String withoutAccounts(ApiServerFailure failure) {
    String cause =
        failure.code() == HttpURLConnection.HTTP_NOT_FOUND
            ? "the CRD cloudelementsaccounts.cloudelements.io is missing (kubectl apply"
                + " --server-side -f crds/)"
            : "they cannot be listed (" + failure + "), which takes the role of this version";
    return "Resources of kind CloudElementsAccount are not watched, since "
        + cause
        + ". Restart the operator afterwards to use them.";
  }

  private static String explained(ApiServerFailure failure) {
    return switch (failure.code()) {
      case HttpURLConnection.HTTP_NOT_FOUND ->
          "The CRD connectwiseinstances.cloudelements.io is not installed; install it"
              + " (kubectl apply --server-side -f crds/). Waiting for it.";
      case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
          "A right is missing, and is waited for: " + failure;
      default -> "The API server cannot be used, and is waited for: " + failure;
    };
  }

  private boolean stopped(Duration wait) {
    try {
      return stop.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
