package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The user in whose name applications call the instances of an account. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApplicationUser(
    @Required
        @JsonPropertyDescription(
            "Secret with userSecret, and organizationSecret where it differs from the account's, in"
                + " the namespace of this account.")
        SecretReference secretRef) {}
