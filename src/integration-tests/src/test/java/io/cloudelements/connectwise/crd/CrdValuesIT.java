package io.cloudelements.connectwise.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.cluster.ControlPlane;
import io.cloudelements.connectwise.cluster.RealCluster;
import io.cloudelements.connectwise.instance.GoDuration;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of the rules, on both sides. Nothing is stored. */
@RealCluster
class CrdValuesIT {

  @BeforeAll
  static void install(ControlPlane controlPlane) {
    controlPlane.installCrds();
  }

  /** Both limits belong to the range, and units may be combined as in Go. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "30s",
        "10m",
        "1h30m",
        "90s",
        "24h",
        "1439m60s",
        "0h0m30s",
        "86400s",
        "1.5h",
        "30m1h"
      })
  void acceptsIntervals(String interval, KubernetesClient client) {
    // Given
    GenericKubernetesResource instance = with(spec -> spec.put("resyncInterval", interval));
    // When // Then
    assertThatCode(() -> tries(client, instance)).doesNotThrowAnyException();
    assertThat(GoDuration.parse(interval)).as("what the operator reads").isPresent();
  }

  /** An interval that is too short, also by a typing mistake, would use up the account's quota. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "29s", "24h1s", "0s", "30", "-1h", "1d", "99999h", "123456h", "10 m", "PT10M", "h", ""
      })
  void refusesIntervals(String interval, KubernetesClient client) {
    // Given
    GenericKubernetesResource instance = with(spec -> spec.put("resyncInterval", interval));
    // When // Then
    assertRefused(client, instance, "spec.resyncInterval");
  }

  /** Whether a URL is allowed is a setting of the operator; here it only has to be one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.cloud-elements.com/elements/api-v2",
        "https://api.cloud-elements.com/elements/api-v2/",
        "https://api.openconnectors.ext.hana.ondemand.com/elements/api-v2",
        "https://api.example.com",
        "http://simulator.default.svc:65535/elements/api-v2",
        "http://[::1]:8080/elements/api-v2"
      })
  void acceptsBaseUrls(String url, KubernetesClient client) {
    // Given
    GenericKubernetesResource instance = with(spec -> spec.put("baseUrl", url));
    // When // Then
    assertThatCode(() -> tries(client, instance)).doesNotThrowAnyException();
  }

  /** Parsers disagree on such URLs, so that one may see another host than the other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.example.com",
        "//api.example.com",
        "https://",
        "https:///elements",
        "HTTPS://api.example.com",
        "file:///etc/passwd",
        "https://user@api.example.com",
        "https://api.example.com@evil.example",
        "https://api.example.com\\@evil.example",
        "https://api.example.com#@evil.example",
        "https://api.example.com?",
        "https://api.example.com/#",
        "https://api.example.com/a b",
        "https://api.example.com/a\n",
        " https://api.example.com",
        "https://api.example.com:",
        "https://api.example.com:0",
        "https://api.example.com:65536",
        "https://api.example.com:80:80",
        "https://api.example.com/a/../b",
        "https://api.example.com/..",
        "https://api.example.com/./a",
        "https://api.example.com//a",
        "https://api.example.com/%2e%2e",
        "https://api.exämple.com",
        "https://[::1",
        "https://[fe80::1%25eth0]"
      })
  void refusesBaseUrls(String url, KubernetesClient client) {
    // Given
    GenericKubernetesResource instance = with(spec -> spec.put("baseUrl", url));
    // When // Then
    assertRefused(client, instance, "spec.baseUrl");
  }

  /** Entries about secrets are not secrets. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "helpdesk.connectwise.wsdl.path",
        "event.notification.callback.url",
        "oauth.token.url",
        "password.policy",
        "key.id",
        "tokens"
      })
  void acceptsConfiguration(String key, KubernetesClient client) {
    // Given
    GenericKubernetesResource instance =
        with(spec -> spec.putObject("configuration").put(key, "value"));
    // When // Then
    assertThatCode(() -> tries(client, instance)).doesNotThrowAnyException();
  }

  /** A resource is readable by people who may not read Secrets. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "helpdesk.connectwise.password",
        "event.notification.signature.key",
        "private.key",
        "public.key",
        "oauth.api.secret",
        "refresh_token",
        "clientSecret",
        "apiKey",
        "API_KEY",
        "passphrase",
        "secret"
      })
  void refusesSecretsInConfigurationWithoutRepeatingThem(String key, KubernetesClient client) {
    // Given
    GenericKubernetesResource instance =
        with(spec -> spec.putObject("configuration").put(key, "hunter2"));
    // When // Then
    assertRefused(client, instance, "spec.configuration").hasMessageNotContaining("hunter2");
  }

  /** Applying a password by mistake is bad enough without it in every log. */
  @ParameterizedTest
  @ValueSource(
      strings = {"https://user:hunter2@api.example.com", "user:hunter2@api.example.com?a#b c"})
  void refusesUserInfoWithoutRepeatingIt(String url, KubernetesClient client) {
    // Given
    GenericKubernetesResource instance = with(spec -> spec.put("baseUrl", url));
    // When // Then
    assertRefused(client, instance, "spec.baseUrl").hasMessageNotContaining("hunter2");
  }

  private static GenericKubernetesResource with(Consumer<ObjectNode> change) {
    ObjectNode instance =
        Serialization.unmarshal(
            """
            apiVersion: cloudelements.io/v1
            kind: ConnectWiseInstance
            metadata: {name: acme, namespace: default}
            spec:
              hub: helpdesk
              credentialsSecretRef: {name: acme-connectwise}
            """,
            ObjectNode.class);
    change.accept((ObjectNode) instance.get("spec"));
    return Serialization.unmarshal(instance.toString(), GenericKubernetesResource.class);
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(
      KubernetesClient client, GenericKubernetesResource instance, String field) {
    return assertThatThrownBy(() -> tries(client, instance))
        .isInstanceOfSatisfying(KubernetesClientException.class, e -> refusedOnce(e, field));
  }

  private static void tries(KubernetesClient client, GenericKubernetesResource instance) {
    client.resource(instance).dryRun().create();
  }

  /** One mistake has one message, at the field where it is. */
  private static void refusedOnce(KubernetesClientException refusal, String field) {
    assertThat(refusal.getCode()).isEqualTo(422);
    assertThat(refusal.getStatus().getDetails().getCauses())
        .singleElement()
        .satisfies(cause -> assertThat(cause.getField()).isEqualTo(field));
  }
}
