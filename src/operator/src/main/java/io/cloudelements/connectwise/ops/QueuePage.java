package io.cloudelements.connectwise.ops;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudelements.connectwise.ratelimit.QueuedResource;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The page {@code /queue} of the operations port: written by the operator, read by the command
 * {@code why}. Fields are public API; a reader ignores those that a later operator adds.
 *
 * @param resources in line at this moment, of each account and priority the first {@value #MOST}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record QueuePage(@JsonProperty(required = true) List<Entry> resources) {
  /** Where the operations port serves it. */
  public static final String PATH = "/queue";

  /** Resources of one account and priority that it shows. */
  public static final int MOST = 1_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public QueuePage {
    resources = List.copyOf(resources);
  }

  /**
   * @param account the account's fingerprint
   * @param lane the priority, as metrics name it
   * @param position among those of the same account and priority; 1 is next
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Entry(
      @JsonProperty(required = true) String namespace,
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) String account,
      @JsonProperty(required = true) String lane,
      @JsonProperty(required = true) int position) {}

  public static QueuePage of(List<QueuedResource> queued) {
    return new QueuePage(
        queued.stream()
            .map(each ->
                new Entry(
                    each.resource().namespace(),
                    each.resource().name(),
                    each.account(),
                    each.priority().label(),
                    each.position()))
            .toList());
  }

  /** The document. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a record of texts and numbers can always be written", e);
    }
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
}
