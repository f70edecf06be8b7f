package io.cloudelements.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cloudelements.simulator.model.Behaviour;
import io.cloudelements.simulator.model.OutsideWorld;
import io.cloudelements.simulator.model.ProviderAccount;
import io.cloudelements.simulator.model.Route;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The outside world over HTTP, for a simulator that runs as a process of its own.
 *
 * <pre>
 * GET    /simulator/journal?route=POST_INSTANCES   calls, secrets masked
 * GET    /simulator/journal/counts                 how many calls, by route, and in flight
 * GET    /simulator/instances                      the truth, deleted ones included
 * PATCH  /simulator/instances/{id}                 {name, tags, disabled, valid, inUse}
 * DELETE /simulator/instances/{id}                 behind the client's back
 * GET, POST, DELETE /simulator/faults              {routes, userSecret, when: {type, …}, fault: {type, …}}
 * GET, PATCH /simulator/behaviour                  switches by name
 * POST   /simulator/users                          {userSecret, organizationSecret, accountWide, privileges}
 * POST   /simulator/users/revoke, …/restore        {userSecret}
 * POST   /simulator/users/reset                    {userSecret, newUserSecret}
 * POST   /simulator/logins                         {company, username, password, serverUrl}
 * POST   /simulator/pending                        late effects happen now
 * POST   /simulator/reset                          all but users and logins is forgotten
 * </pre>
 *
 * What it does not understand is a 400 with the reason.
 */
final class AdminApi {
  static final String PREFIX = "/simulator";

  private final Simulator simulator;
  private final OutsideWorld world;

  AdminApi(Simulator simulator) {
    this.simulator = simulator;
    this.world = simulator.platform().outsideWorld();
  }

