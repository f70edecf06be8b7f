package io.cloudelements.simulator.model;

import static io.cloudelements.simulator.model.PlatformFixture.helpdesk;
import static io.cloudelements.simulator.model.PlatformFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.simulator.model.Behaviour.WrongPassword;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changing, disabling and deleting, and what ConnectWise has to say about it. */
class PlatformUpdateTest {
  private static final String PASSWORD = "helpdesk.connectwise.password";

  private final PlatformFixture it = new PlatformFixture();
  private long id;
  private String token;

  @BeforeEach
  void anInstance() {
    JsonNode created = it.created("Acme", "acme");
    id = created.path("id").asLong();
    token = created.path("token").asText();
  }

  @Test
  void mergesConfigurationAndReplacesTagsOnPatch() {
    // Given
    String patch =
        "{\"tags\":[\"b\"],\"configuration\":{\"event.notification.callback.url\":\"https://x\"}}";

    // When
    JsonNode body = it.json(it.caller.patch("/instances/" + id, patch));

    // Then id and token stay, and so does every entry that was not sent
    assertThat(body.path("id").asLong()).isEqualTo(id);
    assertThat(body.path("token").asText()).isEqualTo(token);
    assertThat(body.path("tags")).hasSize(1);
    assertThat(truth().configuration())
        .containsEntry("event.notification.callback.url", "https://x")
        .containsEntry(PASSWORD, "pass");
    assertThat(truth().tags()).containsExactly("b");
  }

  @Test
  void replacesConfigurationOnPut() {
    // Given an entry that the next PUT leaves out
    it.world.setConfiguration(id, "event.notification.callback.url", "https://x");

    // When
    ApiResponse response = it.call(it.caller.put("/instances/" + id, helpdesk("Acme", "new", "a")));

    // Then
    assertThat(response.status()).isEqualTo(200);
    assertThat(truth().configuration())
        .containsEntry(PASSWORD, "new")
        .doesNotContainKey("event.notification.callback.url");
    assertThat(truth().token()).isEqualTo(token);
  }

  @Test
  void clearsTagsOnPutWithoutTags() {
    // Given
    String put = "{\"name\":\"Acme\",\"tags\":[]}";

    // When
    JsonNode body = it.json(it.caller.put("/instances/" + id, put));

    // Then the list is there and empty
    assertThat(body.path("tags").isArray()).isTrue();
    assertThat(truth().tags()).isEmpty();
    assertThat(truth().configuration()).containsEntry(PASSWORD, "pass");
  }

  @Test
  void keepsTheSecretWhenTheMaskIsSent() {
    // Given
    String put = helpdesk("Acme", "********", "acme");

    // When
    it.call(it.caller.put("/instances/" + id, put));

    // Then
    assertThat(truth().configuration()).containsEntry(PASSWORD, "pass");
  }

  @Test
  void changesIdAndTokenOnPutWhenConfigured() {
    // Given
    it.platform.behave(b -> b.with(s -> s.putChangesId = s.putChangesToken = true));

    // When
    JsonNode body = it.json(it.caller.put("/instances/" + id, helpdesk("Acme", "new", "acme")));

    // Then there still is one instance
    assertThat(body.path("id").asLong()).isNotEqualTo(id);
    assertThat(body.path("token").asText()).isNotEqualTo(token);
    assertThat(it.platform.liveTagged("acme")).hasSize(1);
  }

  @Test
  void refusesHubCallsButNotPlatformCallsWhileDisabled() {
    // Given
    Caller owner = it.caller.withElement(token);
    it.call(it.caller.delete("/instances/" + id + "/enabled"));

    // When
    ApiResponse hub = it.call(owner.get("/hubs/helpdesk/incidents?pageSize=1"));

    // Then the instance's own token still enables it again
    assertThat(hub.status()).isEqualTo(403);
    assertThat(it.json(it.caller.get("/instances/" + id)).path("disabled").asBoolean()).isTrue();
    assertThat(it.call(owner.put("/instances/enabled", "")).status()).isEqualTo(200);
    assertThat(it.call(owner.get("/hubs/helpdesk/incidents")).status()).isEqualTo(200);
  }

  @Test
  void invalidatesTheTokenOfADeletedInstance() {
    // Given
    ApiResponse deletion = it.call(it.caller.delete("/instances/" + id));

    // When
    ApiResponse hub = it.call(it.caller.withElement(token).get("/hubs/helpdesk/incidents"));

    // Then deleting is 200 without a body, and doing it again is 404
    assertThat(deletion.status()).isEqualTo(200);
    assertThat(deletion.body()).isEmpty();
    assertThat(hub.status()).isEqualTo(401);
    assertThat(it.call(it.caller.delete("/instances/" + id)).status()).isEqualTo(404);
  }

