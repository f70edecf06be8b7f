package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * The recorded intent to create an instance. While it is there, a creation may have taken effect
 * without the operator knowing (contract §2).
 *
 * @param startedAt RFC 3339
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Provisioning(
    @Required @JsonPropertyDescription("Which attempt this is, counted from 1.") int attempt,
    @Required
        @JsonPropertyDescription(
            "When this attempt was recorded, which is just before the request was sent.")
        String startedAt) {}
