package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The adoption of an instance that existed before. Until it is complete, which it is with the first
 * {@code Ready}, a deletion of the resource releases the instance.
 *
 * @param startedAt RFC 3339; null when it is complete
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AdoptionStatus(
    @Required @JsonPropertyDescription("Id of the adopted instance.") long instanceId,
    @JsonPropertyDescription(
            "When the adoption was recorded, which is just before the instance was changed. Absent"
                + " once the adoption is complete.")
        @Nullable String startedAt,
    @JsonPropertyDescription(
            "The instance's tags as they were found. If this resource is deleted before the adoption"
                + " is complete, the instance gets them back. Absent when they are unknown.")
        @Nullable List<String> foundTags) {
  public AdoptionStatus {
    foundTags = foundTags == null ? null : List.copyOf(foundTags);
  }
}
