package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.instance.BoundedText;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Why a call to the API server failed, in a form that is equal while the cause is.
 *
 * @param code HTTP status; 0 when there was no answer
 * @param detail the server's words, or the kind of network trouble
 */
record ApiServerFailure(int code, String detail) {
  /** Leaves room for what to do about it in a condition's message. */
  private static final int MAX_DETAIL = 600;

  static ApiServerFailure of(KubernetesClientException e) {
    Optional<String> answered = Optional.ofNullable(e.getStatus()).map(Status::getMessage);
    return new ApiServerFailure(e.getCode(), answered.orElseGet(() -> root(e)));
  }

  /**
   * Whether the API server would refuse the same again until a person changes something. A missing
   * object and a conflict are no refusals.
   */
  boolean refused() {
    return code != HttpURLConnection.HTTP_NOT_FOUND
        && code != HttpURLConnection.HTTP_CONFLICT
        && of(WriteKind.READ_SECRET).refused();
  }

  /** The same as what a resource reports. */
  ClusterWriteFailure of(WriteKind what) {
    String line = detail.replaceAll("\\p{Cntrl}+", " ").strip();
    return new ClusterWriteFailure(what, code, BoundedText.of(line, MAX_DETAIL));
  }

  private static String root(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getClass().getSimpleName() + ": " + deepest.getMessage();
  }

  @Override
  public String toString() {
    return code == 0 ? detail : code + " " + detail;
  }
}