  @Test
  void refusesToDeleteAnInstanceInUse() {
    // Given
    it.world.markInUse(id);

    // When
    ApiResponse response = it.call(it.caller.delete("/instances/" + id));

    // Then
    assertThat(response.status()).isEqualTo(409);
    it.world.release(id);
    assertThat(it.call(it.caller.delete("/instances/" + id)).status()).isEqualTo(200);
  }

  @Test
  void sendsADeletionWithElementTokenToTheElement() {
    // Given
    Caller owner = it.caller.withElement(token);

    // When
    ApiResponse response = it.call(owner.delete("/instances/" + id));

    // Then nothing is deleted, while reading with the token is fine
    assertThat(response.status()).isEqualTo(400);
    assertThat(json(response).path("providerMessage").asText()).contains("Primary keys");
    assertThat(it.platform.live()).hasSize(1);
    assertThat(it.call(owner.get("/instances/" + id)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"UNAUTHORIZED,401", "BAD_REQUEST,400", "SERVER_ERROR,500", "BAD_GATEWAY,502"})
  void refusesAWrongPassword(WrongPassword outcome, int status) {
    // Given
    it.world.acceptLogin(ProviderAccount.of("acme", "me", "pass"));
    it.platform.behave(b -> b.with(s -> s.wrongPassword = outcome));

    // When
    ApiResponse response = it.call(it.caller.post("/instances", helpdesk("Next", "wrong", "next")));

    // Then the provider's words tell it from bad platform secrets, and nothing is left behind
    assertThat(response.status()).isEqualTo(status);
    assertThat(json(response).has("providerMessage")).isTrue();
    assertThat(it.platform.liveTagged("next")).isEmpty();
  }

  @Test
  void createsAnInvalidInstanceForAWrongPassword() {
    // Given
    it.world.acceptLogin(ProviderAccount.of("acme", "me", "pass"));
    it.platform.behave(b -> b.with(s -> s.wrongPassword = WrongPassword.DEAD_INSTANCE));

    // When
    JsonNode body = it.json(it.caller.post("/instances", helpdesk("Next", "wrong", "next")));

    // Then
    assertThat(body.path("valid").asBoolean()).isFalse();
    Caller owner = it.caller.withElement(body.path("token").asText());
    assertThat(it.json(owner.get("/ping")).path("valid").asBoolean()).isFalse();
  }

  @Test
  void leavesAPartialInstanceWhenConfigured() {
    // Given
    it.world.acceptLogin(ProviderAccount.of("acme", "me", "pass"));
    it.platform.behave(b -> b.with(s -> s.rejectedCreationLeavesInstance = true));

    // When
    ApiResponse response = it.call(it.caller.post("/instances", helpdesk("Next", "wrong", "next")));

    // Then
    assertThat(response.status()).isEqualTo(401);
    assertThat(it.platform.liveTagged("next")).hasSize(1);
  }

  @Test
  void failsOnAStaleWsdlPath() {
    // Given
    it.world.serveWsdlPaths(Set.of("/v2017_2/apis/2.0/"));

    // When
    ApiResponse response = it.call(it.caller.post("/instances", helpdesk("Next", "pass", "next")));

    // Then
    assertThat(response.status()).isEqualTo(502);
    assertThat(json(response).path("message").asText()).contains("correct WSDL path");
  }

  @Test
  void detectsAPasswordChangedAtConnectWise() {
    // Given
    Caller owner = it.caller.withElement(token);
    it.world.acceptLogin(ProviderAccount.of("acme", "me", "changed"));

    // When
    ApiResponse hub = it.call(owner.get("/hubs/helpdesk/incidents"));

    // Then PATCH stores anything, and PUT asks ConnectWise
    assertThat(hub.status()).isEqualTo(401);
    assertThat(patchPassword("still wrong").status()).isEqualTo(200);
    it.platform.behave(b -> b.with(s -> s.patchVerifiesCredentials = true));
    assertThat(patchPassword("wrong too").status()).isEqualTo(401);
    assertThat(it.call(it.caller.put("/instances/" + id, helpdesk("Acme", "no"))).status())
        .isEqualTo(401);
    assertThat(it.call(it.caller.put("/instances/" + id, helpdesk("Acme", "changed"))).status())
        .isEqualTo(200);
    assertThat(it.call(owner.get("/hubs/helpdesk/incidents")).status()).isEqualTo(200);
  }

  private ApiResponse patchPassword(String password) {
    return it.call(
        it.caller.patch(
            "/instances/" + id, "{\"configuration\":{\"" + PASSWORD + "\":\"" + password + "\"}}"));
  }

  private Instance truth() {
    return it.platform.instance(id).orElseThrow();
  }
}
