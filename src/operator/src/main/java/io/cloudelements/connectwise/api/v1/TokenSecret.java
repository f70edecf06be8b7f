package io.cloudelements.connectwise.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Name, labels, annotations and further keys of the generated Secret. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenSecret(
    @JsonPropertyDescription(
            "Name of the generated Secret. Unset: the name of this resource followed by -token."
                + " When it changes, the new Secret is written before the old one is removed.")
        @Nullable String name,
    @JsonPropertyDescription(
            "Labels put on the generated Secret besides the operator's own label"
                + " app.kubernetes.io/managed-by. Labels by which other controllers act on a Secret"
                + " are refused.")
        @Nullable Map<String, String> labels,
    @JsonPropertyDescription(
            "Annotations put on the generated Secret. Those by which other controllers act on a"
                + " Secret are refused.")
        @Nullable Map<String, String> annotations,
    @JsonPropertyDescription(
            "Further keys of the generated Secret and their texts, so that an application can use"
                + " the Secret as it is. Placeholders, as in the args of a container: $(token),"
                + " $(instanceId), $(elementKey), $(hub), $(name), $(uri), $(userSecret),"
                + " $(organizationSecret), and $(authorization), which is a whole Authorization"
                + " header: User ..., Organization ..., Element ... A literal $( is written $$(.")
        @Nullable Map<String, String> template) {
  public TokenSecret {
    labels = sorted(labels);
    annotations = sorted(annotations);
    template = sorted(template);
  }

  private static @Nullable Map<String, String> sorted(@Nullable Map<String, String> map) {
    return map == null ? null : Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
