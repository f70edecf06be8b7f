package io.cloudelements.connectwise.kubernetes;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.reconcile.CrdState;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Asks the API server for the metadata of objects alone. So a watch on all Secrets brings no
 * Secret's data into this process, and 10,000 foreign Secrets cost next to nothing.
 */
final class MetadataOnly implements Interceptor {
  private static final String LIST =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  private static final String ONE = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

  /** Where there is no Secret, the list of metadata says {@code "items": null}. */
  static KubernetesSerialization serialization() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    return KubernetesJson.of(mapper);
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
