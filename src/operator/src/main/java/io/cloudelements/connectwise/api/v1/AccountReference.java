package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** The account object that a resource uses. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountReference(
    @Required @JsonPropertyDescription("Name of a CloudElementsAccount.") String name,
    @JsonPropertyDescription("Its namespace. Unset or empty: the namespace of this resource.")
        @Nullable String namespace) {}
