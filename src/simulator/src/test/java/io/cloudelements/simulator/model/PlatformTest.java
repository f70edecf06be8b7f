package io.cloudelements.simulator.model;

import static io.cloudelements.simulator.model.PlatformFixture.helpdesk;
import static io.cloudelements.simulator.model.PlatformFixture.json;
import static io.cloudelements.simulator.model.PlatformFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.simulator.model.Behaviour.TagFormat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Creating and reading: what the contract's section 10 asks of a simulator, statement by statement.
 */
class PlatformTest {
  private final PlatformFixture it = new PlatformFixture();

  @Test
  void answersTheDocumentedRequestWithTheDocumentedFields() throws Exception {
    // Given
    JsonNode documented =
        PlatformFixture.JSON.readTree(sample("seed-post-instances-connectwisehd.response"));

    // When
    ApiResponse response =
        it.call(it.caller.post("/instances", sample("seed-post-instances-connectwisehd.request")));

    // Then a creation is 200, not 201, and has every field of the sample
    assertThat(response.status()).isEqualTo(200);
    JsonNode body = json(response);
    assertThat(names(body)).containsAll(names(documented));
    assertThat(names(body.path("configuration")))
        .containsAll(names(documented.path("configuration")));
    assertThat(names(body.path("element"))).containsAll(names(documented.path("element")));
    assertThat(body.path("element").path("description"))
        .isEqualTo(documented.path("element").path("description"));
    assertThat(body.path("token").asText()).hasSize(44);
    assertThat(body.path("id").isIntegralNumber()).isTrue();
  }

  @Test
  void acceptsTheDocumentedCrmRequest() {
    // Given the request of the first documentation, with its own prefix
    String request = sample("seed-post-instances-connectwisecrm.request");

    // When
    JsonNode body = it.json(it.caller.post("/instances", request));

    // Then the entries are shown as they were sent
    assertThat(body.path("configuration").path("crm.connectwise.username").asText())
        .isEqualTo("<INSERT_CONNECTWISE_USERNAME>");
    assertThat(body.path("element").path("hub").asText()).isEqualTo("crm");
  }

  @Test
  void createsAnotherInstanceForTheSameRequest() {
    // Given
    String request = helpdesk("Acme", "pass", "acme");

    // When
    JsonNode first = it.json(it.caller.post("/instances", request));
    JsonNode second = it.json(it.caller.post("/elements/connectwisehd/instances", request));

    // Then ids are consecutive and tokens differ: POST is not idempotent
    assertThat(second.path("id").asLong()).isEqualTo(first.path("id").asLong() + 1);
    assertThat(second.path("token")).isNotEqualTo(first.path("token"));
    assertThat(it.platform.liveTagged("acme")).hasSize(2);
  }

  @Test
  void masksSecretsAndShowsEveryEntryAsStringOrNull() {
    // Given a request with a boolean and an entry that the element does not have
    String request =
        helpdesk("Acme", "pass")
            .replace(
                "\"configuration\":{",
                "\"configuration\":{\"event.notification.enabled\":true,\"provisioning\":\"x\",");

    // When
    JsonNode body = it.json(it.caller.post("/instances", request));

    // Then
    JsonNode configuration = body.path("configuration");
    assertThat(configuration.path("helpdesk.connectwise.password").asText()).isEqualTo("********");
    assertThat(configuration.path("helpdesk.connectwise.username").asText()).isEqualTo("me");
    assertThat(configuration.path("helpdesk.connectwise.wsdl.path").asText())
        .isEqualTo("/v2015_3/apis/2.0/");
    assertThat(configuration.path("event.notification.subscription.id").isNull()).isTrue();
    assertThat(configuration.has("provisioning")).isFalse();
    assertThat(configuration)
        .allSatisfy(value -> assertThat(value.isTextual() || value.isNull()).isTrue());
    assertThat(it.platform.live().getFirst().configuration())
        .containsEntry("helpdesk.connectwise.password", "pass");
  }

  @Test
  void omitsTagsOnlyInTheAnswerToACreation() {
    // Given
    long id = it.created("Acme", "acme", "production").path("id").asLong();

    // When
    JsonNode read = it.json(it.caller.get("/instances/" + id));

    // Then
    assertThat(it.created("Other", "acme").has("tags")).isFalse();
    assertThat(texts(read.path("tags"))).containsExactlyInAnyOrder("acme", "production");
  }

