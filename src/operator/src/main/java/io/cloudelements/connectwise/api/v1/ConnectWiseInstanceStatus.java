package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator last saw and did. Status is a full statement: what is null here is removed. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectWiseInstanceStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("One-word summary.") @Nullable String state,
    @JsonPropertyDescription("Id of the instance on Cloud Elements.") @Nullable Long instanceId,
    @JsonPropertyDescription("Key of the instance's element.") @Nullable String elementKey,
    @JsonPropertyDescription("What Cloud Elements last said about the instance's validity.")
        @Nullable Boolean valid,
    @JsonPropertyDescription("Whether Cloud Elements last showed the instance as disabled.")
        @Nullable Boolean disabled,
    @JsonPropertyDescription(
            "Fingerprint of the Cloud Elements account (base URL and both secrets)."
                + " Reveals none of them.")
        @Nullable String account,
    @JsonPropertyDescription(
            "Keyed hash of the configuration that was sent last. Detects a rotation"
                + " and reveals nothing.")
        @Nullable String configurationHash,
    @JsonPropertyDescription("The generated Secret.") @Nullable SecretReference tokenSecretRef,
    @JsonPropertyDescription(
            "The generated Secret once more, under the name that servicebinding.io"
                + " defines for a provisioned service.")
        @Nullable SecretReference binding,
    @JsonPropertyDescription("Present while the outcome of a creation is open.")
        @Nullable Provisioning provisioning,
    @JsonPropertyDescription(
            "The adoption that spec.adoptInstanceId or the annotation cloudelements.io/take-over"
                + " asked for.")
        @Nullable AdoptionStatus adoption,
    @JsonPropertyDescription(
            "Ids of further instances that carry this resource's ownership tag. They"
                + " are never used; deleting this resource removes them too.")
        @Nullable List<Long> duplicates,
    @JsonPropertyDescription(
            "When an instance was last created in place of one that was gone. Within an hour of it"
                + " the next one needs the annotation cloudelements.io/confirm-recreate.")
        @Nullable String recreatedAt,
    @JsonPropertyDescription(
            "What managementPolicy Manage would do next, without secrets. Only with"
                + " managementPolicy Plan.")
        @Nullable List<String> plan,
    @JsonPropertyDescription(
            "Value of the annotation "
                + Annotations.RECONCILE_REQUESTED_AT
                + " that was handled last.")
        @Nullable String lastHandledReconcileAt,
    @JsonPropertyDescription(
            "Value of the annotation cloudelements.io/take-over that was followed. It is followed"
                + " once.")
        @Nullable String lastHandledTakeOver,
    @JsonPropertyDescription(
            "When the operator looks at it again by itself, while it waits: present only beside"
                + " Reconciling or Stalled. It is not written for its own sake: a time that has"
                + " passed means that the operator has looked since, and found nothing new.")
        @Nullable String nextCheckAt,
    @JsonPropertyDescription(
            "Ready: usable. Synced: the last reconcile for this generation succeeded."
                + " Reconciling and Stalled are present only while they hold.")
        List<Condition> conditions) {
  public ConnectWiseInstanceStatus {
    duplicates = duplicates == null ? null : List.copyOf(duplicates);
    plan = plan == null ? null : List.copyOf(plan);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
