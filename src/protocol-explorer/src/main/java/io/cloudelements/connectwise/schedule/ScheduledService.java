package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.cloudelements.HttpCall;
import io.cloudelements.connectwise.cloudelements.InMemoryTransport.SendOutcome;
import io.cloudelements.connectwise.cloudelements.SimulatedWire;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.TagMatches;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.CallListener;
import io.cloudelements.simulator.Delivery;
import io.cloudelements.simulator.SimulatedExchange;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.fault.FaultRule;
import io.cloudelements.simulator.fault.Faults;
import io.cloudelements.simulator.model.Change;
import io.cloudelements.simulator.model.Instance;
import io.cloudelements.simulator.model.Platform;
import io.cloudelements.simulator.model.Route;
import io.cloudelements.simulator.model.User;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cloud Elements in a schedule: the simulator's model, two accounts, and instances of other owners.
 */
final class ScheduledService {
  static final URI BASE_URL = URI.create("https://api.cloud-elements.com/elements/api-v2");
  static final String CLUSTER_NAME = "canary-cluster";
  static final OwnershipTag TAG =
      OwnershipTag.of(CLUSTER_NAME, new ResourceId(Cluster.NAMESPACE, Cluster.NAME));

  // Every secret is a canary: it must not turn up anywhere but on the wire and in a Secret.
  static final String USER = "kAnArY+user/0001==";
  static final String ORGANIZATION = "c0ffee0canary0organization000001";
  static final String OTHER_USER = "kAnArY+user/0002==";
  static final String RESET_USER = "kAnArY+user/0003==";
  static final String OTHER_ORGANIZATION = "c0ffee0canary0organization000002";
  static final String USERNAME = "integrator";
  static final String PASSWORD_CORE = "kanary-pass";
  static final String PASSWORD = PASSWORD_CORE + "&word<1>";
  static final String NEW_PASSWORD = PASSWORD_CORE + "&word<2>";

  /** Ids follow each other: the strangers are made first. */
  static final long OWNED_ELSEWHERE = 1235;

  static final long FIRST_HAND_MADE = 1237;
  static final String TOKEN_SECRET = Cluster.NAME + "-token";

  private static final String API = "/elements/api-v2";
  private static final Duration BEFORE_EFFECT = Duration.ofMillis(100);
  private static final Duration PROVISIONING = Duration.ofSeconds(6);

  private final World world;
  private final Simulator simulator;
  private final User user;
  private final Set<Long> strangers = new HashSet<>();
  private Optional<RemoteOutcome> arranged = Optional.empty();
  private final Set<Long> posted = new HashSet<>();
  private final MarkedInstances marked;
  private final PlatformAccount account;
  private boolean foreignInstanceChanged;

  ScheduledService(World world, Profile profile) {
    this.world = world;
    this.simulator = new Simulator(new Platform(world.time().trueClock(), 42, 1234), new Faults(7));
    this.marked = new MarkedInstances(simulator.platform());
    this.user = simulator.platform().outsideWorld().addUser(USER, ORGANIZATION);
    simulator.platform().outsideWorld().addUser(OTHER_USER, OTHER_ORGANIZATION);
    this.account = new PlatformAccount(simulator.platform());
    profile.apply(simulator);
    simulator.listen(
        new CallListener() {
          @Override
          public void afterEffect(Call call) {
            note(call);
            marked.changed(call);
          }
        });
    addForeignInstances();
  }

  /** Instances of other owners, which a careless client would take for ours. */
  private void addForeignInstances() {
    stranger(Set.of(Cluster.NAME));
    stranger(Set.of(OwnershipTag.MARKER, foreignTag("another-cluster", Cluster.NAME)));
    stranger(Set.of(OwnershipTag.MARKER, foreignTag(CLUSTER_NAME, "another")));
  }

  private void stranger(Set<String> tags) {
    strangers.add(create(Cluster.NAME, tags).id());
  }

  static String foreignTag(String clusterName, String name) {
    return OwnershipTag.of(clusterName, new ResourceId(Cluster.NAMESPACE, name)).value();
  }

  Instance createByHand(String name, Set<String> tags) {
    Instance created = create(name, tags);
    marked.madeByHand(created);
    return created;
  }

  private Instance create(String name, Set<String> tags) {
    return simulator
        .platform()
        .outsideWorld()
        .createByHand(user, "connectwisehd", name, tags, Map.of());
  }

  /** Makes one by hand in the account of the account object. */
  void createInAccount(Set<String> tags) {
    marked.madeByHand(account.create(tags));
  }

  /** The same for a resource of another namespace. */
  long strangerInAccount() {
    long id =
        account.create(Set.of(OwnershipTag.MARKER, PlatformAccount.NEIGHBOURS_TAG.value())).id();
    strangers.add(id);
    return id;
  }

