package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which namespaces may use an account. Nothing that is left out or empty means all of them. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AllowedNamespaces(
    @Required
        @JsonPropertyDescription(
            "Same: the account's own namespace. Names: its own and those of names. Selector: its"
                + " own and those whose labels selector matches, where the operator may read"
                + " namespaces. All: every namespace.")
        String from,
    @JsonPropertyDescription("With from: Names, the namespaces by name.")
        @Nullable List<String> names,
    @JsonPropertyDescription(
            "With from: Selector, which labels a namespace needs. An empty selector matches none.")
        @Nullable LabelSelector selector) {
  public AllowedNamespaces {
    names = names == null ? null : List.copyOf(names);
  }
}
