package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Bounds of what the resources of an account may use together. Unset: no bound of its own. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountLimits(
    @JsonPropertyDescription(
            "Requests to this account at the same time. Unset, or above it: the operator's"
                + " ACCOUNT_MAX_CONCURRENT_REQUESTS.")
        @Nullable Integer concurrentRequests,
    @JsonPropertyDescription(
            "Instances of all resources that use this account. An instance that its resource left"
                + " behind (deletionPolicy Retain) is not counted.")
        @Nullable Integer instances,
    @JsonPropertyDescription("Instances of the resources of one namespace.")
        @Nullable Integer instancesPerNamespace) {}
