package io.cloudelements.simulator;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.FaultRule;
import io.cloudelements.simulator.fault.Trigger;
import io.cloudelements.simulator.model.ApiRequest;
import io.cloudelements.simulator.model.Behaviour;
import io.cloudelements.simulator.model.BehaviourBuilder;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Privilege;
import io.cloudelements.simulator.model.Route;
import io.cloudelements.simulator.model.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The JSON of the admin API: alternatives have a {@code type}, which is their simple name. */
final class AdminJson {

  /**
   * A fault as it is asked for; without routes every call, without a user secret everybody's,
   * without a word on when always.
   */
  record FaultOrder(Set<Route> routes, String userSecret, Trigger when, Fault fault) {
    FaultRule rule() {
      if (fault == null) {
        throw new IllegalArgumentException("fault is missing");
      }
      return new FaultRule(
          routes == null ? Set.of() : routes,
          request -> userSecret == null || isSentBy(request),
          when == null ? new Trigger.Always() : when,
          fault);
    }

    private boolean isSentBy(ApiRequest request) {
      return request
          .header("Authorization")
          .filter(all -> all.contains("User " + userSecret + ","))
          .isPresent();
    }
  }

  /** What a person does to an instance; what is absent stays. */
  record InstanceEdit(
      String name, Set<String> tags, Boolean disabled, Boolean valid, Boolean inUse) {}

  /** A user by its secrets; without privileges it may do everything with instances of its own. */
  record UserOrder(
      String userSecret,
      String organizationSecret,
      boolean accountWide,
      Set<Privilege> privileges) {

    Set<Privilege> allowed() {
      Set<Privilege> allowed = EnumSet.complementOf(EnumSet.of(Privilege.ACCOUNT_WIDE));
      if (privileges != null) {
        allowed = EnumSet.noneOf(Privilege.class);
        allowed.addAll(privileges);
      }
      if (accountWide) {
        allowed.add(Privilege.ACCOUNT_WIDE);
      }
      return allowed;
    }
  }

  /** A user's new secret. */
  record SecretReset(String userSecret, String newUserSecret) {
    String newSecret() {
      if (newUserSecret == null) {
        throw new IllegalArgumentException("newUserSecret is missing");
      }
      return newUserSecret;
    }
  }

  /** A login at ConnectWise. */
  record LoginOrder(String company, String username, String password, String serverUrl) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface TypeProperty {}

  private static final ObjectMapper JSON = mapper();

  private AdminJson() {}

  static <T> T read(String body, Class<T> type) throws JsonProcessingException {
    return JSON.readValue(body, type);
  }

  /** The behaviour with the switches that the body names. */
  static Behaviour behaviour(Behaviour before, String body) throws JsonProcessingException {
    BehaviourBuilder switches = before.toBuilder();
    JSON.readerForUpdating(switches).readValue(body);
    return switches.build();
  }

  static JsonNode behaviour(Behaviour behaviour) {
    return JSON.valueToTree(behaviour);
  }

  static ObjectNode rule(FaultRule rule) {
    ObjectNode node = JSON.createObjectNode();
    node.set("routes", JSON.valueToTree(rule.routes()));
    node.set("when", JSON.valueToTree(rule.trigger()));
    node.set("fault", JSON.valueToTree(rule.fault()));
    return node.put("matched", rule.matched()).put("fired", rule.fired());
  }

  static ObjectNode call(Call call) {
    ObjectNode node = JSON.createObjectNode();
    node.put("number", call.number()).put("at", call.at().toString());
    node.put("method", call.method()).put("route", call.route().map(Route::name).orElse(null));
    node.put("path", call.path());
    node.set("query", JSON.valueToTree(call.query()));
    node.put("user", call.user()).put("outcome", call.outcome().name());
    if (call.status().isPresent()) {
      node.put("status", call.status().getAsInt());
    }
    node.set("faults", JSON.valueToTree(call.faults()));
    node.set("effects", JSON.valueToTree(call.effects()));
    return node.put("body", call.body());
  }

  static ObjectNode counts(List<Call> calls) {
    Map<Route, Integer> byRoute = new EnumMap<>(Route.class);
    int inFlight = 0;
    for (Call call : calls) {
      call.route().ifPresent(route -> byRoute.merge(route, 1, Integer::sum));
      inFlight += call.outcome() == Call.DeliveryOutcome.IN_PROGRESS ? 1 : 0;
    }
    ObjectNode node = JSON.createObjectNode();
    byRoute.forEach((route, count) -> node.put(route.name(), count));
    return node.put("total", calls.size()).put("inFlight", inFlight);
  }

  /** The truth about an instance; its token in clear, since that is what one comes to compare. */
  static ObjectNode instance(Instance instance) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", instance.id()).put("token", instance.token());
    node.put("elementKey", instance.elementKey()).put("name", instance.name());
    node.set("tags", JSON.valueToTree(instance.tags()));
    node.set("configuration", JSON.valueToTree(Secrets.masked(instance.configuration())));
    node.put("valid", instance.valid()).put("disabled", instance.disabled());
    node.put("deleted", instance.deleted()).put("inUse", instance.inUse());
    return node.put("createdAt", instance.createdAt().toString());
  }

  private static ObjectMapper mapper() {
    SimpleModule times = new SimpleModule();
    times.addSerializer(Duration.class, new DurationWriter());
    times.addDeserializer(Duration.class, new DurationReader());
    ObjectMapper mapper = new ObjectMapper().registerModule(times);
    mapper.addMixIn(Fault.class, TypeProperty.class).addMixIn(Trigger.class, TypeProperty.class);
    Stream.concat(alternatives(Fault.class), alternatives(Trigger.class))
        .forEach(type -> mapper.registerSubtypes(new NamedType(type, type.getSimpleName())));
    return mapper;
  }

  private static Stream<Class<?>> alternatives(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(AdminJson::alternatives)
        : Stream.of(type);
  }

  private static final class DurationWriter extends StdSerializer<Duration> {
    private static final long serialVersionUID = 1;

    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toString());
    }
  }

  private static final class DurationReader extends StdDeserializer<Duration> {
    private static final long serialVersionUID = 1;

    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Durations.parse(in.getText());
    }
  }
}
