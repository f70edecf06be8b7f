package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Name, labels and annotations of the generated Secret. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenSecret(
    @JsonPropertyDescription(
            "Name of the generated Secret. Unset: the name of this resource followed by -token. When it"
                + " changes, the new Secret is written before the old one is removed.")
        @Nullable String name,
    @JsonPropertyDescription(
            "Labels put on the generated Secret besides the operator's own label"
                + " app.kubernetes.io/managed-by. Labels by which other controllers act on a Secret"
                + " are refused.")
        @Nullable Map<String, String> labels,
    @JsonPropertyDescription(
            "Annotations put on the generated Secret. Those by which other controllers act on a"
                + " Secret are refused.")
        @Nullable Map<String, String> annotations) {
  public TokenSecret {
    labels = labels == null ? null : Collections.unmodifiableMap(new TreeMap<>(labels));
    annotations =
        annotations == null ? null : Collections.unmodifiableMap(new TreeMap<>(annotations));
  }
}
