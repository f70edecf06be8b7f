package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How many resources use an account. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InstanceCounts(
    @JsonPropertyDescription("All of them.") int total,
    @JsonPropertyDescription("Those whose instance is usable.") int ready,
    @JsonPropertyDescription("Those that wait for a person.") int stalled) {}
