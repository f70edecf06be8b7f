package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Secret with the ConnectWise entries, and which of its further keys are entries too. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CredentialsReference(
    @Required @JsonPropertyDescription("Name of a Secret in the namespace of this resource.")
        String name,
    @JsonPropertyDescription(
            "Further keys of that Secret to send as configuration entries, under their own names,"
                + " such as filter.response.nulls. Unset: only keys under the element's own"
                + " prefixes and event. are entries; other keys stay in the Secret.")
        @Nullable List<String> entries) {
  public CredentialsReference {
    entries = entries == null ? null : List.copyOf(entries);
  }

  /** Without further entries. */
  public CredentialsReference(String name) {
    this(name, null);
  }
}
