package io.cloudelements.connectwise.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The patterns in the schema say the same as the core. */
class SpecSchemaTest {
  private static final Pattern SECRET_ENTRY = Pattern.compile(SpecSchema.SECRET_ENTRY);
  private static final Pattern OWNERSHIP_TAG = Pattern.compile(OwnershipTag.RESERVED);

  /** A user who set an ownership tag could make the operator take another owner's instance. */
  @Test
  void refusesOwnershipTags() {
    // Given
    OwnershipTag tag = OwnershipTag.of("cluster", new ResourceId("integrations", "acme"));
    // When
    boolean refused = OWNERSHIP_TAG.matcher(tag.value()).find();
    // Then
    assertThat(refused).isTrue();
  }

  /** The schema is no stricter than the core, which tells users' tags apart by the same shape. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cwi",
        "cwi-acme",
        "cwi-0123abcd-0123456789abcdef0123456",
        "cwi-0123ABCD-0123456789abcdef01234567",
        "cwi-0123abcd-0123456789abcdef01234567",
        "xcwi-0123abcd-0123456789abcdef01234567"
      })
  void agreesWithOwnershipTagOnReservedTags(String tag) {
    // Given
    boolean reserved = OwnershipTag.isReserved(tag);
    // When
    boolean refused = OWNERSHIP_TAG.matcher(tag).find();
    // Then
    assertThat(refused).isEqualTo(reserved);
  }

  /** The spec must not accept an entry that the table of entries calls confidential. */
  @ParameterizedTest
  @EnumSource(Element.class)
  void refusesConfidentialEntriesOutsideTheSecret(Element element) {
    // Given
    String prefix = element.defaultPrefix();
    // When
    var accepted =
        element.entries().stream()
            .filter(Element.RequiredEntry::confidential)
            .map(entry -> entry.configurationKey(prefix))
            .filter(key -> !SECRET_ENTRY.matcher(key).find());
    // Then
    assertThat(accepted).isEmpty();
  }
}
