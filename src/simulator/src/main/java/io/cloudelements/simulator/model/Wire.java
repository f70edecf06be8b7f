package io.cloudelements.simulator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.cloudelements.simulator.model.Behaviour.AnswerKind;
import io.cloudelements.simulator.model.Behaviour.TagFormat;
import io.cloudelements.simulator.model.ElementModel.ConfigurationEntry;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The JSON of answers, field by field as in the samples of the real service (contract §2, §3). */
final class Wire {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  // rendered once: it is most of every answer, and never changes
  private static final Map<String, RawValue> ELEMENTS =
      ElementCatalog.all().stream()
          .collect(
              Collectors.toMap(
                  ElementModel::key, element -> new RawValue(element(element).toString())));

  private final ServiceState state;

  Wire(ServiceState state) {
    this.state = state;
  }

  /** An empty body reads as an empty object. */
  static ObjectNode read(String body) {
    try {
      JsonNode node = body.isBlank() ? NODES.objectNode() : JSON.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw Rejection.of(400, "The request body must be a JSON object");
    } catch (JsonProcessingException e) {
      throw Rejection.of(400, "The request body is not valid JSON");
    }
  }

  ApiResponse ok(JsonNode body) {
    return answer(200, body.toString(), Map.of());
  }

  ApiResponse ok(JsonNode body, Map<String, String> headers) {
    return answer(200, body.toString(), headers);
  }

  /** 200 and nothing to read, as for DELETE (contract §5). */
  ApiResponse empty() {
    return answer(200, "", Map.of());
  }

  ApiResponse error(Rejection rejection) {
    Optional<String> requestId =
        Optional.of(state.identifiers.request()).filter(_ -> rejection.identified());
    ObjectNode body = NODES.objectNode();
    requestId.ifPresent(id -> body.put("requestId", id));
    body.put("message", rejection.getMessage());
    rejection.providerMessage().ifPresent(text -> body.put("providerMessage", text));
    Map<String, String> headers = new LinkedHashMap<>(rejection.headers());
    headers.put("Elements-Error", "true");
    return response(rejection.status(), body.toString(), headers, requestId);
  }

  ObjectNode instance(Instance instance, AnswerKind answer) {
    ElementModel element = state.elementOf(instance);
    TagFormat tags =
        answer == AnswerKind.POST
            ? state.behaviour.tagsInCreationAnswer()
            : state.behaviour.tagsInAnswers();
    ObjectNode node = summary(instance, element, tags);
    node.put("elementId", element.id());
    node.set("provisionInteractions", NODES.arrayNode());
    node.put("valid", instance.valid());
    node.put("disabled", instance.disabled());
    node.put("maxCacheSize", 0).put("cacheTimeToLive", 0);
    node.set("configuration", configuration(instance, element, answer));
    node.put("eventsEnabled", "true".equals(instance.configuration().get(EVENTS_ENABLED)));
    node.put("traceLoggingEnabled", false).put("cachingEnabled", false);
    node.put("externalAuthentication", instance.externalAuthentication());
    node.set("user", user(state.users.owner(instance)));
    return node;
  }

  /** An item of a list, which has less than an answer by id (contract §3, §11). */
  ObjectNode item(Instance instance, boolean hydrated) {
    ElementModel element = state.elementOf(instance);
    ObjectNode node = summary(instance, element, state.behaviour.tagsInLists());
    if (!hydrated && state.behaviour.dryLists() == Behaviour.DryLists.WITHOUT_TAGS) {
      node.remove("tags");
    }
    if (!state.behaviour.tokensInLists()) {
      node.remove("token");
    }
    if (state.behaviour.validInLists()) {
      node.put("valid", instance.valid());
    }
    if (state.behaviour.disabledInLists()) {
      node.put("disabled", instance.disabled());
    }
    boolean configuration =
        switch (state.behaviour.configurationInLists()) {
          case NEVER -> false;
          case WHEN_HYDRATED -> hydrated;
          case ALWAYS -> true;
        };
    if (configuration) {
      node.set("configuration", configuration(instance, element, AnswerKind.LIST));
    }
    node.set("user", user(state.users.owner(instance)));
    return node.put("maxCacheSize", 0).put("cacheTimeToLive", 0).put("cachingEnabled", false);
  }

  /** The configuration as an array of definitions with values; secrets are always masked. */
  ArrayNode configurationEntries(Instance instance) {
    ArrayNode array = NODES.arrayNode();
    for (ConfigurationEntry entry : state.elementOf(instance).entries()) {
      String value = instance.configuration().get(entry.key());
      ObjectNode node = definition(entry, array.size() + 1);
      node.put("propertyValue", value != null && entry.isSecret() ? Entries.MASK : value);
      array.add(node);
    }
    return array;
  }