  /** The account that the account object opens. */
  PlatformAccount inAccount() {
    return account;
  }

  Platform platform() {
    return simulator.platform();
  }

  /** The user's old secret is dead at once, and the new one shows the same (contract §11). */
  void resetUserSecret() {
    platform().outsideWorld().resetUserSecret(USER, RESET_USER);
  }

  /** The instances under this resource's ownership tag, in all accounts. */
  List<Instance> ours() {
    return simulator.platform().liveTagged(TAG.value());
  }

  /** What a search by name instead of by tag finds. */
  TagMatches namesakes() {
    return TagMatches.of(
        simulator.platform().live().stream()
            .filter(instance -> instance.name().equals(Cluster.NAME))
            .map(instance ->
                new ListedInstance(
                    instance.id(),
                    Optional.of(instance.name()),
                    Optional.of(instance.elementKey()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
            .toList());
  }

  /** How many creations took effect. */
  int posts() {
    return posted.size();
  }

  MarkedInstances marked() {
    return marked;
  }

  boolean isForeign(long id) {
    return strangers.contains(id);
  }

  boolean foreignInstanceChanged() {
    return foreignInstanceChanged;
  }

  /** The model behind it, for effects that are on their way. */
  Simulator simulator() {
    return simulator;
  }

  /** What becomes of the next request. */
  void arrange(RemoteOutcome outcome) {
    arranged = Optional.of(outcome);
  }

  void arrangeNothing() {
    arranged = Optional.empty();
  }

  /**
   * @param held whether the account was to be left alone
   * @param secretsRead what the caller knows to be secret
   */
  SendOutcome send(HttpCall sent, boolean held, Supplier<Set<String>> secretsRead) {
    Optional<RemoteOutcome> outcome = arranged;
    arranged = Optional.empty();
    if (outcome.filter(o -> o.fault().isEmpty()).isPresent()) {
      world.pass(BEFORE_EFFECT);
      return new SendOutcome.Refused();
    }
    boolean provisions = sent.deadline().equals(Bounds.WINDOW.deadline());
    Duration half = provisions ? PROVISIONING : BEFORE_EFFECT;
    world.pass(half);
    world.happened(new Step.RequestSent(sent.method(), target(sent), held));
    world.happened(
        new Step.CredentialsSent(
            sent.method(),
            sent.target().getHost(),
            target(sent),
            sent.headers().getOrDefault("Authorization", "")));
    Optional<FaultRule> rule =
        outcome.flatMap(RemoteOutcome::fault).map(simulator.faults().on()::inject);
    marked.look(world.cluster().resource());
    SimulatedExchange exchange = simulator.arrive(SimulatedWire.request(sent));
    rule.ifPresent(simulator.faults()::remove);
    Delivery delivery = exchange.finish();
    world.happened(new Step.Other());
    return switch (delivery) {
      case Delivery.Answered(var response) -> {
        world.pass(half);
        yield new SendOutcome.Answered(
            response.status(), response.headers(), quoting(sent, response.body(), secretsRead));
      }
      case Delivery.ConnectionLost(var begun) ->
          begun
              .<SendOutcome>map(head -> new SendOutcome.BrokenOff(head.status(), head.headers()))
              .orElseGet(SendOutcome.Lost::new);
      case Delivery.NeverAnswers _ -> {
        world.pass(sent.deadline().minus(half));
        yield new SendOutcome.Silence();
      }
    };
  }

  /** Path and query below the API base. */
  private static String target(HttpCall sent) {
    String path = sent.target().toString();
    return path.substring(path.indexOf(API) + API.length());
  }

  /**
   * Some services say back what they were sent or what they have stored, credentials included; here
   * as far as the caller can know it.
   */
  private String quoting(HttpCall sent, String body, Supplier<Set<String>> secretsRead) {
    if (!body.contains(RemoteOutcome.QUOTE)) {
      return body;
    }
    Stream<String> told =
        Stream.of(PASSWORD, NEW_PASSWORD)
            .filter(password -> sent.body().orElse("").contains(password));
    Stream<String> stored =
        ours().stream()
            .flatMap(instance ->
                Stream.concat(
                    Stream.of(instance.token()), instance.configuration().values().stream()))
            .filter(secretsRead.get()::contains);
    return body.replace(
        RemoteOutcome.QUOTE,
        Stream.of(Stream.of(sent.headers().get("Authorization")), told, stored)
            .flatMap(quoted -> quoted)
            .distinct()
            .collect(Collectors.joining(" ")));
  }

  private void note(Call call) {
    for (Call.CallEffect effect : call.effects()) {
      if (effect.kind() == Change.ChangeKind.CREATED
          && call.route().equals(Optional.of(Route.POST_INSTANCES))) {
        posted.add(effect.instanceId());
      }
      foreignInstanceChanged |= strangers.contains(effect.instanceId());
    }
  }
}
