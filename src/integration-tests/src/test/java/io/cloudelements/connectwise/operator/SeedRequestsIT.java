package io.cloudelements.connectwise.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.ProviderAccount;
import io.cloudelements.simulator.model.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two requests and the answer of the vendor's documentation, from a manifest to the wire. */
@RealOperator
class SeedRequestsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST =
      """
      apiVersion: cloudelements.io/v1
      kind: ConnectWiseInstance
      metadata: {name: acme}
      spec:
        hub: %s
        name: Test
        tags: [seed]
        credentialsSecretRef: {name: acme-credentials}
      """;

  /** The values of the documented answer in place of the placeholders of the documented request. */
  private static final Map<String, String> VALUES =
      Map.of(
          "<INSERT_CONNECTWISE_USERNAME>", "api1",
          "<INSERT_CONNECTWISE_PASSWORD>", "api1",
          "<INSERT_CONNECTWISE_SERVER_URL>", "sample.connectwisedev.com",
          "<INSERT_CONNECTWISE_COMPANY>", "company_f",
          "<INSERT_TAGS>", "seed",
          "<INSERT_INSTANCE_NAME>", "Test");

  /** The documented requests work as written. */
  @ParameterizedTest
  @CsvSource({"helpdesk,connectwisehd", "crm,connectwisecrm"})
  void sendsTheDocumentedRequest(
      String hub, String element, Tenant tenant, OperatedCluster cluster) {
    // Given
    appliesDocumentedCredentials(tenant);
    // When
    tenant.applies(MANIFEST.formatted(hub));
    // Then
    ConnectWiseInstanceStatus status = tenant.awaitsReady("acme").getStatus();
    JsonNode sent =
        json(tenant.account().body(tenant.account().calls(Route.POST_INSTANCES).getFirst()));
    JsonNode documented = json(resource("seed-post-instances-" + element + ".request.json"));
    assertThat(without(sent, "tags")).isEqualTo(without(documented, "tags"));
    assertThat(texts(sent.get("tags")))
        .containsAll(texts(documented.get("tags")))
        .containsExactlyInAnyOrder(
            "seed", "connectwise-operator", tenant.account().ownershipTag("acme"));
    Instance made = tenant.account().instance();
    assertThat(status.instanceId()).isEqualTo(made.id());
    assertThat(status.elementKey()).isEqualTo(element);
    assertThat(tenant.secret("acme-token").orElseThrow())
        .containsOnly(
            Map.entry("type", "connectwise"),
            Map.entry("provider", "cloud-elements"),
            Map.entry("token", made.token()),
            Map.entry("instance-id", Long.toString(made.id())),
            Map.entry("element-key", element),
            Map.entry("hub", hub),
            Map.entry("uri", cluster.baseUrl()));
  }

  /** The documented answer, to the letter, is all that status and Secret are made of. */
  @Test
  void acceptsTheDocumentedAnswer(Tenant tenant) {
    // Given
    String answer = resource("seed-post-instances-connectwisehd.response.json");
    tenant
        .account()
        .faultsOn(Route.POST_INSTANCES)
        .inject(new Fault.Status(200, Map.of(), answer, false));
    appliesDocumentedCredentials(tenant);
    // When
    tenant.applies(MANIFEST.formatted("helpdesk"));
    // Then
    ConnectWiseInstanceStatus status =
        tenant.awaits("acme", acme -> acme.isReady().hasState("Valid")).getStatus();
    assertThat(status.instanceId()).isEqualTo(1234);
    assertThat(status.elementKey()).isEqualTo("connectwisehd");
    assertThat(status.valid()).isTrue();
    assertThat(status.disabled()).isFalse();
    assertThat(status.tokenSecretRef().name()).isEqualTo("acme-token");
    assertThat(tenant.deliveredToken("acme-token")).isEqualTo(json(answer).get("token").asText());
    assertThat(tenant.account().routes())
        .containsExactly(Route.GET_INSTANCES, Route.POST_INSTANCES);
  }

  private static void appliesDocumentedCredentials(Tenant tenant) {
    tenant.account().outsideWorld().acceptLogin(ProviderAccount.of("company_f", "api1", "api1"));
    tenant.appliesCredentials(keys -> {
      keys.put("password", "api1");
      keys.put("serverUrl", "sample.connectwisedev.com");
      keys.put("company", "company_f");
    });
  }

  private static JsonNode json(String text) {
    try {
      String filled = text;
      for (Map.Entry<String, String> value : VALUES.entrySet()) {
        filled = filled.replace(value.getKey(), value.getValue());
      }
      return JSON.readTree(filled);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode without(JsonNode object, String field) {
    return object.<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy().without(field);
  }

  private static Set<String> texts(JsonNode array) {
    List<String> all =
        StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    assertThat(all).doesNotHaveDuplicates();
    return new HashSet<>(all);
  }

  private static String resource(String name) {
    try (InputStream stream = SeedRequestsIT.class.getResourceAsStream("/cloud-elements/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
