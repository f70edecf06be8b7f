package io.cloudelements.simulator.model;

import static io.cloudelements.simulator.model.PlatformFixture.helpdesk;
import static io.cloudelements.simulator.model.PlatformFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vendor's own suite and its command line ask besides, call by call. */
class PlatformSuiteTest {
  private static final String PASSWORD = "helpdesk.connectwise.password";
  private static final String CALLBACK = "event.notification.callback.url";

  private final PlatformFixture it = new PlatformFixture();
  private long id;
  private Caller owner;

  @BeforeEach
  void anInstance() {
    JsonNode created = it.created("Acme", "acme");
    id = created.path("id").asLong();
    owner = it.caller.withElement(created.path("token").asText());
  }

  /** Contract §3: {@code /elements/{keyOrId}}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/elements/%s",
        "/elements/%s/configuration",
        "/elements/%s/instances",
        "/elements/%s/instances/1234"
      })
  void acceptsAnElementById(String path) {
    // Given
    String elementId = it.json(it.caller.get("/elements/connectwisehd")).path("id").asText();
    JsonNode byKey = it.json(it.caller.get(path.formatted("connectwisehd")));

    // When
    ApiResponse byId = it.call(it.caller.get(path.formatted(elementId)));

    // Then
    assertThat(byId.status()).isEqualTo(200);
    assertThat(json(byId)).hasSameSizeAs(byKey);
  }

  /**
   * Contract §2: {@code element.id} alternatively, and {@code POST /elements/{keyOrId}/instances}.
   */
  @Test
  void createsForAnElementById() {
    // Given
    String elementId = it.json(it.caller.get("/elements/connectwisehd")).path("id").asText();
    String request =
        helpdesk("Next", "pass", "next")
            .replace("{\"key\":\"connectwisehd\"}", "{\"id\":" + elementId + "}");

    // When
    JsonNode inBody = it.json(it.caller.post("/instances", request));
    JsonNode inPath = it.json(it.caller.post("/elements/" + elementId + "/instances", request));

    // Then
    assertThat(inBody.path("element").path("key").asText()).isEqualTo("connectwisehd");
    assertThat(inPath.path("element").path("key").asText()).isEqualTo("connectwisehd");
  }

  /** Contract §3: the suite's schema of an instance requires it. */
  @Test
  void showsTheUserInListItems() {
    // Given
    ApiRequest list = it.caller.get("/instances");

    // When
    JsonNode item = it.json(list).path(0);

    // Then
    assertThat(item.path("user").path("id").asLong()).isEqualTo(it.user.id());
  }

  /** Contract §5: {@code {"endpoint":"<key>","valid":true,"dateTime":…}}. */
  @ParameterizedTest
  @ValueSource(strings = {"/ping", "/hubs/helpdesk/ping"})
  void answersAPing(String path) {
    // Given
    ApiRequest ping = owner.get(path);

    // When
    JsonNode body = it.json(ping);

    // Then
    assertThat(body.path("endpoint").asText()).isEqualTo("connectwisehd");
    assertThat(body.path("valid").asBoolean()).isTrue();
    assertThat(body.has("dateTime")).isTrue();
  }

  /** Contract §9: the resources of ConnectWise; the token alone says which instance is meant. */
  @ParameterizedTest
  @ValueSource(strings = {"/hubs/helpdesk/incidents", "/incidents"})
  void answersElementCallsWithAndWithoutAHub(String path) {
    // Given
    ApiRequest call = owner.get(path);

    // When
    ApiResponse response = it.call(call);

    // Then
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Elements-Element-Instance-Id")).contains(Long.toString(id));
  }

  /** Contract §5: while disabled, calls are refused and the list of objects is not. */
  @ParameterizedTest
  @ValueSource(strings = {"/objects", "/hubs/helpdesk/objects"})
  void listsTheObjectsOfADisabledInstance(String path) {
    // Given
    it.call(it.caller.delete("/instances/" + id + "/enabled"));

    // When
    ApiResponse objects = it.call(owner.get(path));

    // Then
    assertThat(objects.status()).isEqualTo(200);
    assertThat(json(objects)).extracting(JsonNode::asText).contains("incidents", "contacts");
    assertThat(it.call(owner.get("/incidents")).status()).isEqualTo(403);
  }

