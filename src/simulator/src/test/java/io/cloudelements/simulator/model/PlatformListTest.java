package io.cloudelements.simulator.model;

import static io.cloudelements.simulator.model.PlatformFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists: 404 for nothing, filters, pages, and who sees what. */
class PlatformListTest {
  private final PlatformFixture it = new PlatformFixture();

  @Test
  void answersAnEmptyListWith404() {
    // Given
    it.created("Acme", "acme");

    // When
    ApiResponse none = it.call(it.caller.get("/instances?tags%5B%5D=other"));

    // Then
    assertThat(none.status()).isEqualTo(404);
    assertThat(json(none).path("message").asText()).matches("No .* found");
  }

  @Test
  void acceptsTagBracketsLiterallyOrEncoded() {
    // Given
    it.created("Acme", "acme");
    it.created("Umbrella", "umbrella");

    // When
    JsonNode literal = it.json(it.caller.get("/instances/?tags[]=acme"));
    JsonNode encoded = it.json(it.caller.get("/instances?tags%5B%5D=acme"));

    // Then
    assertThat(names(literal)).containsExactly("Acme");
    assertThat(names(encoded)).containsExactly("Acme");
  }

  @Test
  void matchesAllOfSeveralTags() {
    // Given
    it.created("Both", "a", "b");
    it.created("One", "a");

    // When
    JsonNode found = it.json(it.caller.get("/instances?tags[]=a&tags[]=b"));

    // Then
    assertThat(names(found)).containsExactly("Both");
  }

  @Test
  void matchesAnyOfSeveralTagsWhenConfigured() {
    // Given
    it.platform.behave(b -> b.with(s -> s.severalTagsMustAllMatch = false));
    it.created("Both", "a", "b");
    it.created("One", "a");

    // When
    JsonNode found = it.json(it.caller.get("/instances?tags[]=a&tags[]=b"));

    // Then
    assertThat(names(found)).containsExactly("Both", "One");
  }

  @Test
  void combinesSearchTextWithTags() {
    // Given
    it.created("Acme one", "x");
    it.created("Acme two", "y");

    // When
    JsonNode found = it.json(it.caller.get("/instances?searchText=Acme&tags[]=y"));

    // Then
    assertThat(names(found)).containsExactly("Acme two");
    assertThat(it.json(it.caller.get("/instances?searchText=wisehd"))).hasSize(2);
    assertThat(it.call(it.caller.get("/instances?searchText=acme")).status()).isEqualTo(404);
  }

  @Test
  void limitsPagesToTwoHundred() {
    // Given
    for (int i = 0; i < 450; i++) {
      it.world.createByHand(it.user, "connectwisehd", "n" + i, Set.of("t"), Map.of());
    }

    // When
    List<Integer> sizes = new ArrayList<>();
    String next = "";
    do {
      ApiResponse page = it.call(it.caller.get("/instances?pageSize=1000" + next));
      sizes.add(json(page).size());
      assertThat(page.header("Elements-Total-Count")).contains("450");
      next = page.header("Elements-Next-Page-Token").map(t -> "&nextPage=" + t).orElse("");
    } while (!next.isEmpty());

    // Then
    assertThat(sizes).containsExactly(200, 200, 50);
  }

  @Test
  void showsSummariesInLists() {
    // Given
    long id = it.created("Acme", "acme").path("id").asLong();

    // When
    JsonNode item = it.json(it.caller.get("/instances")).path(0);

    // Then
    assertThat(item.path("id").asLong()).isEqualTo(id);
    assertThat(item.path("element").path("key").asText()).isEqualTo("connectwisehd");
    assertThat(item.has("token")).isTrue();
    assertThat(item.has("valid")).isTrue();
    assertThat(item.has("createdDate")).isTrue();
    assertThat(item.path("tags").path(0).asText()).isEqualTo("acme");
    assertThat(item.has("disabled")).isFalse();
    assertThat(item.has("configuration")).isFalse();
  }

  @Test
  void hidesTheInstancesOfOtherUsers() {
    // Given a colleague of the same organization
    long id = it.created("Acme").path("id").asLong();
    it.world.addUser("colleague", "0123456789abcdef0123456789abcdef");
    Caller colleague = Caller.of("colleague", "0123456789abcdef0123456789abcdef");

    // When
    ApiResponse read = it.call(colleague.get("/instances/" + id));

    // Then he sees nothing, and cannot delete it either
    assertThat(read.status()).isEqualTo(404);
    assertThat(it.call(colleague.get("/instances")).status()).isEqualTo(404);
    assertThat(it.call(colleague.delete("/instances/" + id)).status()).isEqualTo(404);
    assertThat(it.platform.live()).hasSize(1);
  }

  @Test
  void showsAllInstancesOfTheOrganizationToAnAccountWideUser() {
    // Given
    it.created("Acme");
    it.world.addUser("admin", "0123456789abcdef0123456789abcdef", EnumSet.allOf(Privilege.class));
    it.world.addUser("stranger", "another", EnumSet.allOf(Privilege.class));

    // When
    ApiResponse admin =
        it.call(Caller.of("admin", "0123456789abcdef0123456789abcdef").get("/instances"));
    ApiResponse stranger = it.call(Caller.of("stranger", "another").get("/instances"));

    // Then
    assertThat(admin.status()).isEqualTo(200);
    assertThat(stranger.status()).isEqualTo(404);
  }

  @Test
  void countsTheInstancesOfTheCaller() {
    // Given
    it.created("Acme");
    it.created("Umbrella");

    // When
    JsonNode count = it.json(it.caller.get("/instances/count"));

    // Then
    assertThat(count.path("totalInstances").asInt()).isEqualTo(2);
  }

  @Test
  void listsByElement() {
    // Given
    it.created("Acme");
    it.world.createByHand(it.user, "connectwisecrm", "Sales", Set.of(), Map.of());

    // When
    JsonNode found = it.json(it.caller.get("/elements/connectwisecrm/instances"));

    // Then
    assertThat(names(found)).containsExactly("Sales");
  }

  @Test
  void showsAnEarlierStateToAStaleRead() {
    // Given
    long id = it.created("Acme").path("id").asLong();
    it.world.rename(id, "Umbrella");
    View stale = View.TRUE.behind(Duration.ZERO, 1);

    // When
    Handled read = it.platform.apply(it.caller.get("/instances/" + id), stale);

    // Then
    assertThat(json(read.response()).path("name").asText()).isEqualTo("Acme");
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(item -> names.add(item.path("name").asText()));
    return names;
  }
}
