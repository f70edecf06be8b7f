package io.cloudelements.simulator.model;

import static io.cloudelements.simulator.model.PlatformFixture.helpdesk;
import static io.cloudelements.simulator.model.PlatformFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application does with the token of an instance (contract §1, §5, §11). */
class ElementCallsTest {
  private static final String USER = "user+secret/1=";
  private static final String ORGANIZATION = "0123456789abcdef0123456789abcdef";
  private static final String INCIDENTS = "/hubs/helpdesk/incidents";

  private final PlatformFixture it = new PlatformFixture();
  private String token;

  @BeforeEach
  void anInstance() {
    token = it.created("Acme", "acme").path("token").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "connectwisehd, /hubs/helpdesk/incidents",
    "connectwisecrm, /hubs/crm/accounts",
  })
  void listsARecordOfTheHub(String elementKey, String path) {
    // Given
    String request = helpdesk("Of the hub", "pass").replace("connectwisehd", elementKey);
    JsonNode created = it.json(it.caller.post("/instances", request));

    // When
    ApiResponse response =
        it.call(it.caller.withElement(created.path("token").asText()).get(path + "?pageSize=1"));

    // Then
    assertThat(response.status()).isEqualTo(200);
    assertThat(json(response).isArray()).isTrue();
    assertThat(json(response)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Organization 0123456789abcdef0123456789abcdef, Element %s",
        "User user+secret/1=, Organization 0123456789abcdef0123456789abcdef",
        "User user+secret/1=, Organization 0123456789abcdef0123456789abcdef, Element x%s",
        "User wrong, Organization 0123456789abcdef0123456789abcdef, Element %s",
        "User user+secret/1=, Organization wrong, Element %s",
        "User user+secret/1=, Element %s",
        "User stranger, Organization another, Element %s",
      })
  void refusesACallWithoutEachOfTheThreeSecrets(String authorization) {
    // Given
    it.world.addUser("stranger", "another");
    Caller incomplete = new Caller(authorization.formatted(token));

    // When
    ApiResponse response = it.call(incomplete.get(INCIDENTS));

    // Then
    assertThat(response.status()).isEqualTo(401);
    assertThat(json(response).path("message").asText()).startsWith("Invalid Organization or User");
  }

  /** Contract §1 shows the call without the organization, §11 with it. */
  @Test
  void takesNoOrganizationWhereNoneIsRequired() {
    // Given
    it.platform.behave(b -> b.with(s -> s.organizationRequiredInElementCalls = false));
    Caller withoutIt = new Caller("User " + USER + ", Element " + token);

    // When
    ApiResponse response = it.call(withoutIt.get(INCIDENTS));

    // Then one that is sent must still be right
    assertThat(response.status()).isEqualTo(200);
    assertThat(it.call(Caller.of(USER, "wrong").withElement(token).get(INCIDENTS)).status())
        .isEqualTo(401);
    assertThat(it.call(withoutIt.get("/instances")).status()).isEqualTo(401);
  }

  @Test
  void refusesADisabledInstanceUntilItIsEnabled() {
    // Given
    Caller application = it.caller.withElement(token);
    it.world.disable(1234);

    // When
    ApiResponse response = it.call(application.get(INCIDENTS));

    // Then
    assertThat(response.status()).isEqualTo(403);
    it.world.enable(1234);
    assertThat(it.call(application.get(INCIDENTS)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hubs/crm/accounts", "/hubs/crm/ping", "/hubs/crm/objects"})
  void findsNothingUnderAnotherHub(String path) {
    // Given
    ApiRequest call = it.caller.withElement(token).get(path);

    // When
    ApiResponse response = it.call(call);

    // Then a platform that looks at the token alone answers
    assertThat(response.status()).isEqualTo(404);
    it.platform.behave(b -> b.with(s -> s.hubMustFitInstance = false));
    assertThat(it.call(call).status()).isEqualTo(200);
  }

  /** Contract §11: to use an instance is a privilege apart from seeing and changing it. */
  @Test
  void letsAnApplicationUseWhatItMayNotChange() {
    // Given
    it.world.addUser(
        "application", ORGANIZATION, EnumSet.of(Privilege.USE_INSTANCES, Privilege.ACCOUNT_WIDE));
    Caller application = Caller.of("application", ORGANIZATION);

    // When
    ApiResponse response = it.call(application.withElement(token).get(INCIDENTS));

    // Then
    assertThat(response.status()).isEqualTo(200);
    assertThat(it.call(application.get("/instances/1234")).status()).isEqualTo(403);
    assertThat(it.call(application.delete("/instances/1234")).status()).isEqualTo(403);
  }

  @Test
  void refusesAUserWhoMayOnlyLook() {
    // Given
    it.world.addUser(
        "viewer", ORGANIZATION, EnumSet.of(Privilege.VIEW_INSTANCES, Privilege.ACCOUNT_WIDE));

    // When
    ApiResponse response =
        it.call(Caller.of("viewer", ORGANIZATION).withElement(token).get(INCIDENTS));

    // Then
    assertThat(response.status()).isEqualTo(403);
  }
}
