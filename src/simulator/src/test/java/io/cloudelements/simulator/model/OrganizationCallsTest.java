package io.cloudelements.simulator.model;

import static io.cloudelements.simulator.model.PlatformFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.simulator.model.Behaviour.OrganizationReply;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The organization of a user, and a new secret for the user (contract §11). */
class OrganizationCallsTest {
  private static final String USER = "user+secret/1=";
  private static final String ORGANIZATION = "0123456789abcdef0123456789abcdef";
  private static final String ME = "/organizations/me";

  private final PlatformFixture it = new PlatformFixture();

  @Test
  void tellsIdNameAndSecret() {
    // Given
    ApiRequest call = it.caller.get(ME);

    // When
    JsonNode body = it.json(call);

    // Then
    assertThat(body.path("id").isIntegralNumber()).isTrue();
    assertThat(body.path("id").asLong()).isEqualTo(it.user.organizationId()).isPositive();
    assertThat(body.path("name").asText()).isNotBlank();
    assertThat(body.path("secret").asText()).isEqualTo(ORGANIZATION);
  }

  @Test
  void tellsUsersOfOneOrganizationTheSame() {
    // Given one who may do nothing, and a stranger
    it.world.addUser("colleague", ORGANIZATION, EnumSet.noneOf(Privilege.class));
    it.world.addUser("stranger", "another");

    // When
    JsonNode colleague = it.json(Caller.of("colleague", ORGANIZATION).get(ME));
    JsonNode stranger = it.json(Caller.of("stranger", "another").get(ME));

    // Then
    assertThat(colleague).isEqualTo(it.json(it.caller.get(ME)));
    assertThat(stranger.path("id")).isNotEqualTo(colleague.path("id"));
    assertThat(stranger.path("name")).isNotEqualTo(colleague.path("name"));
  }

  @ParameterizedTest
  @CsvSource({"NOT_FOUND,404", "UNAUTHORIZED,401", "FORBIDDEN,403"})
  void refusesToTellAndServesTheRest(OrganizationReply reply, int status) {
    // Given
    it.platform.behave(b -> b.with(s -> s.organizationReply = reply));
    it.created("Acme");

    // When
    ApiResponse response = it.call(it.caller.get(ME));

    // Then
    assertThat(response.status()).isEqualTo(status);
    assertThat(json(response).has("requestId")).isTrue();
    assertThat(it.call(it.caller.get("/instances")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"ID_IS_TEXT", "ID_IS_OBJECT", "ID_ABSENT", "NAME_ABSENT", "ARRAY"})
  void tellsInAnotherShape(OrganizationReply reply) {
    // Given
    JsonNode documented = it.json(it.caller.get(ME));
    it.platform.behave(b -> b.with(s -> s.organizationReply = reply));

    // When
    JsonNode body = it.json(it.caller.get(ME));

    // Then
    assertThat(body).isNotEqualTo(documented);
    JsonNode id = body.path("id");
    assertThat(
            switch (reply) {
              case ID_IS_TEXT -> id.isTextual();
              case ID_IS_OBJECT -> id.isObject();
              case ID_ABSENT -> id.isMissingNode() && body.has("name");
              case NAME_ABSENT -> id.isNumber() && !body.has("name");
              case ARRAY -> body.path(0).equals(documented);
              default -> false;
            })
        .isTrue();
  }

  @Test
  void showsAPageInsteadOfAnAnswer() {
    // Given
    it.platform.behave(b -> b.with(s -> s.organizationReply = OrganizationReply.HTML));

    // When
    ApiResponse response = it.call(it.caller.get(ME));

    // Then
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(response.body()).startsWith("<html>");
  }

  @Test
  void killsTheOldSecretOfAUserAtOnce() {
    // Given
    long instance = it.created("Acme").path("id").asLong();
    JsonNode organization = it.json(it.caller.get(ME));

    // When
    JsonNode answer = it.json(it.caller.post("/authentication/user-secret-reset", ""));

    // Then
    Caller fresh = Caller.of(answer.path("secret").asText(), ORGANIZATION);
    assertThat(it.call(it.caller.get(ME)).status()).isEqualTo(401);
    assertThat(it.call(it.caller.get("/instances")).status()).isEqualTo(401);
    assertThat(it.json(fresh.get(ME))).isEqualTo(organization);
    assertThat(it.call(fresh.get("/instances/" + instance)).status()).isEqualTo(200);
  }

  @Test
  void setsANamedSecretFromOutside() {
    // Given
    it.world.addUser("colleague", ORGANIZATION);

    // When
    User changed = it.world.resetUserSecret(USER, "fresh");

    // Then
    assertThat(changed.id()).isEqualTo(it.user.id());
    assertThat(changed.organizationId()).isEqualTo(it.user.organizationId());
    assertThat(it.call(it.caller.get(ME)).status()).isEqualTo(401);
    assertThat(it.call(Caller.of("fresh", ORGANIZATION).get(ME)).status()).isEqualTo(200);
    assertThatThrownBy(() -> it.world.resetUserSecret("fresh", "colleague"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in use");
    assertThatThrownBy(() -> it.world.resetUserSecret(USER, "other"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A deactivated user stays deactivated after its secret is reset. */
  @Test
  void keepsARevokedUserRevoked() {
    // Given
    it.world.revokeUser(USER);

    // When
    it.world.resetUserSecret(USER, "fresh");

    // Then
    assertThat(it.call(Caller.of("fresh", ORGANIZATION).get(ME)).status()).isEqualTo(401);
  }
}
