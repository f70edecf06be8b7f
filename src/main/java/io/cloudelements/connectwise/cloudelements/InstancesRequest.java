package io.cloudelements.connectwise.cloudelements;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SecretValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One request of the contract, without the account. Each endpoint is a type, so that what is
 * particular to it stands in one place.
 *
 * @param <T> what its answer means
 */
sealed interface InstancesRequest<T> {
  Pattern COUNT = Pattern.compile("[0-9]{1,12}");

  /**
   * The first line of a request.
   *
   * @param route the path without ids, for logs
   * @param target path and query below the API base, encoded
   */
  record Line(String method, String route, String target) {
    private static Line ofInstance(String method, long id, String suffix) {
      return new Line(method, "/instances/{id}" + suffix, "/instances/" + id + suffix);
    }
  }

  Line line();

  /** The meaning of a 2xx answer. */
  T read(JsonNode body, Response response) throws IllTypedAnswerException;

  /** The JSON body, where the request has one. */
  default Optional<JsonNode> body() {
    return switch (this) {
      case Create create -> Optional.of(InstanceWriter.whole(create.definition()));
      case Replace replace -> Optional.of(InstanceWriter.whole(replace.definition()));
      case Patch patch -> Optional.of(InstanceWriter.part(patch));
      case Read _, FindByTag _, ListPage _, SetEnabled _, Delete _ -> Optional.empty();
    };
  }

  /** The instance that is sent, by requests that provision: they take 9–26 s (contract §2). */
  default Optional<InstanceDefinition> provisioned() {
    return switch (this) {
      case Create create -> Optional.of(create.definition());
      case Replace replace -> Optional.of(replace.definition());
      case Patch _, Read _, FindByTag _, ListPage _, SetEnabled _, Delete _ -> Optional.empty();
    };
  }

  /** What the request may have done when nobody knows how it ended. */
  default Effect effectIfUnanswered() {
    return isRead() ? Effect.NONE : Effect.UNKNOWN;
  }

  default boolean isRead() {
    return switch (this) {
      case Read _, FindByTag _, ListPage _ -> true;
      case Create _, Replace _, Patch _, SetEnabled _, Delete _ -> false;
    };
  }

  /** Whether a 401 may be ConnectWise's own, passed on by the platform (contract §7). */
  default boolean reachesProvider() {
    return switch (this) {
      case Create _, Replace _, Patch _ -> true;
      case Read _, FindByTag _, ListPage _, SetEnabled _, Delete _ -> false;
    };
  }

  /** What a 2xx answer means of which no more is known than that it is too large. */
  default Optional<T> whenTooLarge() {
    return Optional.empty();
  }

  /** Whether a 2xx answer is of no use without its body. */
  default boolean needsAnswerBody() {
    return switch (this) {
      case Create _, Replace _, Patch _, Read _, FindByTag _, ListPage _ -> true;
      case SetEnabled _, Delete _ -> false;
    };
  }

  /** The secrets in the body. */
  default List<SecretValue> secrets() {
    return provisioned()
        .map(InstanceDefinition::configuration)
        .map(Configuration::secrets)
        .orElse(List.of());
  }

  /** Whether the service's mask would be sent in place of a value (contract §4). */
  default boolean isMasked() {
    return provisioned()
        .map(definition -> definition.configuration().entries().values())
        .map(values -> values.contains(SecretValue.of(Configuration.MASK)))
        .orElse(false);
  }

  /** An answer that says no more than that it was done. */
  record Done() {}

  /** {@code POST /instances} (contract §2). */
  record Create(InstanceDefinition definition) implements InstancesRequest<RemoteInstance> {
    @Override
    public Line line() {
      return new Line("POST", "/instances", "/instances");
    }

    @Override
    public RemoteInstance read(JsonNode body, Response response) throws IllTypedAnswerException {
      return InstanceReader.instance(body);
    }
  }

  /** {@code GET /instances/{id}} (contract §3). */
  record Read(long id) implements InstancesRequest<RemoteInstance> {
    @Override
    public Line line() {
      return Line.ofInstance("GET", id, "");
    }

