package io.cloudelements.simulator.model;

import static io.cloudelements.simulator.model.PlatformFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.simulator.model.Behaviour.AuditLogReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who changed an instance, where the platform tells (contract §11). */
class AuditLogCallsTest {
  private final PlatformFixture it = new PlatformFixture();

  @Test
  void tellsWhoChangedAnInstance() {
    // Given
    turn(AuditLogReply.TOLD);
    long id = it.created("Acme").path("id").asLong();
    it.clock.advance(Duration.ofMinutes(5));
    it.world.rename(id, "by hand");

    // When
    JsonNode log = it.json(it.caller.get(path(id)));

    // Then
    assertThat(log).hasSize(2);
    assertThat(log.path(0).path("method").asText()).isEqualTo("POST");
    assertThat(log.path(0).path("user_id").asLong()).isEqualTo(it.user.id());
    assertThat(log.path(1).path("user_id").asLong()).isEqualTo(AuditLogCalls.CONSOLE_USER);
    assertThat(log.path(1).path("ip_address").asText()).isEqualTo(AuditLogCalls.CONSOLE_ADDRESS);
    assertThat(log.path(1).path("timestamp").asText()).isEqualTo("2026-11-24T08:05:00Z");
  }

  @Test
  void tellsOfThePeriodThatIsAskedFor() {
    // Given
    turn(AuditLogReply.TOLD);
    long id = it.created("Acme").path("id").asLong();
    it.clock.advance(Duration.ofMinutes(5));
    it.world.rename(id, "by hand");

    // When
    JsonNode log =
        it.json(
            it.caller.get(path(id) + "?from=2026-11-24T08%3A01%3A00Z&to=2026-11-24T09%3A00%3A00Z"));

    // Then
    assertThat(log).hasSize(1);
    assertThat(log.path(0).path("method").asText()).isEqualTo("PATCH");
  }

  @ParameterizedTest
  @CsvSource({"NOT_FOUND,404", "UNAUTHORIZED,401", "FORBIDDEN,403", "UNAVAILABLE,503"})
  void refusesToTellAndServesTheRest(AuditLogReply reply, int status) {
    // Given
    turn(reply);
    long id = it.created("Acme").path("id").asLong();

    // When
    ApiResponse response = it.call(it.caller.get(path(id)));

    // Then
    assertThat(response.status()).isEqualTo(status);
    assertThat(json(response).has("requestId")).isTrue();
    assertThat(it.call(it.caller.get("/instances")).status()).isEqualTo(200);
  }

  /** A client must survive the other answers. */
  @ParameterizedTest
  @CsvSource({"EMPTY", "OBJECT", "OTHER_NAMES", "SECRETS", "HOSTILE", "VERY_LONG", "HTML"})
  void answersWithSomethingElse(AuditLogReply reply) {
    // Given
    turn(reply);
    long id = it.created("Acme").path("id").asLong();

    // When
    ApiResponse response = it.call(it.caller.get(path(id)));

    // Then
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body().length() > 2_000_000).isEqualTo(reply == AuditLogReply.VERY_LONG);
    assertThat(response.body().contains("user+secret/1="))
        .isEqualTo(reply == AuditLogReply.SECRETS);
  }

  /** The instances of others, and those that never were, have no history. */
  @Test
  void tellsNothingOfAnInstanceThatTheUserDoesNotSee() {
    // Given
    turn(AuditLogReply.TOLD);
    long id = it.created("Acme").path("id").asLong();
    it.world.addUser("stranger", "another");

    // When
    ApiResponse response = it.call(Caller.of("stranger", "another").get(path(id)));

    // Then
    assertThat(response.status()).isEqualTo(404);
  }

  private void turn(AuditLogReply reply) {
    it.platform.behave(b -> b.with(s -> s.auditLogReply = reply));
  }

  private static String path(long id) {
    return "/audit-logs/element-instances/" + id;
  }
}
