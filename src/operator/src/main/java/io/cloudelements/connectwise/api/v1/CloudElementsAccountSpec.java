package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** What a platform team says of an account: what opens it, who may use it, and for what. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CloudElementsAccountSpec(
    @JsonPropertyDescription(
            "Base URL of the Cloud Elements API, such as"
                + " https://api.cloud-elements.co.uk/elements/api-v2. Unset: the operator's"
                + " default. It must be on the operator's list of allowed URLs. Cannot be changed,"
                + " added or removed later.")
        @Nullable String baseUrl,
    @Required
        @JsonPropertyDescription(
            "Secret with userSecret and organizationSecret, in the namespace of this account. A"
                + " rotation is taken up by changing what it holds.")
        SecretReference secretRef,
    @JsonPropertyDescription(
            "The namespaces whose resources may use this account. Unset: only its own.")
        @Nullable AllowedNamespaces allowedNamespaces,
    @JsonPropertyDescription("What resources of other namespaces may ask of this account.")
        @Nullable AccountPermit permit,
    @JsonPropertyDescription("Bounds of what all resources together may use.")
        @Nullable AccountLimits limits,
    @JsonPropertyDescription(
            "A user of the same organization that may only use instances. The placeholders"
                + " $(userSecret), $(organizationSecret) and $(authorization) in a template of the"
                + " generated Secret stand for its secrets. Unset: resources that use this account"
                + " cannot use these placeholders.")
        @Nullable ApplicationUser applicationUser,
    @JsonPropertyDescription(
            "While true, the operator makes no request of any kind to this account.")
        @Nullable Boolean suspend) {}
