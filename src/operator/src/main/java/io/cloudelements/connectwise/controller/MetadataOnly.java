package io.cloudelements.connectwise.controller;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.cloudelements.connectwise.reconcile.CrdState;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks the API server for the metadata of objects alone, and keeps no more of it than is read. So a
 * watch on all Secrets brings no Secret's data into this process, not even in kubectl's annotation,
 * and 10,000 foreign Secrets cost next to nothing, with any metadata that their owners wrote.
 */
final class MetadataOnly implements Interceptor {
  private static final String LIST =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  private static final String ONE = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

  /** Where there is no Secret, the list of metadata says {@code "items": null}. */
  static KubernetesSerialization serialization() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    return KubernetesJson.of(mapper, Kept.class);
  }

  /** An object may have 256 KiB of annotations, and labels and owners without bound. */
  @JsonIgnoreProperties({"managedFields", "labels", "finalizers"})
  private abstract static class Kept {
    @JsonDeserialize(using = OwnAnnotations.class)
    abstract void setAnnotations(Map<String, String> annotations);

    @JsonDeserialize(converter = TheController.class)
    abstract void setOwnerReferences(List<OwnerReference> owners);
  }

  /** There is one at most; a Secret with a thousand owners would be read for each of them. */
  private static final class TheController
      extends StdConverter<List<OwnerReference>, List<OwnerReference>> {
    @Override
    public List<OwnerReference> convert(List<OwnerReference> owners) {
      return owners.stream()
          .filter(owner -> Boolean.TRUE.equals(owner.getController()))
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  private static final class OwnAnnotations extends JsonDeserializer<Map<String, String>> {
    @Override
    public Map<String, String> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      Map<String, String> own = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> each : context.readTree(parser).properties()) {
        if (each.getKey().equals(CrdState.CONFIRM_DELETION)) {
          own.put(each.getKey(), each.getValue().asText());
        }
      }
      return own;
    }
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    builder.setHeader("Accept", isOfSingleObjects(request.uri()) ? ONE : LIST);
  }

  /** A watch brings one object an event; besides, only the CRD is asked for by name. */
  private static boolean isOfSingleObjects(URI uri) {
    boolean watch =
        Optional.ofNullable(uri.getQuery())
            .filter(query -> query.contains("watch=true"))
            .isPresent();
    return watch || uri.getPath().endsWith("/" + CrdState.CRD);
  }
}
