package io.cloudelements.connectwise.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.reflect.Proxy;

/** A client whose every request fails alike. */
final class FailingClient {
  private FailingClient() {}

  /**
   * @param code HTTP status of the answer; 0 when there is none
   */
  static KubernetesClient with(int code) {
    return (KubernetesClient)
        Proxy.newProxyInstance(
            KubernetesClient.class.getClassLoader(),
            new Class<?>[] {KubernetesClient.class},
            (_, _, _) -> {
              throw new KubernetesClientException("not today", code, null);
            });
  }
}
