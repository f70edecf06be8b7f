package io.cloudelements.simulator.model;

import static io.cloudelements.simulator.model.PlatformFixture.helpdesk;
import static io.cloudelements.simulator.model.PlatformFixture.json;
import static io.cloudelements.simulator.model.PlatformFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.simulator.model.Behaviour.AnswerKind;
import io.cloudelements.simulator.model.Behaviour.CrmPrefix;
import io.cloudelements.simulator.model.Behaviour.ListConfiguration;
import io.cloudelements.simulator.model.Behaviour.Sanitising;
import io.cloudelements.simulator.model.Behaviour.TagFormat;
import io.cloudelements.simulator.model.Behaviour.UnknownEntries;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The switches: each turned away from its default, and what that changes. */
class BehaviourTest {
  private static final String PASSWORD = "helpdesk.connectwise.password";

  private final PlatformFixture it = new PlatformFixture();

  @Test
  void masksOnlyTheConfiguredAnswers() {
    // Given the oldest sample, which shows the password of a creation
    turn(b -> b.masked = EnumSet.of(AnswerKind.GET));

    // When
    JsonNode created = it.created("Acme");
    JsonNode read = it.json(it.caller.get("/instances/1234"));

    // Then
    assertThat(created.path("configuration").path(PASSWORD).asText()).isEqualTo("pass");
    assertThat(read.path("configuration").path(PASSWORD).asText()).isEqualTo("********");
  }

  @Test
  void storesAMaskThatIsSent() {
    // Given
    turn(b -> b.maskedValueIsStored = true);
    it.created("Acme");

    // When
    it.call(it.caller.put("/instances/1234", helpdesk("Acme", "********")));

    // Then the secret is lost
    assertThat(it.platform.instance(1234).orElseThrow().configuration())
        .containsEntry(PASSWORD, "********");
  }

  @ParameterizedTest
  @CsvSource({"CRM,200,crm.", "HELPDESK,400,", "EITHER_SHOWN_AS_HELPDESK,200,helpdesk."})
  void acceptsCrmEntriesUnderTheConfiguredPrefix(CrmPrefix prefix, int status, String shown) {
    // Given the request of the first documentation
    turn(b -> b.crmPrefix = prefix);

    // When
    ApiResponse response =
        it.call(it.caller.post("/instances", sample("seed-post-instances-connectwisecrm.request")));

    // Then
    assertThat(response.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(json(response).path("configuration").path(shown + "connectwise.company").asText())
          .isEqualTo("<INSERT_CONNECTWISE_COMPANY>");
    }
  }

  @Test
  void echoesOrRejectsUnknownEntries() {
    // Given
    String request =
        helpdesk("Acme", "pass").replace("\"configuration\":{", "\"configuration\":{\"x\":\"y\",");

    // When
    turn(b -> b.unknownEntries = UnknownEntries.ECHOED);
    JsonNode echoed = it.json(it.caller.post("/instances", request));
    turn(b -> b.unknownEntries = UnknownEntries.REJECTED);
    ApiResponse rejected = it.call(it.caller.post("/instances", request));

    // Then
    assertThat(echoed.path("configuration").path("x").asText()).isEqualTo("y");
    assertThat(rejected.status()).isEqualTo(400);
  }

  @Test
  void showsTheConfiguredFieldsInLists() {
    // Given
    it.created("Acme", "acme");
    turn(b -> {
      b.disabledInLists = true;
      b.validInLists = false;
      b.tagsInLists = TagFormat.ABSENT;
      b.configurationInLists = ListConfiguration.WHEN_HYDRATED;
    });

    // When
    JsonNode item = it.json(it.caller.get("/instances")).path(0);
    JsonNode dry = it.json(it.caller.get("/instances?hydrate=false")).path(0);

    // Then
    assertThat(item.has("disabled")).isTrue();
    assertThat(item.has("valid")).isFalse();
    assertThat(item.has("tags")).isFalse();
    assertThat(item.path("configuration").path(PASSWORD).asText()).isEqualTo("********");
    assertThat(dry.has("configuration")).isFalse();
  }

  @Test
  void escapesANameAfterStrippingTags() {
    // Given
    turn(b -> b.sanitising = Sanitising.STRIPS_TAGS_AND_ESCAPES);

    // When
    JsonNode body = it.created("<i>Tom</i> & Jerry's");

    // Then
    assertThat(body.path("name").asText()).isEqualTo("Tom &amp; Jerry&#39;s");
  }

  @Test
  void sendsTheConfiguredMessages() {
    // Given
    turn(b -> {
      b.emptyListMessage = "Nothing here";
      b.missingInstanceMessage = "No %s";
      b.missingEntriesMessage = "Give me %s";
    });

    // When
    ApiResponse list = it.call(it.caller.get("/instances"));
    ApiResponse instance = it.call(it.caller.get("/instances/7"));
    ApiResponse creation = it.call(it.caller.post("/instances", helpdesk("Acme", "")));

    // Then
    assertThat(json(list).path("message").asText()).isEqualTo("Nothing here");
    assertThat(json(instance).path("message").asText()).isEqualTo("No 7");
    assertThat(json(creation).path("message").asText()).isEqualTo("Give me " + PASSWORD);
  }

  @Test
  void forgetsDeletedInstances() {
    // Given
    turn(b -> b.softDeletion = false);
    it.created("Acme");
    it.call(it.caller.delete("/instances/1234"));

    // When
    ApiResponse response = it.call(it.caller.get("/instances/1234?includeDeleted=true"));

    // Then
    assertThat(response.status()).isEqualTo(404);
  }

  @Test
  void deletesWithAnElementToken() {
    // Given
    turn(b -> b.elementTokenReroutesDeletion = false);
    String token = it.created("Acme").path("token").asText();

    // When
    ApiResponse response = it.call(it.caller.withElement(token).delete("/instances/1234"));

    // Then
    assertThat(response.status()).isEqualTo(200);
    assertThat(it.platform.live()).isEmpty();
  }

  @Test
  void searchesCaseInsensitivelyInSmallerPages() {
    // Given
    turn(b -> {
      b.searchIgnoresCase = true;
      b.maxPageSize = 1;
    });
    it.created("Acme one");
    it.created("Acme two");

    // When
    ApiResponse response = it.call(it.caller.get("/instances?searchText=aCME&pageSize=50"));

    // Then
    assertThat(json(response)).hasSize(1);
    assertThat(response.header("Elements-Next-Page-Token")).isPresent();
  }

  @Test
  void omitsRetryAfter() {
    // Given
    turn(b -> {
      b.callsPerWindow = 1;
      b.retryAfterSent = false;
    });
    it.created("Acme");

    // When
    ApiResponse response = it.call(it.caller.get("/instances"));

    // Then
    assertThat(response.status()).isEqualTo(429);
    assertThat(response.header("Retry-After")).isEmpty();
  }

  @Test
  void requiresAClientIdForTheRestElement() {
    // Given
    turn(b -> b.clientIdRequired = true);
    String request =
        """
        {"element":{"key":"connectwisecrmrest"},"name":"Acme","configuration":{
          "baseUrl":"https://x","company":"acme","public.key":"p","private.key":"q"}}
        """;

    // When
    ApiResponse response = it.call(it.caller.post("/instances", request));

    // Then
    assertThat(response.status()).isEqualTo(400);
    turn(b -> b.clientIdRequired = false);
    assertThat(it.call(it.caller.post("/instances", request)).status()).isEqualTo(200);
  }

  private void turn(Consumer<BehaviourBuilder> switches) {
    it.platform.behave(behaviour -> behaviour.with(switches));
  }
}
