package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator last saw of an account. What is null here is removed. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CloudElementsAccountStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "The organization that the account's secrets opened first, where the service tells it.")
        @Nullable AccountOrganization organization,
    @JsonPropertyDescription(
            "Fingerprint of the account, as in status.account of the resources that use it.")
        @Nullable String fingerprint,
    @JsonPropertyDescription(
            "Keyed digest of the secrets that were verified last. Changes with a rotation and"
                + " reveals nothing.")
        @Nullable String credentialsRevision,
    @JsonPropertyDescription("The resources that use this account.")
        @Nullable InstanceCounts instances,
    @JsonPropertyDescription("How many namespaces use this account.") @Nullable Integer namespaces,
    @JsonPropertyDescription(
            "The deletions of resources that are held, as too many at once, and those that were"
                + " confirmed.")
        @Nullable HeldDeletions deletions,
    @JsonPropertyDescription(
            "Value of the annotation "
                + Annotations.RECONCILE_REQUESTED_AT
                + " that was handled last.")
        @Nullable String lastHandledReconcileAt,
    @JsonPropertyDescription(
            "Ready: resources can use this account. Reconciling and Stalled are present only while"
                + " they hold.")
        List<Condition> conditions) {
  public CloudElementsAccountStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
