package io.cloudelements.simulator.model;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The platform: takes requests, gives answers, and can be asked for the truth.
 *
 * <p>Any thread may call it; each call is one step. Time comes from the clock given, ids are
 * consecutive, tokens and request ids come from the seed.
 */
public final class Platform {

  /** What every path starts with (contract §1). */
  public static final String PREFIX = "/elements/api-v2";

  private static final long DEFAULT_SEED = 42;
  private static final long DEFAULT_FIRST_ID = 1234;

  private final ServiceState state;
  private final Wire wire;
  private final Operations operations;
  private final OutsideWorld outsideWorld;

  /** A platform without users, whose first instance gets the id of the documentation's sample. */
  public Platform(InstantSource clock) {
    this(clock, DEFAULT_SEED, DEFAULT_FIRST_ID);
  }

  /**
   * A platform without users.
   *
   * @param seed of tokens and request ids
   * @param firstInstanceId the id of the first instance; the others follow without gaps
   */
  public Platform(InstantSource clock, long seed, long firstInstanceId) {
    state = new ServiceState(clock, seed, firstInstanceId);
    wire = new Wire(state);
    operations = new Operations(state, wire);
    outsideWorld = new OutsideWorld(state);
  }

  /** Answers a request as the service does when nothing is wrong with it. */
  public ApiResponse handle(ApiRequest request) {
    return apply(request, View.TRUE).response();
  }

  /** Answers a request whose reads see what {@code view} shows. */
  public Handled apply(ApiRequest request, View view) {
    return apply(request, view, Optional.empty());
  }

  /**
   * The same for a request that arrived earlier.
   *
   * @param admitted whose secret it had then; a reset since does not stop what is under way
   */
  public Handled apply(ApiRequest request, View view, Optional<User> admitted) {
    synchronized (state) {
      int before = state.instances.changes().size();
      ApiResponse response;
      try {
        response = operations.perform(admit(request, view, admitted));
      } catch (Rejection rejection) {
        response = wire.error(rejection);
      }
      List<Change> changes = state.instances.changes();
      return new Handled(response, List.copyOf(changes.subList(before, changes.size())));
    }
  }

  /** What happens without a call: users, provider, hands of people. */
  public OutsideWorld outsideWorld() {
    return outsideWorld;
  }

  public Behaviour behaviour() {
    synchronized (state) {
      return state.behaviour;
    }
  }

  /** Sets switches, from now on. */
  public void behave(UnaryOperator<Behaviour> change) {
    synchronized (state) {
      state.behaviour = change.apply(state.behaviour);
    }
  }

  public Instant now() {
    return state.now();
  }

  /** The instances that exist, in the order of their ids. */
  public List<Instance> live() {
    synchronized (state) {
      return state.instances.all().stream().filter(Instance::isLive).toList();
    }
  }

  /** The instances that exist and carry the tag. */
  public List<Instance> liveTagged(String tag) {
    List<Instance> tagged = new ArrayList<>();
    for (Instance instance : live()) {
      if (instance.tags().contains(tag)) {
        tagged.add(instance);
      }
    }
    return tagged;
  }

  /** Every instance that was ever created, deleted ones included. */
  public List<Instance> everCreated() {
    synchronized (state) {
      return List.copyOf(state.instances.all());
    }
  }

  /** An instance, also when it is deleted. */
  public Optional<Instance> instance(long id) {
    synchronized (state) {
      return state.instances.byId(id);
    }
  }

  /** Everything that happened, oldest first. */
  public List<Change> changes() {
    synchronized (state) {
      return List.copyOf(state.instances.changes());
    }
  }

  /** Everything that happened to one instance, oldest first. */
  public List<Change> changesOf(long id) {
    return changes().stream().filter(change -> change.instance().id() == id).toList();
  }

  /** The user whom the request's secrets name, empty when the platform would answer 401. */
  public Optional<User> userOf(ApiRequest request) {
    synchronized (state) {
      return userOf(Authorization.of(request));
    }
  }

  /** The order of refusals: route, media types, secrets, limit, privilege (contract §11). */
  private Operations.AdmittedCall admit(ApiRequest request, View view, Optional<User> admitted) {
    Route.Match match =
        Route.match(request)
            .orElseThrow(() ->
                Route.knowsPath(request)
                    ? Rejection.of(405, "Method not allowed")
                    : Rejection.of(404, "Not found"));
    requireJson(request);
    Authorization authorization = Authorization.of(request);
    User user =
        userOf(authorization)
            .or(() -> admitted.flatMap(state.users::now).filter(User::active))
            .orElseThrow(Rejection::unauthorized);
    Optional<Instance> owned = authorization.element().map(token -> owned(token, user));
    boolean complete =
        switch (match.route().access()) {
          case PLATFORM -> authorization.organization().isPresent();
          case TOKEN -> authorization.organization().isPresent() && owned.isPresent();
          case HUB ->
              owned.isPresent()
                  && (authorization.organization().isPresent()
                      || !state.behaviour.organizationRequiredInElementCalls());
        };
    if (!complete) {
      throw Rejection.unauthorized();
    }
    state.limit.count(user, state.now(), state.behaviour);
    Optional<Privilege> lacking = match.route().privilege().filter(needed -> !user.may(needed));
    if (lacking.isPresent()) {
      throw Rejection.of(403, "The user lacks the privilege " + lacking.get().name());
    }
    return new Operations.AdmittedCall(
        request, match.route(), match.variables(), user, owned, view);
  }

  private Optional<User> userOf(Authorization authorization) {
    return authorization
        .user()
        .flatMap(state.users::bySecret)
        .filter(User::active)
        .filter(user ->
            authorization.organization().map(user.organizationSecret()::equals).orElse(true));
  }

  private Instance owned(String token, User user) {
    return state
        .instances
        .byToken(token)
        .filter(instance -> state.users.sees(user, instance))
        .orElseThrow(Rejection::unauthorized);
  }

  private static void requireJson(ApiRequest request) {
    String accepted = request.header("Accept").orElse("*/*").toLowerCase(Locale.ROOT);
    if (!accepted.contains("application/json")
        && !accepted.contains("*/*")
        && !accepted.contains("application/*")) {
      throw Rejection.of(406, "Not acceptable");
    }
    String sent = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!request.body().isEmpty() && !sent.startsWith("application/json")) {
      throw Rejection.of(415, "Unsupported media type");
    }
  }
}
