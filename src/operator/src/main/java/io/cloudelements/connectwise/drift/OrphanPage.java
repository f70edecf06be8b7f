package io.cloudelements.connectwise.drift;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page {@code /orphans} of the operations port: written by the operator, read by the command
 * {@code orphans}. Fields are public API; a reader ignores those that a later operator adds, and
 * refuses a document without {@code accounts}. Times are RFC 3339 in UTC.
 *
 * @param enabled whether the operator looks for orphans
 * @param reason why it does not
 * @param accounts what was listed so far, one entry for each account; empty on a replica that does
 *     not lead, and until the first listing after a start
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrphanPage(
    @JsonProperty(required = true) boolean enabled,
    @Nullable String reason,
    @JsonProperty(required = true) List<ListedAccount> accounts) {
  /** Where the operations port serves it. */
  public static final String PATH = "/orphans";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  public OrphanPage {
    accounts = List.copyOf(accounts);
  }

  /**
   * The latest listing of one account.
   *
   * @param account the account's fingerprint
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ListedAccount(
      @JsonProperty(required = true) String account,
      @JsonProperty(required = true) String listedAt,
      @JsonProperty(required = true) List<OrphanedInstance> orphans,
      @JsonProperty(required = true) List<DuplicatedResource> duplicates) {
    public ListedAccount {
      orphans = List.copyOf(orphans);
      duplicates = List.copyOf(duplicates);
    }
  }

  /**
   * An instance with this cluster's part of the ownership tag and without a resource. A field that
   * the service did not show is absent.
   *
   * @param element the element's key
   * @param cause {@code NoResource} or {@code ResourceInOtherAccount}
   * @param claimedBy {@code namespace/name} of resources whose status names the instance, which
   *     proves nothing: adopted since the listing, or claimed without it; three at most
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OrphanedInstance(
      @JsonProperty(required = true) long id,
      @Nullable String name,
      @Nullable String element,
      @JsonProperty(required = true) List<String> tags,
      @JsonProperty(required = true) String ownershipTag,
      @JsonProperty(required = true) String cause,
      @Nullable List<String> claimedBy,
      @Nullable String createdAt,
      @Nullable Long ageSeconds) {
    public OrphanedInstance {
      tags = List.copyOf(tags);
      claimedBy = claimedBy == null ? null : List.copyOf(claimedBy);
    }
  }

  /**
   * A resource whose ownership tag several instances carry.
   *
   * @param inUse id of the instance that the resource uses; absent while it uses none of them
   * @param others ids of the further instances
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DuplicatedResource(
      @JsonProperty(required = true) String namespace,
      @JsonProperty(required = true) String name,
      @Nullable Long inUse,
      @JsonProperty(required = true) List<Long> others) {
    public DuplicatedResource {
      others = List.copyOf(others);
    }
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
   * @throws JsonProcessingException when it is none, for example a page of another program
   */
  public static OrphanPage parse(String json) throws JsonProcessingException {
    OrphanPage page = JSON.readValue(json, OrphanPage.class);
    if (page == null) {
      throw new JsonMappingException(null, "null is no page");
    }
    return page;
  }
}