  @Test
  void showsTagsOfACreationWhenConfigured() {
    // Given
    it.platform.behave(b -> b.with(s -> s.tagsInCreationAnswer = TagFormat.OBJECTS));

    // When
    JsonNode body = it.created("Acme", "acme");

    // Then the oldest form seen
    assertThat(body.path("tags").path(0).path("name").asText()).isEqualTo("acme");
  }

  @Test
  void usesTheNameAsTagWhenThereAreNone() {
    // Given
    long id = it.created("Acme").path("id").asLong();

    // When it is renamed
    it.call(it.caller.patch("/instances/" + id, "{\"name\":\"Umbrella\"}"));

    // Then the tag stays
    assertThat(it.platform.instance(id)).get().extracting(Instance::tags).isEqualTo(Set.of("Acme"));
  }

  @Test
  void returnsTagsInVaryingOrder() {
    // Given
    long id = it.created("Acme", "a", "b", "c", "d").path("id").asLong();

    // When
    Set<List<String>> orders = new LinkedHashSet<>();
    for (int i = 0; i < 20; i++) {
      orders.add(texts(it.json(it.caller.get("/instances/" + id)).path("tags")));
    }

    // Then a client must compare them as sets
    assertThat(orders).hasSizeGreaterThan(1);
  }

  @Test
  void stripsMarkupFromNameAndTags() {
    // Given
    String name = "<a href='#' onClick='x'>acme</a> & @me";

    // When
    long id = it.created(name, "<b>tag</b>").path("id").asLong();

    // Then
    Instance instance = it.platform.instance(id).orElseThrow();
    assertThat(instance.name()).isEqualTo("acme & @me");
    assertThat(instance.tags()).containsExactly("tag");
  }

  @Test
  void namesAllMissingEntriesAtOnce() {
    // Given
    String request =
        """
        {"element":{"key":"connectwisehd"},"name":"Acme",
         "configuration":{"helpdesk.connectwise.username":"me","helpdesk.connectwise.company":" "}}
        """;

    // When
    ApiResponse response = it.call(it.caller.post("/instances", request));

    // Then
    assertThat(response.status()).isEqualTo(400);
    assertThat(json(response).path("message").asText())
        .contains("helpdesk.connectwise.password")
        .contains("helpdesk.connectwise.server.url")
        .contains("helpdesk.connectwise.company")
        .doesNotContain("username");
    assertThat(it.platform.everCreated()).isEmpty();
  }

  @Test
  void givesEveryAnswerARequestId() {
    // Given
    ApiRequest unknown = it.caller.get("/instances/99");

    // When
    ApiResponse response = it.call(unknown);

    // Then
    assertThat(response.status()).isEqualTo(404);
    assertThat(json(response).path("requestId").asText()).matches("[0-9a-f]{24}");
    assertThat(response.header("elements-request-id"))
        .contains(json(response).path("requestId").asText());
  }

  @Test
  void findsADeletedInstanceOnlyOnRequest() {
    // Given
    long id = it.created("Acme").path("id").asLong();
    it.call(it.caller.delete("/instances/" + id));

    // When
    ApiResponse plain = it.call(it.caller.get("/instances/" + id));
    ApiResponse included = it.call(it.caller.get("/instances/" + id + "?includeDeleted=true"));

    // Then
    assertThat(plain.status()).isEqualTo(404);
    assertThat(included.status()).isEqualTo(200);
  }

  @Test
  void describesAnElementAndItsEntries() {
    // Given
    ApiRequest definitions = it.caller.get("/elements/connectwisehd/configuration");

    // When
    JsonNode entries = it.json(definitions);

    // Then
    Map<String, Boolean> required = new TreeMap<>();
    entries.forEach(e -> required.put(e.path("key").asText(), e.path("required").asBoolean()));
    assertThat(required)
        .containsEntry("helpdesk.connectwise.password", true)
        .containsEntry("helpdesk.connectwise.wsdl.path", false);
    assertThat(it.json(it.caller.get("/elements/connectwisehd")).path("configuration"))
        .isEqualTo(entries);
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
