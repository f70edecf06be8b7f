package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the user wants. No field carries a secret, and what is unset stays unset. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectWiseInstanceSpec(
    @Required
        @JsonPropertyDescription(
            "The Cloud Elements hub the instance belongs to. It also chooses the"
                + " element: helpdesk means connectwisehd, crm means connectwisecrm. Cannot"
                + " be changed.")
        String hub,
    @JsonPropertyDescription(
            "Element to provision instead of the hub's usual one; it must belong to"
                + " the hub. connectwisecrmrest speaks ConnectWise's REST API, the one that"
                + " current versions of ConnectWise offer. Cannot be changed, added or"
                + " removed later.")
        @Nullable String element,
    @JsonPropertyDescription(
            "Name of the instance on Cloud Elements. Unset: the name of this resource.")
        @Nullable String name,
    @JsonPropertyDescription(
            "Your tags on the instance. The operator adds its own, by which it finds"
                + " the instance again.")
        @Nullable List<String> tags,
    @Required
        @JsonPropertyDescription(
            "Secret with the ConnectWise entries (username, password, serverUrl,"
                + " company; for connectwisecrmrest serverUrl, company, publicKey,"
                + " privateKey, clientId) and, unless accountSecretRef is set, userSecret"
                + " and organizationSecret. A key under the element's own prefixes or event. is a"
                + " configuration entry by its full name.")
        CredentialsReference credentialsSecretRef,
    @JsonPropertyDescription(
            "Secret with userSecret and organizationSecret of the Cloud Elements"
                + " account, when several resources share it. Unset: both are read from"
                + " credentialsSecretRef.")
        @Nullable SecretReference accountSecretRef,
    @JsonPropertyDescription(
            "The CloudElementsAccount to use, instead of accountSecretRef and baseUrl. Keys"
                + " userSecret and organizationSecret in credentialsSecretRef are then ignored.")
        @Nullable AccountReference accountRef,
    @JsonPropertyDescription(
            "Base URL of the Cloud Elements API, such as"
                + " https://api.cloud-elements.co.uk/elements/api-v2. Unset: the operator's"
                + " default. It must be on the operator's list of allowed URLs.")
        @Nullable String baseUrl,
    @JsonPropertyDescription(
            "Prefix of the ConnectWise configuration entries (prefix.username,"
                + " prefix.password, ...). Unset: helpdesk.connectwise or crm.connectwise,"
                + " by hub. Some crm accounts want helpdesk.connectwise here.")
        @Nullable String configurationPrefix,
    @JsonPropertyDescription(
            "Further configuration entries without secrets, sent as they are; they"
                + " win over the entries that the operator derives. Example:"
                + " helpdesk.connectwise.wsdl.path. Secrets belong in credentialsSecretRef,"
                + " under the entry's full name.")
        @Nullable Map<String, String> configuration,
    @JsonPropertyDescription(
            "Whether the instance is to be enabled. Unset: the operator only reports" + " it.")
        @Nullable Boolean enabled,
    @JsonPropertyDescription(
            "Id of an existing instance of the same element to take over instead of"
                + " creating one. May be added later, and is followed when there is no"
                + " instance or the former is gone; once set it cannot be changed or"
                + " removed. The adoption is complete with the first Ready: deleted before"
                + " that, this resource gives the instance back.")
        @Nullable Long adoptInstanceId,
    @JsonPropertyDescription(
            "The Secret that the operator generates; it holds the instance's token.")
        @Nullable TokenSecret tokenSecret,
    @JsonPropertyDescription(
            "What happens to the instance on Cloud Elements when this resource is"
                + " deleted. Unset means Delete.")
        @Nullable String deletionPolicy,
    @JsonPropertyDescription(
            "How often the instance is compared with this resource: a Go-style"
                + " duration between 30s and 24h, such as 10m or 1h30m. Unset: the"
                + " operator's default.")
        @Nullable String resyncInterval,
    @JsonPropertyDescription(
            "While true, the operator makes no remote call and writes nothing but one"
                + " condition that says so.")
        @Nullable Boolean suspend,
    @JsonPropertyDescription(
            "How much the operator may do. Unset means Manage. Observe: remote reads"
                + " only, but the token Secret and the status are written. Plan: remote"
                + " reads only and no Secret; status.plan lists what Manage would do next.")
        @Nullable String managementPolicy) {
  public ConnectWiseInstanceSpec {
    tags = tags == null ? null : List.copyOf(tags);
    configuration =
        configuration == null ? null : Collections.unmodifiableMap(new TreeMap<>(configuration));
  }

  /** The same for the service, which knows nothing of the generated Secret. */
  public ConnectWiseInstanceSpec withoutTokenSecret() {
    return new ConnectWiseInstanceSpec(
        hub,
        element,
        name,
        tags,
        credentialsSecretRef,
        accountSecretRef,
        accountRef,
        baseUrl,
        configurationPrefix,
        configuration,
        enabled,
        adoptInstanceId,
        null,
        deletionPolicy,
        resyncInterval,
        suspend,
        managementPolicy);
  }
}