    @Override
    public RemoteInstance read(JsonNode body, Response response) throws IllTypedAnswerException {
      RemoteInstance instance = InstanceReader.instance(body);
      if (instance.id() != id) {
        throw new IllTypedAnswerException("another instance than was asked for");
      }
      return instance;
    }
  }

  /** One page of {@code GET /instances?tags[]=…} (contract §3). */
  record FindByTag(OwnershipTag tag, PageRequest page) implements InstancesRequest<InstancePage> {
    @Override
    public Line line() {
      return new Line(
          "GET", "/instances", "/instances?tags%5B%5D=" + encoded(tag.value()) + "&" + query(page));
    }

    @Override
    public Optional<InstancePage> whenTooLarge() {
      return Optional.of(InstancePage.TOO_LARGE);
    }

    @Override
    public InstancePage read(JsonNode body, Response response) throws IllTypedAnswerException {
      InstancePage found = pageOf(body, response);
      if (page.hydrated() && found.instances().stream().anyMatch(each -> each.tags().isEmpty())) {
        throw new IllTypedAnswerException("a listed instance without tags");
      }
      return found;
    }
  }

  /** One page of {@code GET /instances}: everything that the account's user sees (contract §3). */
  record ListPage(PageRequest page) implements InstancesRequest<InstancePage> {
    @Override
    public Line line() {
      return new Line("GET", "/instances", "/instances?" + query(page));
    }

    @Override
    public Optional<InstancePage> whenTooLarge() {
      return Optional.of(InstancePage.TOO_LARGE);
    }

    @Override
    public InstancePage read(JsonNode body, Response response) throws IllTypedAnswerException {
      return pageOf(body, response);
    }
  }

  /** {@code PATCH /instances/{id}} with what is given (contract §4). */
  record Patch(long id, Optional<String> name, Optional<Set<String>> tags)
      implements InstancesRequest<RemoteInstance> {
    @Override
    public Line line() {
      return Line.ofInstance("PATCH", id, "");
    }

    @Override
    public RemoteInstance read(JsonNode body, Response response) throws IllTypedAnswerException {
      return InstanceReader.instance(body);
    }
  }

  /** {@code PUT /instances/{id}} (contract §4). */
  record Replace(long id, InstanceDefinition definition)
      implements InstancesRequest<RemoteInstance> {
    @Override
    public Line line() {
      return Line.ofInstance("PUT", id, "");
    }

    @Override
    public RemoteInstance read(JsonNode body, Response response) throws IllTypedAnswerException {
      return InstanceReader.instance(body);
    }
  }

  /** {@code PUT} or {@code DELETE /instances/{id}/enabled} (contract §5). */
  record SetEnabled(long id, boolean enabled) implements InstancesRequest<Done> {
    @Override
    public Line line() {
      return Line.ofInstance(enabled ? "PUT" : "DELETE", id, "/enabled");
    }

    @Override
    public Done read(JsonNode body, Response response) {
      return new Done();
    }
  }

  /** {@code DELETE /instances/{id}} (contract §5). */
  record Delete(long id) implements InstancesRequest<Done> {
    @Override
    public Line line() {
      return Line.ofInstance("DELETE", id, "");
    }

    @Override
    public Done read(JsonNode body, Response response) {
      return new Done();
    }
  }

  private static String query(PageRequest page) {
    return "pageSize="
        + page.size()
        + (page.hydrated() ? "" : "&hydrate=false")
        + page.token().map(value -> "&nextPage=" + encoded(value)).orElse("");
  }

  private static InstancePage pageOf(JsonNode body, Response response)
      throws IllTypedAnswerException {
    return new InstancePage(
        InstanceReader.listed(body),
        response.header("Elements-Next-Page-Token").filter(token -> !token.isBlank()),
        response
            .header("Elements-Total-Count")
            .filter(COUNT.asMatchPredicate())
            .map(count -> OptionalLong.of(Long.parseLong(count)))
            .orElse(OptionalLong.empty()));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
