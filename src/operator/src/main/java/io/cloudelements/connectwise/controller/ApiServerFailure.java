package io.cloudelements.connectwise.controller;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * Why a call to the API server failed, in a form that is equal while the cause is.
 *
 * @param code HTTP status; 0 when there was no answer
 * @param detail the server's words, or the kind of network trouble
 */
record ApiServerFailure(int code, String detail) {

  static ApiServerFailure of(KubernetesClientException e) {
    Optional<String> answered = Optional.ofNullable(e.getStatus()).map(Status::getMessage);
    return new ApiServerFailure(e.getCode(), answered.orElseGet(() -> root(e)));
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
