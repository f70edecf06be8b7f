package io.cloudelements.simulator.model;

import static io.cloudelements.simulator.model.PlatformFixture.helpdesk;
import static io.cloudelements.simulator.model.PlatformFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are accepted, and which are refused before a route handles them. */
class PlatformAccessTest {
  private static final String ORGANIZATION = "0123456789abcdef0123456789abcdef";

  private final PlatformFixture it = new PlatformFixture();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "User user+secret/1=",
        "User wrong, Organization 0123456789abcdef0123456789abcdef",
        "User user+secret/1=, Organization wrong",
        "user user+secret/1=, organization 0123456789abcdef0123456789abcdef",
        "User user+secret/1=, Organization 0123456789abcdef0123456789abcdef, Element dead",
      })
  void answersInvalidSecretsWithOneMessage(String authorization) {
    // Given
    ApiRequest request = new Caller(authorization).get("/instances");

    // When
    ApiResponse response = it.call(request);

    // Then
    assertThat(response.status()).isEqualTo(401);
    assertThat(json(response).path("message").asText())
        .isEqualTo("Invalid Organization or User secret, or invalid Element token provided.");
    assertThat(json(response).has("providerMessage")).isFalse();
  }

  @Test
  void acceptsTheSecretsInAnyOrder() {
    // Given
    it.created("Acme");
    Caller reversed = new Caller("Organization " + ORGANIZATION + ", User user+secret/1=");

    // When
    ApiResponse response = it.call(reversed.get("/instances"));

    // Then
    assertThat(response.status()).isEqualTo(200);
  }

  @Test
  void acceptsARestoredUser() {
    // Given
    it.created("Acme");
    it.world.revokeUser("user+secret/1=");

    // When
    ApiResponse revoked = it.call(it.caller.get("/instances"));

    // Then plain deactivation keeps the instances
    assertThat(revoked.status()).isEqualTo(401);
    it.world.restoreUser("user+secret/1=");
    assertThat(it.call(it.caller.get("/instances")).status()).isEqualTo(200);
  }

  @Test
  void deletesTheInstancesOfAPermanentlyDeactivatedUser() {
    // Given
    it.created("Acme");
    it.world.deactivateUserPermanently("user+secret/1=");
    it.world.restoreUser("user+secret/1=");

    // When
    ApiResponse list = it.call(it.caller.get("/instances"));

    // Then
    assertThat(list.status()).isEqualTo(404);
  }

  @Test
  void checksPrivilegesFirst() {
    // Given a user who may only look
    it.world.addUser("viewer", ORGANIZATION, EnumSet.of(Privilege.VIEW_INSTANCES));
    Caller viewer = Caller.of("viewer", ORGANIZATION);

    // When he creates nonsense, and deletes what does not exist
    ApiResponse creation = it.call(viewer.post("/instances", "{}"));
    ApiResponse deletion = it.call(viewer.delete("/instances/99"));

    // Then
    assertThat(creation.status()).isEqualTo(403);
    assertThat(deletion.status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /elements/api-v2/nowhere, application/json, 404",
    "GET, /elsewhere/instances, application/json, 404",
    "PATCH, /elements/api-v2/ping, application/json, 405",
    "GET, /elements/api-v2/instances, text/xml, 406",
  })
  void refusesUnknownPathsAndMethods(String method, String path, String accept, int status) {
    // Given
    Map<String, String> headers =
        Map.of("Authorization", it.caller.authorization(), "Accept", accept);

    // When
    ApiResponse response = it.call(ApiRequest.of(method, path, headers));

    // Then
    assertThat(response.status()).isEqualTo(status);
    assertThat(json(response).has("requestId")).isTrue();
  }

  @Test
  void refusesABodyThatIsNotJson() {
    // Given
    ApiRequest form =
        ApiRequest.of(
            "POST",
            Platform.PREFIX + "/instances",
            Map.of("Authorization", it.caller.authorization(), "Content-Type", "text/plain"),
            helpdesk("Acme", "pass"));

    // When
    ApiResponse response = it.call(form);

    // Then
    assertThat(response.status()).isEqualTo(415);
    assertThat(it.call(it.caller.post("/instances", "{")).status()).isEqualTo(400);
  }

  @Test
  void limitsTheCallsOfAUserWhenConfigured() {
    // Given
    it.created("Acme");
    it.platform.behave(b -> b.with(s -> s.callsPerWindow = 2));
    it.call(it.caller.get("/instances"));
    it.call(it.caller.get("/instances"));
    it.clock.advance(Duration.ofSeconds(20));

    // When
    ApiResponse third = it.call(it.caller.get("/instances"));

    // Then
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.header("Retry-After")).contains("40");
    it.clock.advance(Duration.ofSeconds(40));
    assertThat(it.call(it.caller.get("/instances")).status()).isEqualTo(200);
  }
}