  /** One of them, by the id that they have there. */
  JsonNode configurationEntry(Instance instance, int id) {
    return configurationEntries(instance)
        .valueStream()
        .filter(entry -> entry.path("id").asInt() == id)
        .findFirst()
        .orElseThrow(() -> Rejection.of(404, "No configuration found with ID " + id));
  }

  ArrayNode definitions(ElementModel element) {
    ArrayNode array = NODES.arrayNode();
    for (ConfigurationEntry entry : element.entries()) {
      ObjectNode node = definition(entry, array.size() + 1);
      node.put("defaultValue", entry.defaultValue().orElse(null));
      node.put("resellerConfig", false).put("companyConfig", false).put("internal", false);
      node.put("groupControl", false).put("displayOrder", array.size());
      array.add(node);
    }
    return array;
  }

  static ObjectNode element(ElementModel element) {
    ObjectNode node = NODES.objectNode();
    node.put("id", element.id()).put("name", element.name()).put("key", element.key());
    node.put("description", element.description());
    node.put("image", "elements/provider_connectwise.png");
    node.put("active", true).put("deleted", false);
    node.put("typeOauth", false).put("trialAccount", false);
    node.put(
        "configDescription",
        "If you do not have a ConnectWise account, you can find out more about them at"
            + " ConnectWise");
    node.put("transformationsEnabled", true);
    node.set("authentication", NODES.objectNode());
    node.put("hub", element.hub());
    node.set("parameters", NODES.arrayNode());
    return node;
  }

  /** Sent by element calls (contract §6). */
  static final String INSTANCE_ID = "Elements-Element-Instance-Id";

  /** What a page in a browser may read of an answer (contract §6). */
  private static final String EXPOSED =
      "Elements-Request-Id,Elements-Trace-Id,Elements-Error,Elements-Returned-Count"
          + ",Elements-Total-Count,Elements-Next-Page-Token";

  private static final String EVENTS_ENABLED = "event.notification.enabled";

  private ObjectNode summary(Instance instance, ElementModel element, TagFormat tags) {
    ObjectNode node = NODES.objectNode();
    node.put("id", instance.id()).put("name", instance.name());
    node.put("createdDate", instance.createdAt().truncatedTo(ChronoUnit.SECONDS).toString());
    node.put("token", instance.token());
    node.putRawValue("element", ELEMENTS.get(element.key()));
    switch (tags) {
      case STRINGS -> shuffled(instance).forEach(node.putArray("tags")::add);
      case OBJECTS -> {
        ArrayNode array = node.putArray("tags");
        shuffled(instance)
            .forEach(tag -> array.addObject().put("id", array.size()).put("name", tag));
      }
      case ABSENT -> {}
    }
    return node;
  }

  private List<String> shuffled(Instance instance) {
    List<String> tags = new ArrayList<>(instance.tags());
    Collections.rotate(tags, state.identifiers.rotation(tags.size()));
    return tags;
  }

  /** Strings and nulls only, with every entry that the element has (contract §2). */
  private ObjectNode configuration(Instance instance, ElementModel element, AnswerKind answer) {
    boolean masked = state.behaviour.masked().contains(answer);
    ObjectNode node = NODES.objectNode();
    for (ConfigurationEntry entry : element.entries()) {
      node.putNull(entry.key());
    }
    instance
        .configuration()
        .forEach((key, value) -> {
          boolean secret = element.entry(key).map(ConfigurationEntry::isSecret).orElse(false);
          node.put(key, secret && masked ? Entries.MASK : value);
        });
    return node;
  }

  private static ObjectNode user(User owner) {
    return NODES
        .objectNode()
        .put("id", owner.id())
        .put("emailAddress", owner.emailAddress())
        .put("firstName", "User")
        .put("lastName", Long.toString(owner.id()));
  }

  private static ObjectNode definition(ConfigurationEntry entry, int id) {
    return NODES
        .objectNode()
        .put("id", id)
        .put("key", entry.key())
        .put("name", entry.name())
        .put("description", entry.name())
        .put("required", entry.required())
        .put("type", entry.type())
        .put("active", true)
        .put("hideFromConsole", entry.serverManaged());
  }

  private ApiResponse answer(int status, String body, Map<String, String> headers) {
    return response(status, body, headers, Optional.of(state.identifiers.request()));
  }

  private static ApiResponse response(
      int status, String body, Map<String, String> more, Optional<String> requestId) {
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", "application/json;charset=UTF-8");
    requestId.ifPresent(id -> {
      headers.put("Elements-Request-Id", id);
      headers.put("Elements-Trace-Id", id);
    });
    headers.put(
        "Access-Control-Expose-Headers",
        headers.containsKey(INSTANCE_ID) ? EXPOSED + "," + INSTANCE_ID : EXPOSED);
    return new ApiResponse(status, headers, body);
  }
}
