package io.cloudelements.connectwise.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.DesiredInstance;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.ProvisioningWindow;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.DesiredResolver;
import io.cloudelements.connectwise.reconcile.DesiredResolver.Resolution;
import io.cloudelements.connectwise.reconcile.ReconcileInput;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import io.cloudelements.connectwise.reconcile.ResyncIntervals;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.cloudelements.connectwise.secret.TokenSecretContract;
import io.cloudelements.connectwise.secret.TokenSecretValues;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A resource and its Secrets, as the examples of reasons begin with them. */
public final class ExampleInputs {
  static final Map<String, String> CREDENTIALS =
      Map.of(
          "userSecret", "user",
          "organizationSecret", "organization",
          "username", "api1",
          "password", "change-me",
          "serverUrl", "https://connectwise.example.com",
          "company", "acme");
  private static final ReconcileSettings SETTINGS =
      new ReconcileSettings(
          "prod",
          URI.create("https://api.cloud-elements.com/elements/api-v2"),
          url -> url.getHost().endsWith(".cloud-elements.com"),
          new ProvisioningWindow(Duration.ZERO, Duration.ZERO, Duration.ZERO),
          ResyncIntervals.withListings(Duration.ofMinutes(10), true));

  private ExampleInputs() {}

  static Secret formerToken() {
    ConnectWiseInstance former = resource("");
    former.getMetadata().setUid("former");
    return TokenSecretContract.build(
            former,
            SpecDefaults.of(former).tokenSecret(),
            new TokenSecretValues(
                7,
                SecretValue.of("token"),
                desired().element(),
                desired().name(),
                desired().account().baseUrl(),
                Optional.empty()))
        .orElseThrow();
  }

  public static Outcome blocked(String line, Map<String, Secret> secrets) {
    return switch (resolved(resource(line), secrets)) {
      case Resolution.Blocked(Outcome outcome) -> outcome;
      case Resolution.Resolved _ ->
          throw new IllegalStateException("nothing is in the way: " + line);
    };
  }

  static DesiredInstance desired() {
    return desired(resource(""));
  }

  /** What a resource asks for, with credentials that are complete. */
  public static DesiredInstance desired(ConnectWiseInstance resource) {
    return switch (resolved(resource, secret(CREDENTIALS))) {
      case Resolution.Resolved(DesiredInstance desired, _) -> desired;
      case Resolution.Blocked(Outcome outcome) ->
          throw new IllegalStateException(outcome.message());
    };
  }

  private static Resolution resolved(ConnectWiseInstance resource, Map<String, Secret> secrets) {
    return new DesiredResolver(SETTINGS).resolve(new ReconcileInput(resource, secrets));
  }

  static ConnectWiseInstance deleted(String line, Instant when) {
    ConnectWiseInstance resource = resource(line);
    resource.getMetadata().setDeletionTimestamp(when.toString());
    return resource;
  }

  public static ConnectWiseInstance resource(String line) {
    String manifest =
        """
        apiVersion: cloudelements.io/v1
        kind: ConnectWiseInstance
        metadata: {name: acme, namespace: integrations, uid: 0, generation: 1}
        spec:
          hub: helpdesk
          credentialsSecretRef: {name: acme-connectwise}
          %s
        """;
    try {
      return new YAMLMapper().readValue(manifest.formatted(line), ConnectWiseInstance.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, String> with(String key, String value) {
    Map<String, String> changed = new HashMap<>(CREDENTIALS);
    changed.put(key, value);
    return changed;
  }

  static Map<String, Secret> secret(Map<String, String> values) {
    return Map.of("acme-connectwise", named("acme-connectwise", values));
  }

  static Secret named(String name, Map<String, String> values) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withData(
            values.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        value ->
                            Base64.getEncoder()
                                .encodeToString(
                                    value.getValue().getBytes(StandardCharsets.UTF_8)))))
        .build();
  }
}
