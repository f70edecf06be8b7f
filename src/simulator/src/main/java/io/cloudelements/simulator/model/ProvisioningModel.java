package io.cloudelements.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.simulator.model.Behaviour.AnswerKind;
import io.cloudelements.simulator.model.Behaviour.WrongPassword;
import java.util.Map;
import java.util.Set;

/** Creating and changing instances, with the login at the provider (contract §2, §4, §7). */
final class ProvisioningModel {
  private final ServiceState state;
  private final Wire wire;

  ProvisioningModel(ServiceState state, Wire wire) {
    this.state = state;
    this.wire = wire;
  }

  /** Never idempotent: the same request again creates another instance (contract §2). */
  ApiResponse create(User user, String elementKey, ObjectNode body) {
    requireElement(elementKey);
    // of a name that is nothing but markup nothing is left, which is accepted
    String name =
        Sanitiser.name(body, state.behaviour)
            .orElseThrow(() -> Rejection.of(400, "Missing required field: name"));
    Set<String> tags =
        Sanitiser.tags(body, state.behaviour)
            .filter(sent -> !sent.isEmpty())
            .orElseGet(() -> Set.of(name));
    Map<String, String> configuration = sent(elementKey, body).replacing(Map.of());
    String authentication = body.path("externalAuthentication").asText("none");
    Instance draft =
        Instance.draft(user, elementKey, name, tags, configuration, authentication, state.now());
    boolean skipsProvider = authentication.equals("initial");
    Instance created =
        skipsProvider ? add(draft) : add(draft.with(d -> d.valid = isAccepted(draft)));
    return wire.ok(wire.instance(created, AnswerKind.POST));
  }

  /**
   * What the request leaves out stays (contract §4: PUT with only name and tags succeeded). With
   * {@code reAuthenticate=false} so does what its configuration leaves out, since the vendor's
   * command line switches events on with their entries alone.
   */
  ApiResponse replace(Instance instance, ObjectNode body, boolean reAuthenticates) {
    Entries entries = sent(instance.elementKey(), body);
    boolean reconfigures = !body.path("configuration").isMissingNode();
    Instance renamed = renamed(instance, body);
    Instance changed =
        reconfigures
            ? renamed.with(d ->
                d.configuration =
                    reAuthenticates
                        ? entries.replacing(instance.configuration())
                        : entries.merged(instance.configuration()))
            : renamed;
    boolean valid = reAuthenticates ? verify(changed) : changed.valid();
    Instance stored = reissued(changed.with(d -> d.valid = valid));
    return wire.ok(wire.instance(stored, AnswerKind.PUT));
  }

  ApiResponse merge(Instance instance, ObjectNode body) {
    Entries entries = sent(instance.elementKey(), body);
    Instance renamed = renamed(instance, body);
    Instance changed =
        entries.isEmpty()
            ? renamed
            : renamed.with(d -> d.configuration = entries.merged(instance.configuration()));
    boolean verifies = !entries.isEmpty() && state.behaviour.patchVerifiesCredentials();
    boolean valid = verifies ? verify(changed) : changed.valid();
    Instance stored = changed.with(d -> d.valid = valid);
    state.record(Change.ChangeKind.UPDATED, stored);
    return wire.ok(wire.instance(stored, AnswerKind.PATCH));
  }

  /** One entry of the configuration, by its id among the element's (contract §4). */
  ApiResponse mergeEntry(Instance instance, int configId, ObjectNode body) {
    String key = wire.configurationEntry(instance, configId).path("key").asText();
    if (!body.has("propertyValue")) {
      throw Rejection.of(400, "Missing required field: propertyValue");
    }
    ObjectNode change = JsonNodeFactory.instance.objectNode();
    change.putObject("configuration").set(key, body.get("propertyValue"));
    merge(instance, change);
    return wire.ok(wire.configurationEntry(state.live(instance.id()).orElseThrow(), configId));
  }

  private Instance renamed(Instance instance, ObjectNode body) {
    return instance.with(d -> {
      Sanitiser.name(body, state.behaviour).ifPresent(name -> d.name = name);
      Sanitiser.tags(body, state.behaviour).ifPresent(tags -> d.tags = tags);
    });
  }

  private Instance add(Instance draft) {
    Instance created = state.identifiers.issueTo(draft);
    state.record(Change.ChangeKind.CREATED, created);
    return created;
  }

  private Instance reissued(Instance instance) {
    Instance answer = instance;
    if (state.behaviour.putChangesToken()) {
      answer = answer.with(d -> d.token = state.identifiers.token());
    }
    if (state.behaviour.putChangesId()) {
      state.record(
          Change.ChangeKind.DELETED,
          state.live(instance.id()).orElseThrow().with(d -> d.deleted = true));
      answer = answer.with(d -> d.id = state.identifiers.instance());
      state.record(Change.ChangeKind.CREATED, answer);
    } else {
      state.record(Change.ChangeKind.UPDATED, answer);
    }
    return answer;
  }

  private boolean isAccepted(Instance draft) {
    try {
      return verify(draft);
    } catch (Rejection rejection) {
      if (state.behaviour.rejectedCreationLeavesInstance()) {
        add(draft.with(d -> d.valid = false));
      }
      throw rejection;
    }
  }

  /** Whether the instance is alive after its login, unless the failure is an answer of its own. */
  private boolean verify(Instance instance) {
    return switch (state.provider.verify(state.elementOf(instance), instance.configuration())) {
      case ACCEPTED -> true;
      case STALE_WSDL_PATH ->
          throw Rejection.of(
              state.behaviour.staleWsdlPathStatus(),
              "Failed to connect to the API URL. Validate that you are using the correct WSDL"
                  + " path.");
      case WRONG_PASSWORD -> wrongPassword(state.behaviour.wrongPassword());
    };
  }

  private static boolean wrongPassword(WrongPassword outcome) {
    return switch (outcome) {
      case UNAUTHORIZED -> throw wrongPassword(401);
      case BAD_REQUEST -> throw wrongPassword(400);
      case SERVER_ERROR -> throw wrongPassword(500);
      case BAD_GATEWAY -> throw wrongPassword(502);
      case DEAD_INSTANCE -> false;
    };
  }

  static Rejection wrongPassword(int status) {
    return Rejection.byProvider(status, "Request failed", "Username or password is incorrect.");
  }

  private Entries sent(String elementKey, ObjectNode body) {
    return Entries.sent(elementKey, body.path("configuration"), state.behaviour);
  }

  private void requireElement(String key) {
    if (ElementCatalog.find(key, Set.of(), state.behaviour).isEmpty()) {
      throw Rejection.of(404, "No element found with key " + key);
    }
  }
}
