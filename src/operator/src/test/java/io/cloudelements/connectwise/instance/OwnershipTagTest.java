package io.cloudelements.connectwise.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnershipTagTest {
  private static final ResourceId RESOURCE = new ResourceId("integrations", "acme");

  @Test
  void tagFollowsTheApiDocument() {
    // Given
    // printf cluster-a | sha256sum; printf 'cluster-a\0integrations\0acme' | sha256sum
    String expected = "cwi-34ab3e1c-2ca8404913a5e09c76c18a86";
    // When
    OwnershipTag tag = OwnershipTag.of("cluster-a", RESOURCE);
    // Then
    assertThat(tag.value()).isEqualTo(expected);
    assertThat(tag).as("as messages show it").hasToString(expected);
    assertThat(OwnershipTag.clusterPart("cluster-a")).isEqualTo("cwi-34ab3e1c-");
  }

  @Test
  void tagSeparatesNamespaceAndName() {
    // Given
    OwnershipTag one = OwnershipTag.of("c", new ResourceId("a", "bc"));
    // When
    OwnershipTag other = OwnershipTag.of("c", new ResourceId("ab", "c"));
    // Then
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void findsForeignTagsButNotItsOwn() {
    // Given
    OwnershipTag ours = OwnershipTag.of("cluster-a", RESOURCE);
    OwnershipTag foreign = OwnershipTag.of("cluster-b", RESOURCE);
    // When
    var found =
        ours.foreignAmong(
            List.of("production", OwnershipTag.MARKER, ours.value(), foreign.value()));
    // Then
    assertThat(found).contains(foreign.value());
    assertThat(ours.sameCluster(foreign.value())).isFalse();
    OwnershipTag neighbour = OwnershipTag.of("cluster-a", new ResourceId("integrations", "other"));
    assertThat(ours.sameCluster(neighbour.value())).isTrue();
    assertThat(ours.foreignAmong(List.of("production", ours.value()))).isEmpty();
  }

  /** Whether the service keeps case and outer blanks of a tag is unknown (contract §8). */
  @ParameterizedTest
  @ValueSource(strings = {"%S", " %s", "%s\u00a0", "\u0000%s\n", "-%s-"})
  void variantsOfAnOwnershipTagAreReservedAndForeign(String form) {
    // Given
    OwnershipTag ours = OwnershipTag.of("cluster-a", RESOURCE);
    String tag = form.formatted(OwnershipTag.of("cluster-b", RESOURCE));
    // When
    boolean reserved = OwnershipTag.isReserved(tag);
    // Then
    assertThat(reserved).isTrue();
    assertThat(OwnershipTag.isReserved(form.formatted(OwnershipTag.MARKER))).isTrue();
    assertThat(ours.foreignAmong(List.of(form.formatted(ours), tag))).contains(tag);
    assertThat(ours.foreignAmong(List.of(form.formatted(ours)))).isEmpty();
    OwnershipTag neighbour = OwnershipTag.of("cluster-a", new ResourceId("integrations", "other"));
    assertThat(ours.sameCluster(form.formatted(neighbour))).isTrue();
    assertThat(ours.sameCluster(tag)).isFalse();
  }

  @Test
  void tagsOfTheOperatorAreReserved() {
    // Given
    OwnershipTag tag = OwnershipTag.of("cluster-a", RESOURCE);
    // When
    boolean reserved =
        OwnershipTag.isReserved(tag.value()) && OwnershipTag.isReserved("connectwise-operator");
    // Then
    assertThat(reserved).isTrue();
    assertThat(OwnershipTag.isReserved("cwi-production")).isFalse();
  }
}