  /** Contract §4: an array of definitions with values, secrets masked there too. */
  @ParameterizedTest
  @ValueSource(strings = {"/instances/1234/configuration", "/instances/configuration"})
  void showsTheConfigurationByIdAndByToken(String path) {
    // Given
    ApiRequest read = owner.get(path);

    // When
    JsonNode entries = it.json(read);

    // Then
    JsonNode password = entry(entries, PASSWORD);
    assertThat(password.path("propertyValue").asText()).isEqualTo("********");
    assertThat(it.json(owner.get(path + "/" + password.path("id").asText()))).isEqualTo(password);
    assertThat(it.call(owner.get(path + "/99")).status()).isEqualTo(404);
  }

  /**
   * Contract §4: the config object with a changed {@code propertyValue}, answered by the config.
   */
  @ParameterizedTest
  @ValueSource(strings = {"/instances/1234/configuration", "/instances/configuration"})
  void changesOneEntryOfTheConfiguration(String path) {
    // Given
    ObjectNode callback = entry(it.json(owner.get(path)), CALLBACK);
    callback.put("propertyValue", "https://x");

    // When
    JsonNode changed =
        it.json(owner.patch(path + "/" + callback.path("id").asText(), callback.toString()));

    // Then everything else stays
    assertThat(changed).isEqualTo(callback);
    assertThat(truth()).containsEntry(CALLBACK, "https://x").containsEntry(PASSWORD, "pass");
  }

  /**
   * Contract §3: a secret is masked in the answer to its own change, and a mask changes nothing.
   */
  @Test
  void changesASecretEntryWithoutShowingIt() {
    // Given
    String path = "/instances/" + id + "/configuration/";
    ObjectNode password = entry(it.json(owner.get(path)), PASSWORD);
    String config = path + password.path("id").asText();

    // When
    JsonNode changed = it.json(it.caller.patch(config, "{\"propertyValue\":\"changed\"}"));
    it.call(it.caller.patch(config, password.toString()));

    // Then
    assertThat(changed.path("propertyValue").asText()).isEqualTo("********");
    assertThat(truth()).containsEntry(PASSWORD, "changed");
  }

  @Test
  void refusesAChangeOfAnEntryWithoutItsValue() {
    // Given
    ApiRequest change = it.caller.patch("/instances/" + id + "/configuration/1", "{\"key\":\"x\"}");

    // When
    ApiResponse response = it.call(change);

    // Then
    assertThat(response.status()).isEqualTo(400);
  }

  /** Contract §4: the vendor's command line switches events on with their entries alone. */
  @Test
  void acceptsAPartialPutWithoutReauthentication() {
    // Given
    String events = "{\"configuration\":{\"event.notification.enabled\":\"true\"}}";
    ApiRequest put =
        it.caller.put("/elements/117/instances/" + id + "?reAuthenticate=false", events);

    // When
    ApiResponse response = it.call(put);

    // Then a PUT that authenticates still needs all of it
    assertThat(response.status()).isEqualTo(200);
    assertThat(truth())
        .containsEntry("event.notification.enabled", "true")
        .containsEntry(PASSWORD, "pass");
    assertThat(it.call(it.caller.put("/instances/" + id, events)).status()).isEqualTo(400);
  }

  /** Contract §6, for answers and errors alike. */
  @ParameterizedTest
  @ValueSource(strings = {"/instances", "/instances/99", "/nowhere"})
  void exposesItsHeadersToBrowsers(String path) {
    // Given
    ApiRequest call = it.caller.get(path);

    // When
    ApiResponse response = it.call(call);

    // Then
    assertThat(response.header("Access-Control-Expose-Headers").orElseThrow().split(","))
        .containsExactlyInAnyOrder(
            "Elements-Request-Id",
            "Elements-Trace-Id",
            "Elements-Error",
            "Elements-Returned-Count",
            "Elements-Total-Count",
            "Elements-Next-Page-Token");
  }

  /** Contract §6: element calls have one more. */
  @Test
  void exposesTheInstanceOfAnElementCall() {
    // Given
    ApiRequest call = owner.get("/ping");

    // When
    ApiResponse response = it.call(call);

    // Then
    assertThat(response.header("Access-Control-Expose-Headers").orElseThrow())
        .endsWith(",Elements-Element-Instance-Id");
  }

  private Map<String, String> truth() {
    return it.platform.instance(id).orElseThrow().configuration();
  }

  private static ObjectNode entry(JsonNode entries, String key) {
    return (ObjectNode)
        entries
            .valueStream()
            .filter(entry -> entry.path("key").asText().equals(key))
            .findFirst()
            .orElseThrow();
  }
}
