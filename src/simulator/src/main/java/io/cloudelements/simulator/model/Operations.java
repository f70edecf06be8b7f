package io.cloudelements.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.simulator.model.Behaviour.AnswerKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What each route does, once the caller is known and may do it. */
final class Operations {

  /**
   * A call that is let in.
   *
   * @param owned the instance that the Element token names, when one was sent
   */
  record AdmittedCall(
      ApiRequest request,
      Route route,
      Map<String, String> variables,
      User user,
      Optional<Instance> owned,
      View view) {

    long id() {
      return Long.parseLong(variables.get("id"));
    }

    /** The element in the path, by its key or its id (contract §3); null where there is none. */
    String key() {
      String keyOrId = variables.get("key");
      return keyOrId == null ? null : ElementCatalog.keyOf(keyOrId);
    }

    int configId() {
      return Integer.parseInt(variables.get("configId"));
    }
  }

  private final ServiceState state;
  private final Wire wire;
  private final Listing listing;
  private final ProvisioningModel provisioning;
  private final ElementCalls elementCalls;
  private final OrganizationCalls organizationCalls;
  private final AuditLogCalls auditLogCalls;

  Operations(ServiceState state, Wire wire) {
    this.state = state;
    this.wire = wire;
    this.listing = new Listing(state, wire);
    this.provisioning = new ProvisioningModel(state, wire);
    this.elementCalls = new ElementCalls(state, wire);
    this.organizationCalls = new OrganizationCalls(state, wire);
    this.auditLogCalls = new AuditLogCalls(state, wire);
  }

  ApiResponse perform(AdmittedCall call) {
    return switch (call.route()) {
      case POST_INSTANCES -> create(call, elementKey(body(call).path("element")));
      case POST_ELEMENT_INSTANCES -> create(call, call.key());
      case GET_INSTANCES -> listing.list(call.user(), call.request(), call.view(), any -> true);
      case GET_ELEMENT_INSTANCES -> listOfElement(call);
      case COUNT_INSTANCES -> count(call);
      case GET_INSTANCE, GET_ELEMENT_INSTANCE -> read(call);
      case GET_INSTANCE_CONFIGURATION -> wire.ok(wire.configurationEntries(seen(call)));
      case GET_CONFIGURATION_BY_TOKEN -> wire.ok(wire.configurationEntries(owned(call)));
      case GET_INSTANCE_CONFIGURATION_ENTRY ->
          wire.ok(wire.configurationEntry(seen(call), call.configId()));
      case GET_CONFIGURATION_ENTRY_BY_TOKEN ->
          wire.ok(wire.configurationEntry(owned(call), call.configId()));
      case PATCH_INSTANCE_CONFIGURATION_ENTRY ->
          provisioning.mergeEntry(addressed(call), call.configId(), body(call));
      case PATCH_CONFIGURATION_ENTRY_BY_TOKEN ->
          provisioning.mergeEntry(owned(call), call.configId(), body(call));
      case PUT_INSTANCE, PUT_ELEMENT_INSTANCE -> put(call, addressed(call));
      case PUT_INSTANCE_BY_TOKEN -> put(call, owned(call));
      case PATCH_INSTANCE -> provisioning.merge(addressed(call), body(call));
      case PATCH_INSTANCE_BY_TOKEN -> provisioning.merge(owned(call), body(call));
      case PUT_ENABLED -> enable(addressed(call));
      case PUT_ENABLED_BY_TOKEN -> enable(owned(call));
      case DELETE_ENABLED -> disable(addressed(call));
      case DELETE_ENABLED_BY_TOKEN -> disable(owned(call));
      case DELETE_INSTANCE, DELETE_ELEMENT_INSTANCE -> delete(call);
      case DELETE_INSTANCE_BY_TOKEN -> remove(owned(call));
      case GET_ELEMENT -> wire.ok(described(element(call)));
      case GET_ELEMENT_CONFIGURATION -> wire.ok(wire.definitions(element(call)));
      case GET_AUDIT_LOG -> auditLogCalls.changes(call.request(), call.user(), logged(call));
      case GET_ORGANIZATION -> organizationCalls.me(call.user());
      case RESET_USER_SECRET -> organizationCalls.resetUserSecret(call.user());
      case PING, HUB_PING -> elementCalls.ping(connected(call));
      case OBJECTS, HUB_OBJECTS -> elementCalls.objects(connected(call));
      case HUB_CALL -> elementCalls.read(connected(call), call.variables().get("resource"));
      case OBJECT_CALL -> elementCalls.read(connected(call), call.variables().get("object"));
    };
  }

