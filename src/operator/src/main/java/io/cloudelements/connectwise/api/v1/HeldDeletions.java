package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The deletions of an account's resources that the limit of mass deletions holds. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeldDeletions(
    @JsonPropertyDescription(
            "How many are held. The annotation cloudelements.io/confirm-deletion on this account,"
                + " with this number, lets them go.")
        @Nullable Integer number,
    @JsonPropertyDescription(
            "Value of the annotation cloudelements.io/confirm-deletion that was followed, or"
                + " stood there while none was held. It is not followed again.")
        @Nullable String lastHandledConfirmation,
    @JsonPropertyDescription(
            "When the last of the deletions that were confirmed was asked for; those that were"
                + " asked for later are not.")
        @Nullable String confirmedUntil) {}
