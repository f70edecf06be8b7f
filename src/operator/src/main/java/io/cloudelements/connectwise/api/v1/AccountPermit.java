package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What resources of other namespaces than the account's own may ask of it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountPermit(
    @JsonPropertyDescription("The elements that may be provisioned. Unset or empty: any.")
        @Nullable List<String> elements,
    @JsonPropertyDescription(
            "Whether an existing instance may be taken: by spec.adoptInstanceId, or by the"
                + " annotation cloudelements.io/take-over. Unset means Forbidden.")
        @Nullable String adoption) {
  public AccountPermit {
    elements = elements == null ? null : List.copyOf(elements);
  }
}
