package io.cloudelements.connectwise.bench.contender;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** The objects that the blocking contenders read and write. */
final class Objects {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Objects() {}

  static Secret credentials(KubernetesClient client, ConnectWiseInstance resource) {
    return client
        .secrets()
        .inNamespace(resource.getMetadata().getNamespace())
        .withName(resource.getSpec().credentialsSecretRef().name())
        .require();
  }

  static Secret tokenSecret(
      ConnectWiseInstance resource, ContenderService.ServedInstance instance) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(resource.getMetadata().getName() + "-token")
        .withNamespace(resource.getMetadata().getNamespace())
        .addNewOwnerReference()
        .withApiVersion(resource.getApiVersion())
        .withKind(resource.getKind())
        .withName(resource.getMetadata().getName())
        .withUid(resource.getMetadata().getUid())
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withType("servicebinding.io/connectwise")
        .withStringData(
            Wanted.secretData(instance.id(), instance.token()).entrySet().stream()
                .collect(
                    Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue()))))
        .build();
  }

  static ConnectWiseInstanceStatus status(Map<String, Object> content) {
    return JSON.convertValue(content, ConnectWiseInstanceStatus.class);
  }

  static Event event(ConnectWiseInstance resource, String contender) {
    return new EventBuilder()
        .withNewMetadata()
        .withName(resource.getMetadata().getName() + ".created")
        .withNamespace(resource.getMetadata().getNamespace())
        .endMetadata()
        .withEventTime(new MicroTime(Wanted.microTime(Instant.now())))
        .withReportingController("cloudelements.io/" + contender)
        .withReportingInstance(contender)
        .withAction("Reconcile")
        .withReason("Created")
        .withType("Normal")
        .withNote("The instance was created.")
        .withNewRegarding()
        .withApiVersion(resource.getApiVersion())
        .withKind(resource.getKind())
        .withNamespace(resource.getMetadata().getNamespace())
        .withName(resource.getMetadata().getName())
        .withUid(resource.getMetadata().getUid())
        .endRegarding()
        .build();
  }
}
