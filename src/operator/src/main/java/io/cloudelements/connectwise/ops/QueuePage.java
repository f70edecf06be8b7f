package io.cloudelements.connectwise.ops;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudelements.connectwise.instance.ResourceId;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The page {@code /queue?namespace=NAMESPACE&name=NAME} of the operations port: written by the
 * operator, read by the command {@code why}. The port is open to every pod that reaches it, so an
 * answer names no resource, and is the same for one that does not wait and one that does not exist.
 * Fields are public API; a reader ignores those that a later operator adds.
 *
 * @param position of the resource among those of its account and priority; 1 is next; absent while
 *     it is not in line
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueuePage(@Nullable Integer position) {
  /** Where the operations port serves it. */
  public static final String PATH = "/queue";

  private static final String NAMESPACE = "namespace";
  private static final String NAME = "name";
  private static final ObjectMapper JSON = new JsonMapper();

  /** Where the page of one resource is. */
  public static String path(ResourceId resource) {
    return "%s?%s=%s&%s=%s"
        .formatted(PATH, NAMESPACE, encoded(resource.namespace()), NAME, encoded(resource.name()));
  }

  /**
   * @param positions of resources that are in line
   */
  public static OpsReport report(Function<ResourceId, Optional<Integer>> positions) {
    return query ->
        asked(query)
            .<OpsReport.OpsAnswer>map(resource ->
                new OpsReport.Document(
                    new QueuePage(positions.apply(resource).orElse(null)).toJson()))
            .orElseGet(() ->
                new OpsReport.BadQuery(
                    "This page is about one resource: ask for %s?%s=NAMESPACE&%s=NAME."
                        .formatted(PATH, NAMESPACE, NAME)));
  }

  private static Optional<ResourceId> asked(Map<String, String> query) {
    String namespace = query.getOrDefault(NAMESPACE, "");
    String name = query.getOrDefault(NAME, "");
    return Optional.of(new ResourceId(namespace, name))
        .filter(_ -> !namespace.isBlank() && !name.isBlank());
  }

  /**
   * Reads a document that an operator wrote.
   *
   * @throws JsonProcessingException when it is none
   */
  public static QueuePage parse(String json) throws JsonProcessingException {
    QueuePage page = JSON.readValue(json, QueuePage.class);
    if (page == null) {
      throw new JsonMappingException(null, "null is no page");
    }
    return page;
  }

  private String toJson() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a record of a number can always be written", e);
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
