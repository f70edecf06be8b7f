package io.cloudelements.connectwise.why;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;

/** Facts about a resource of whose surroundings nothing may be seen. */
final class UnseenFacts {
  private UnseenFacts() {}

  /**
   * The resource {@code integrations/acme}.
   *
   * @param status as YAML in flow style
   */
  static ConnectWiseInstance acme(String status) {
    return Serialization.unmarshal(
        """
        apiVersion: cloudelements.io/v1
        kind: ConnectWiseInstance
        metadata: {name: acme, namespace: integrations}
        spec: {hub: helpdesk, credentialsSecretRef: {name: acme-connectwise}}
        status: %s
        """
            .formatted(status),
        ConnectWiseInstance.class);
  }

  static WhyFacts of(ConnectWiseInstance resource, Optional<Sight<CloudElementsAccount>> account) {
    return new WhyFacts(
        resource,
        account,
        new Sight.Forbidden<>(),
        new Sight.Forbidden<>(),
        new Sight.Forbidden<>(),
        new Sight.Forbidden<>(),
        new AdmissionView.NotAsked());
  }
}