  private ApiResponse create(AdmittedCall call, String elementKey) {
    if (elementKey.isEmpty()) {
      throw Rejection.of(400, "Missing required field: element.key");
    }
    return provisioning.create(call.user(), elementKey, body(call));
  }

  private ApiResponse listOfElement(AdmittedCall call) {
    return listing.list(
        call.user(),
        call.request(),
        call.view(),
        instance -> instance.elementKey().equals(element(call).key()));
  }

  /** The body of POST names the element by its key, or by its id (contract §2). */
  private static String elementKey(JsonNode element) {
    return element.has("key")
        ? element.path("key").asText()
        : ElementCatalog.keyOf(element.path("id").asText());
  }

  private ApiResponse put(AdmittedCall call, Instance instance) {
    boolean reAuthenticates =
        !call.request().parameter("reAuthenticate").equals(Optional.of("false"));
    return provisioning.replace(instance, body(call), reAuthenticates);
  }

  private ApiResponse count(AdmittedCall call) {
    List<Instance> visible = listing.visible(call.user(), call.view());
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return wire.ok(
        node.put("totalInstances", visible.size()).put("elementInstances", visible.size()));
  }

  private ApiResponse read(AdmittedCall call) {
    boolean deletedToo =
        state.behaviour.softDeletion()
            && call.request().parameter("includeDeleted").equals(Optional.of("true"));
    return wire.ok(wire.instance(seen(call, deletedToo), AnswerKind.GET));
  }

  private ApiResponse enable(Instance instance) {
    state.record(Change.ChangeKind.ENABLED, instance.with(d -> d.disabled = false));
    return wire.empty();
  }

  private ApiResponse disable(Instance instance) {
    state.record(Change.ChangeKind.DISABLED, instance.with(d -> d.disabled = true));
    return wire.empty();
  }

  private ApiResponse delete(AdmittedCall call) {
    if (call.owned().isPresent() && state.behaviour.elementTokenReroutesDeletion()) {
      throw Rejection.byProvider(
          400,
          "Request failed",
          "This API is not supported as there is no or multiple Primary keys.");
    }
    return remove(addressed(call));
  }

  private ApiResponse remove(Instance instance) {
    if (instance.inUse()) {
      throw Rejection.of(409, "The element instance is in use by formula instances");
    }
    state.record(Change.ChangeKind.DELETED, instance.with(d -> d.deleted = true));
    return wire.empty();
  }

  private ObjectNode described(ElementModel element) {
    ObjectNode node = Wire.element(element);
    node.set("configuration", wire.definitions(element));
    return node;
  }

  private Instance seen(AdmittedCall call) {
    return seen(call, false);
  }

  /** The instance as the call's view shows it. */
  private Instance seen(AdmittedCall call, boolean deletedToo) {
    return visible(
        call,
        Optional.ofNullable(state.instances.asOf(call.view(), state.now()).get(call.id())),
        deletedToo);
  }

  /** An instance whose history is asked for, also when it is deleted. */
  private Instance logged(AdmittedCall call) {
    return visible(call, state.instances.byId(call.id()), true);
  }

  /** The instance as it is, for writes. */
  private Instance addressed(AdmittedCall call) {
    return visible(call, state.instances.byId(call.id()), false);
  }

  private Instance visible(AdmittedCall call, Optional<Instance> instance, boolean deletedToo) {
    return instance
        .filter(found -> deletedToo || found.isLive())
        .filter(found -> state.users.sees(call.user(), found))
        .filter(found -> call.key() == null || call.key().equals(found.elementKey()))
        .orElseThrow(
            () -> Rejection.of(404, state.behaviour.missingInstanceMessage().formatted(call.id())));
  }

  private static Instance owned(AdmittedCall call) {
    return call.owned().orElseThrow(Rejection::unauthorized);
  }

  /** The instance whose element is called: without a hub in the path the token alone names it. */
  private Instance connected(AdmittedCall call) {
    Instance instance = owned(call);
    String hub = call.variables().get("hub");
    if (hub != null
        && !hub.equals(state.elementOf(instance).hub())
        && state.behaviour.hubMustFitInstance()) {
      throw Rejection.of(404, "The element instance is not of the hub " + hub);
    }
    return instance;
  }

  private ElementModel element(AdmittedCall call) {
    return ElementCatalog.find(call.key(), Set.of(), state.behaviour)
        .orElseThrow(() -> Rejection.of(404, "No element found with key " + call.key()));
  }

  private static ObjectNode body(AdmittedCall call) {
    return Wire.read(call.request().body());
  }
}