  /** A request from the outside world, whose answer is JSON. */
  private interface AdminAction {
    JsonNode perform(RoutingContext context) throws JsonProcessingException;
  }

  Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false));
    router.get(PREFIX + "/journal").handler(context -> answer(context, this::journal));
    router.get(PREFIX + "/journal/counts").handler(context -> answer(context, this::counts));
    router.get(PREFIX + "/instances").handler(context -> answer(context, this::instances));
    router.patch(PREFIX + "/instances/:id").handler(context -> answer(context, this::edit));
    router.delete(PREFIX + "/instances/:id").handler(context -> answer(context, this::delete));
    router.get(PREFIX + "/faults").handler(context -> answer(context, this::faults));
    router.post(PREFIX + "/faults").handler(context -> answer(context, this::inject));
    router.delete(PREFIX + "/faults").handler(context -> answer(context, this::clearFaults));
    router.get(PREFIX + "/behaviour").handler(context -> answer(context, this::behaviour));
    router.patch(PREFIX + "/behaviour").handler(context -> answer(context, this::behave));
    router.post(PREFIX + "/users").handler(context -> answer(context, this::addUser));
    router.post(PREFIX + "/users/revoke").handler(context -> answer(context, this::revoke));
    router.post(PREFIX + "/users/restore").handler(context -> answer(context, this::restore));
    router.post(PREFIX + "/users/reset").handler(context -> answer(context, this::resetSecret));
    router.post(PREFIX + "/logins").handler(context -> answer(context, this::acceptLogin));
    router.post(PREFIX + "/pending").handler(context -> answer(context, this::applyPending));
    router.post(PREFIX + "/reset").handler(context -> answer(context, this::reset));
    return router;
  }

  private JsonNode journal(RoutingContext context) {
    List<String> names = context.queryParam("route");
    List<Call> calls =
        names.isEmpty()
            ? simulator.journal().calls()
            : simulator.journal().calls(names.stream().map(Route::valueOf).toArray(Route[]::new));
    return array(calls, AdminJson::call);
  }

  private JsonNode counts(RoutingContext context) {
    return AdminJson.counts(simulator.journal().calls());
  }

  private JsonNode instances(RoutingContext context) {
    return array(simulator.platform().everCreated(), AdminJson::instance);
  }

  private JsonNode edit(RoutingContext context) throws JsonProcessingException {
    long id = id(context);
    AdminJson.InstanceEdit edit = read(context, AdminJson.InstanceEdit.class);
    Optional.ofNullable(edit.name()).ifPresent(name -> world.rename(id, name));
    Optional.ofNullable(edit.tags()).ifPresent(tags -> world.setTags(id, tags));
    if (edit.disabled() != null) {
      toggle(edit.disabled(), () -> world.disable(id), () -> world.enable(id));
    }
    if (edit.valid() != null) {
      toggle(edit.valid(), () -> world.validate(id), () -> world.invalidate(id));
    }
    if (edit.inUse() != null) {
      toggle(edit.inUse(), () -> world.markInUse(id), () -> world.release(id));
    }
    return instance(id);
  }

  private JsonNode delete(RoutingContext context) {
    world.deleteExternally(id(context));
    return instance(id(context));
  }

  private JsonNode faults(RoutingContext context) {
    return array(simulator.faults().rules(), AdminJson::rule);
  }

  private JsonNode inject(RoutingContext context) throws JsonProcessingException {
    return AdminJson.rule(simulator.faults().add(read(context, AdminJson.FaultOrder.class).rule()));
  }

  private JsonNode clearFaults(RoutingContext context) {
    simulator.faults().clear();
    return done();
  }

  private JsonNode behaviour(RoutingContext context) {
    return AdminJson.behaviour(simulator.platform().behaviour());
  }

  private JsonNode behave(RoutingContext context) throws JsonProcessingException {
    Behaviour changed = AdminJson.behaviour(simulator.platform().behaviour(), body(context));
    simulator.platform().behave(before -> changed);
    return behaviour(context);
  }

  private JsonNode addUser(RoutingContext context) throws JsonProcessingException {
    AdminJson.UserOrder order = read(context, AdminJson.UserOrder.class);
    long id = world.addUser(order.userSecret(), order.organizationSecret(), order.allowed()).id();
    return JsonNodeFactory.instance.objectNode().put("id", id);
  }

  private JsonNode revoke(RoutingContext context) throws JsonProcessingException {
    world.revokeUser(read(context, AdminJson.UserOrder.class).userSecret());
    return done();
  }

  private JsonNode restore(RoutingContext context) throws JsonProcessingException {
    world.restoreUser(read(context, AdminJson.UserOrder.class).userSecret());
    return done();
  }

  private JsonNode resetSecret(RoutingContext context) throws JsonProcessingException {
    AdminJson.SecretReset reset = read(context, AdminJson.SecretReset.class);
    world.resetUserSecret(reset.userSecret(), reset.newSecret());
    return done();
  }

  private JsonNode acceptLogin(RoutingContext context) throws JsonProcessingException {
    AdminJson.LoginOrder order = read(context, AdminJson.LoginOrder.class);
    world.acceptLogin(
        new ProviderAccount(
            order.company(),
            order.username(),
            order.password(),
            Optional.ofNullable(order.serverUrl())));
    return done();
  }

  private JsonNode applyPending(RoutingContext context) {
    return JsonNodeFactory.instance.objectNode().put("applied", simulator.applyPending());
  }

  private JsonNode reset(RoutingContext context) {
    simulator.reset();
    return done();
  }

  private static void answer(RoutingContext context, AdminAction action) {
    try {
      send(context, 200, action.perform(context));
    } catch (JsonProcessingException e) {
      send(context, 400, error(e.getOriginalMessage()));
    } catch (IllegalArgumentException e) {
      send(context, 400, error(String.valueOf(e.getMessage())));
    }
  }

  private static void send(RoutingContext context, int status, JsonNode body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json;charset=UTF-8")
        .end(body.toPrettyString() + "\n");
  }

  private JsonNode instance(long id) {
    return AdminJson.instance(
        simulator
            .platform()
            .instance(id)
            .orElseThrow(() -> new IllegalArgumentException("No instance has id " + id)));
  }

  private static long id(RoutingContext context) {
    return Long.parseLong(context.pathParam("id"));
  }

  private static void toggle(boolean on, Runnable ifOn, Runnable ifOff) {
    (on ? ifOn : ifOff).run();
  }

  private static <T> T read(RoutingContext context, Class<T> type) throws JsonProcessingException {
    return AdminJson.read(body(context), type);
  }

  private static String body(RoutingContext context) {
    return Optional.ofNullable(context.body().asString()).orElse("{}");
  }

  private static <T> ArrayNode array(List<T> values, Function<T, JsonNode> render) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> array.add(render.apply(value)));
    return array;
  }

  private static JsonNode done() {
    return JsonNodeFactory.instance.objectNode().put("done", true);
  }

  private static JsonNode error(String message) {
    return JsonNodeFactory.instance.objectNode().put("error", message);
  }
}
