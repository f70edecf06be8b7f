package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** An organization of Cloud Elements. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountOrganization(
    @Required
        @JsonPropertyDescription(
            "Its id on Cloud Elements, as text: the service may send a number.")
        String id,
    @JsonPropertyDescription("Its name on Cloud Elements.") @Nullable String name) {}
