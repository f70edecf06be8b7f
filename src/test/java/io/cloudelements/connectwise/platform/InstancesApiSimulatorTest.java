package io.cloudelements.connectwise.platform;

import static io.cloudelements.connectwise.instance.Effect.ABSENT;
import static io.cloudelements.connectwise.instance.Effect.UNKNOWN;
import static io.cloudelements.connectwise.platform.HttpTestClient.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.Redacted;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.AccessDenied;
import io.cloudelements.connectwise.instance.RemoteFailure.AccountRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.InUse;
import io.cloudelements.connectwise.instance.RemoteFailure.NotFound;
import io.cloudelements.connectwise.instance.RemoteFailure.ProviderRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.RemoteFailure.ServiceFailed;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.simulator.Simulator;
import io.cloudelements.simulator.SimulatorServer;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.fault.Fault.AppliedLate;
import io.cloudelements.simulator.fault.Fault.AppliedResponseLost;
import io.cloudelements.simulator.fault.Fault.AppliedTwice;
import io.cloudelements.simulator.fault.Fault.BodyBreaksOff;
import io.cloudelements.simulator.fault.Fault.DropsPageToken;
import io.cloudelements.simulator.fault.Fault.Hang;
import io.cloudelements.simulator.fault.Fault.Html;
import io.cloudelements.simulator.fault.Fault.IgnoresTags;
import io.cloudelements.simulator.fault.Fault.LostBeforeApplied;
import io.cloudelements.simulator.fault.Fault.OversizedBody;
import io.cloudelements.simulator.fault.Fault.Redirect;
import io.cloudelements.simulator.fault.Fault.RepeatsPage;
import io.cloudelements.simulator.fault.Fault.RevokesUser;
import io.cloudelements.simulator.fault.Fault.Status;
import io.cloudelements.simulator.fault.Fault.TooManyRequests;
import io.cloudelements.simulator.fault.Fault.TruncatedBody;
import io.cloudelements.simulator.fault.Fault.WrongTypes;
import io.cloudelements.simulator.platform.Behaviour.WrongPassword;
import io.cloudelements.simulator.platform.Instance;
import io.cloudelements.simulator.platform.OutsideWorld;
import io.cloudelements.simulator.platform.Privilege;
import io.cloudelements.simulator.platform.ProviderAccount;
import io.cloudelements.simulator.platform.Route;
import io.cloudelements.simulator.platform.User;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The port against the model of the platform, through all of HTTP, with everything it can do. */
class InstancesApiSimulatorTest {
  private static final Duration DEADLINE = Duration.ofMillis(500);

  private static Vertx vertx;

  private final Simulator simulator = new Simulator(InstantSource.system());
  private final OutsideWorld world = simulator.platform().outsideWorld();
  private final User user = world.addUser(Samples.USER_SECRET, Samples.ORGANIZATION_SECRET);
  private SimulatorServer server;
  private HttpInstancesApi api;
  private Account account;

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @BeforeEach
  void start() {
    server = SimulatorServer.start(simulator);
    account = Samples.account(server.baseUrl().toString());
    api = client(DEADLINE.multipliedBy(20));
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  // --- each call, when all is well

  @ParameterizedTest
  @EnumSource(names = {"CONNECTWISE_HD", "CONNECTWISE_CRM"})
  void creationSendsTheSeedsBodyAndReadsItsAnswer(Element element) throws JsonProcessingException {
    // Given: the seed's request, with values for its placeholders and the operator's tags
    String prefix = element.defaultPrefix();
    String seed =
        """
        {"element": {"key": "%1$s"},
         "configuration": {"%2$s.username": "open username", "%2$s.password": "%3$s",
                           "%2$s.server.url": "open serverUrl", "%2$s.company": "open company"},
         "tags": ["acme", "connectwise-operator", "%4$s"],
         "name": "Acme help desk"}
        """
            .formatted(element.key(), prefix, Samples.PASSWORD, Samples.TAG);
    // When
    RemoteInstance created = api.create(account, Samples.definition(element), Instant.MAX);
    // Then
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(simulator.journal().unmaskedBody(1))).isEqualTo(json.readTree(seed));
    Instance real = simulator.platform().live().getFirst();
    assertThat(created.id()).isEqualTo(real.id());
    assertThat(created.token().reveal()).isEqualTo(real.token());
    assertThat(created.elementKey()).contains(element.key());
    assertThat(created.configuration()).containsEntry(prefix + ".password", "********");
  }

  @Test
  void readingShowsTheInstance() {
    // Given
    long id = create();
    world.invalidate(id);
    // When
    RemoteInstance read = api.read(account, id);
    // Then
    assertThat(read.id()).isEqualTo(id);
    assertThat(read.valid()).contains(false);
    assertThat(read.disabled()).contains(false);
    assertThat(read.carries(Samples.TAG)).isTrue();
  }

  @Test
  void searchingFindsOnlyTheTag() {
    // Given: one of ours and one of somebody else's
    long id = create();
    byHand("other");
    // When
    List<RemoteInstance> found = api.findByTag(account, Samples.TAG);
    // Then: a listing does not say whether it is disabled
    assertThat(found).extracting(RemoteInstance::id).containsExactly(id);
    assertThat(found.getFirst().disabled()).isEmpty();
  }

  @Test
  void nothingFoundIsAnEmptyList() {
    // Given: the service says 404
    // When
    List<RemoteInstance> found = api.findByTag(account, Samples.TAG);
    // Then
    assertThat(found).isEmpty();
  }

  @Test
  void allPagesAreRead() {
    // Given: pages of two
    simulator.platform().behave(behaviour -> behaviour.with(b -> b.maxPageSize = 2));
    for (int i = 0; i < 5; i++) {
      byHand(Samples.TAG.value());
    }
    // When
    List<RemoteInstance> found = api.findByTag(account, Samples.TAG);
    // Then: on one connection
    assertThat(found).hasSize(5).doesNotHaveDuplicates();
    assertThat(simulator.journal().count(Route.GET_INSTANCES)).isEqualTo(3);
  }

  @Test
  void patchingChangesNameAndTagsAndNothingElse() {
    // Given
    long id = create();
    // When
    RemoteInstance patched =
        api.patch(account, id, Optional.of("New name"), Optional.of(Set.of("a", "b")));
    // Then
    assertThat(patched.name()).contains("New name");
    assertThat(patched.tags()).contains(Set.of("a", "b"));
    assertThat(simulator.platform().live().getFirst().configuration())
        .containsEntry("helpdesk.connectwise.password", Samples.PASSWORD);
  }

  @Test
  void replacingKeepsIdAndToken() {
    // Given
    RemoteInstance created = api.create(account, Samples.definition(), Instant.MAX);
    // When
    RemoteInstance replaced = api.replace(account, created.id(), Samples.definition());
    // Then
    assertThat(replaced.id()).isEqualTo(created.id());
    assertThat(replaced.token()).isEqualTo(created.token());
  }

  @Test
  void anInstanceIsSwitchedOffAndOn() {
    // Given
    long id = create();
    // When
    api.setEnabled(account, id, false);
    // Then
    assertThat(api.read(account, id).disabled()).contains(true);
    api.setEnabled(account, id, true);
    assertThat(api.read(account, id).disabled()).contains(false);
  }

  @Test
  void deletingIsDoneOnceAndThenNotFound() {
    // Given
    long id = create();
    // When
    api.delete(account, id);
    // Then: only the caller knows what a second one means
    assertThat(simulator.platform().live()).isEmpty();
    assertThat(failure(() -> api.delete(account, id))).isInstanceOf(NotFound.class);
  }

  // --- what the service refuses

  @Test
  void aMissingInstanceIsNotFound() {
    // Given, When
    RemoteFailure failure = failure(() -> api.read(account, 4711));
    // Then
    assertThat(failure).isInstanceOf(NotFound.class);
    assertThat(failure.answer().requestId()).isPresent();
  }

  @Test
  void anInstanceInUseIsNotDeleted() {
    // Given
    long id = create();
    world.markInUse(id);
    // When
    RemoteFailure failure = failure(() -> api.delete(account, id));
    // Then
    assertThat(failure).isInstanceOf(InUse.class);
    assertThat(failure.answer().message()).isPresent();
  }

  @Test
  void aRevokedAccountIsRejectedByEveryCall() {
    // Given
    world.revokeUser(Samples.USER_SECRET);
    List<Runnable> calls =
        List.of(
            () -> api.create(account, Samples.definition(), Instant.MAX),
            () -> api.read(account, 7),
            () -> api.findByTag(account, Samples.TAG),
            () -> api.patch(account, 7, Optional.of("n"), Optional.empty()),
            () -> api.replace(account, 7, Samples.definition()),
            () -> api.setEnabled(account, 7, true),
            () -> api.delete(account, 7));
    // When
    List<RemoteFailure> failures = calls.stream().map(HttpTestClient::failure).toList();
    // Then: never "gone"
    assertThat(failures).hasSize(7).hasOnlyElementsOfType(AccountRejected.class);
  }

  @Test
  void anAccountWithoutAPrivilegeIsDenied() {
    // Given
    world.addUser("reader", "org", EnumSet.of(Privilege.VIEW_INSTANCES));
    Account reader = new Account(account.baseUrl(), Redacted.of("reader"), Redacted.of("org"));
    // When
    RemoteFailure failure = failure(() -> api.create(reader, Samples.definition(), Instant.MAX));
    // Then
    assertThat(failure).isInstanceOf(AccessDenied.class);
  }

  static List<Arguments> wrongPasswords() {
    return List.of(
        argumentSet("401", WrongPassword.UNAUTHORIZED, ProviderRejected.class, ABSENT),
        argumentSet("400", WrongPassword.BAD_REQUEST, ProviderRejected.class, ABSENT),
        argumentSet("500", WrongPassword.SERVER_ERROR, ServiceFailed.class, UNKNOWN),
        argumentSet("502", WrongPassword.BAD_GATEWAY, ServiceFailed.class, UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("wrongPasswords")
  void aWrongPasswordIsNotTheAccountsFault(
      WrongPassword way, Class<? extends RemoteFailure> expected, Effect effect) {
    // Given: ConnectWise accepts somebody else only; four ways were seen
    world.acceptLogin(ProviderAccount.of("other", "other", "other"));
    simulator.platform().behave(behaviour -> behaviour.with(b -> b.wrongPassword = way));
    // When
    RemoteFailure failure = failure(() -> api.create(account, Samples.definition(), Instant.MAX));
    // Then: and the service's own words are there for the user
    assertThat(failure).isInstanceOf(expected);
    assertThat(failure.effect()).isEqualTo(effect);
    assertThat(failure.answer().message().or(failure.answer()::providerMessage)).isPresent();
  }

  // --- what goes wrong on the way

  static List<Arguments> faultsOfCreation() {
    return List.of(
        fault("lost before it took effect", new LostBeforeApplied(), ConnectionLost.class, UNKNOWN),
        fault("took effect, answer lost", new AppliedResponseLost(), ConnectionLost.class, UNKNOWN),
        fault("takes effect later", AppliedLate.by(Duration.ZERO), ConnectionLost.class, UNKNOWN),
        fault(
            "takes effect later, 504 meanwhile",
            new AppliedLate(Duration.ZERO, AppliedLate.Seen.GATEWAY_TIMEOUT),
            ServiceFailed.class,
            UNKNOWN),
        fault("never answered", new Hang(true), TimedOut.class, UNKNOWN),
        fault("JSON that ends early", new TruncatedBody(40), UnexpectedAnswer.class, UNKNOWN),
        fault("an answer that breaks off", new BodyBreaksOff(40), UnexpectedAnswer.class, UNKNOWN),
        fault("2 MB", new OversizedBody(2 << 20), UnexpectedAnswer.class, UNKNOWN),
        fault("a redirect", new Redirect("http://127.0.0.1:1/"), UnexpectedAnswer.class, UNKNOWN),
        fault("a page, 200", new Html(200, true), UnexpectedAnswer.class, UNKNOWN),
        fault("a page, 404", new Html(404, false), UnexpectedAnswer.class, UNKNOWN),
        fault("a page, 503", new Html(503, true), ServiceFailed.class, UNKNOWN),
        fault("500", Status.of(500), ServiceFailed.class, UNKNOWN),
        fault("400", Status.of(400), ProviderRejected.class, ABSENT),
        fault("403", Status.of(403), AccessDenied.class, ABSENT),
        fault(
            "429",
            new TooManyRequests(TooManyRequests.RetryAfter.NONE, Duration.ZERO),
            RateLimited.class,
            ABSENT),
        fault("revoked in this moment", new RevokesUser(), AccountRejected.class, ABSENT),
        fault(
            "id as text",
            new WrongTypes(WrongTypes.Defect.ID_IS_TEXT),
            UnexpectedAnswer.class,
            UNKNOWN),
        fault(
            "id in words",
            new WrongTypes(WrongTypes.Defect.ID_IS_WORDS),
            UnexpectedAnswer.class,
            UNKNOWN),
        fault(
            "no id", new WrongTypes(WrongTypes.Defect.ID_ABSENT), UnexpectedAnswer.class, UNKNOWN),
        fault(
            "token null",
            new WrongTypes(WrongTypes.Defect.TOKEN_NULL),
            UnexpectedAnswer.class,
            UNKNOWN),
        fault(
            "no token",
            new WrongTypes(WrongTypes.Defect.TOKEN_ABSENT),
            UnexpectedAnswer.class,
            UNKNOWN),
        fault(
            "a text",
            new WrongTypes(WrongTypes.Defect.BODY_IS_TEXT),
            UnexpectedAnswer.class,
            UNKNOWN),
        fault(
            "nothing",
            new WrongTypes(WrongTypes.Defect.BODY_EMPTY),
            UnexpectedAnswer.class,
            UNKNOWN));
  }

  private static Arguments fault(
      String what, Fault fault, Class<? extends RemoteFailure> failure, Effect effect) {
    return argumentSet(what, fault, failure, effect);
  }

  @ParameterizedTest
  @MethodSource("faultsOfCreation")
  void aCreationThatGoesWrongSaysWhatMayHaveHappened(
      Fault fault, Class<? extends RemoteFailure> expected, Effect effect) {
    // Given
    simulator.faults().on(Route.POST_INSTANCES).inject(fault);
    HttpInstancesApi hasty = client(DEADLINE);
    // When
    RemoteFailure failure = failure(() -> hasty.create(account, Samples.definition(), Instant.MAX));
    hasty.close();
    // Then: and it was sent once, whatever happened
    assertThat(failure).isInstanceOf(expected);
    assertThat(failure.effect()).isEqualTo(effect);
    assertThat(simulator.journal().count(Route.POST_INSTANCES)).isEqualTo(1);
    if (effect == ABSENT) {
      assertThat(simulator.platform().everCreated()).isEmpty();
    }
  }

  static List<Arguments> faultsOfReads() {
    return List.of(
        fault("never answered", new Hang(false), TimedOut.class, ABSENT),
        fault("lost", new LostBeforeApplied(), ConnectionLost.class, ABSENT),
        fault("a page, 404", new Html(404, false), UnexpectedAnswer.class, ABSENT),
        fault("a page, 200", new Html(200, false), UnexpectedAnswer.class, ABSENT),
        fault("a redirect", new Redirect("http://127.0.0.1:1/"), UnexpectedAnswer.class, ABSENT),
        fault("2 MB", new OversizedBody(2 << 20), UnexpectedAnswer.class, ABSENT),
        fault("JSON that ends early", new TruncatedBody(40), UnexpectedAnswer.class, ABSENT),
        fault("502", Status.of(502), ServiceFailed.class, ABSENT),
        fault("404 in JSON", Status.of(404), NotFound.class, ABSENT),
        fault(
            "no id", new WrongTypes(WrongTypes.Defect.ID_ABSENT), UnexpectedAnswer.class, ABSENT));
  }

  @ParameterizedTest
  @MethodSource("faultsOfReads")
  void aReadThatGoesWrongDidNothing(
      Fault fault, Class<? extends RemoteFailure> expected, Effect effect) {
    // Given
    long id = create();
    simulator.faults().on(Route.GET_INSTANCE).inject(fault);
    HttpInstancesApi hasty = client(DEADLINE);
    // When
    RemoteFailure failure = failure(() -> hasty.read(account, id));
    hasty.close();
    // Then
    assertThat(failure).isInstanceOf(expected);
    assertThat(failure.effect()).isEqualTo(effect);
  }

  static List<Arguments> faultsOfDeletion() {
    return List.of(
        fault("answer lost", new AppliedResponseLost(), ConnectionLost.class, UNKNOWN),
        fault("never answered", new Hang(true), TimedOut.class, UNKNOWN),
        fault("a page, 200", new Html(200, false), UnexpectedAnswer.class, UNKNOWN),
        fault("500", Status.of(500), ServiceFailed.class, UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("faultsOfDeletion")
  void aDeletionThatGoesWrongIsInDoubt(
      Fault fault, Class<? extends RemoteFailure> expected, Effect effect) {
    // Given
    long id = create();
    simulator.faults().on(Route.DELETE_INSTANCE).inject(fault);
    HttpInstancesApi hasty = client(DEADLINE);
    // When
    RemoteFailure failure = failure(() -> hasty.delete(account, id));
    hasty.close();
    // Then
    assertThat(failure).isInstanceOf(expected);
    assertThat(failure.effect()).isEqualTo(effect);
  }

  @ParameterizedTest
  @EnumSource(names = {"TAGS_NUMBER", "CONFIGURATION_ARRAY", "ELEMENT_TEXT"})
  void whatIsIllTypedButNotNeededIsUnknown(WrongTypes.Defect defect) {
    // Given
    simulator.faults().on(Route.POST_INSTANCES).inject(new WrongTypes(defect));
    // When
    RemoteInstance created = api.create(account, Samples.definition(), Instant.MAX);
    // Then: id and token are enough to go on, and to lose them would leave an orphan
    assertThat(created.id()).isEqualTo(simulator.platform().live().getFirst().id());
  }

  @Test
  void aRequestDoneTwiceShowsTheSecondInstance() {
    // Given
    simulator.faults().on(Route.POST_INSTANCES).inject(new AppliedTwice());
    // When
    RemoteInstance created = api.create(account, Samples.definition(), Instant.MAX);
    // Then: the first is found by its tag
    assertThat(created.id()).isEqualTo(simulator.platform().live().get(1).id());
    assertThat(api.findByTag(account, Samples.TAG)).hasSize(2);
  }

  @Test
  void aListThatIgnoresTagsIsFiltered() {
    // Given
    long id = create();
    byHand("other");
    simulator.faults().on(Route.GET_INSTANCES).inject(new IgnoresTags());
    // When
    List<RemoteInstance> found = api.findByTag(account, Samples.TAG);
    // Then
    assertThat(found).extracting(RemoteInstance::id).containsExactly(id);
  }

  @Test
  void aListThatRepeatsItsPageIsNoList() {
    // Given
    simulator.platform().behave(behaviour -> behaviour.with(b -> b.maxPageSize = 1));
    byHand(Samples.TAG.value());
    byHand(Samples.TAG.value());
    byHand(Samples.TAG.value());
    simulator.faults().on(Route.GET_INSTANCES).inject(new RepeatsPage());
    // When
    RemoteFailure failure = failure(() -> api.findByTag(account, Samples.TAG));
    // Then
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
  }

  @Test
  void aListWithoutItsTokenEndsThere() {
    // Given: nothing tells that there is more
    simulator.platform().behave(behaviour -> behaviour.with(b -> b.maxPageSize = 1));
    byHand(Samples.TAG.value());
    byHand(Samples.TAG.value());
    simulator.faults().on(Route.GET_INSTANCES).inject(new DropsPageToken());
    // When
    List<RemoteInstance> found = api.findByTag(account, Samples.TAG);
    // Then
    assertThat(found).hasSize(1);
  }

  @Test
  void aLimitSaysWhenToComeBack() {
    // Given
    simulator
        .faults()
        .on(Route.GET_INSTANCE)
        .inject(new TooManyRequests(TooManyRequests.RetryAfter.SECONDS, Duration.ofSeconds(42)));
    // When
    RemoteFailure failure = failure(() -> api.read(account, 7));
    // Then
    assertThat(failure)
        .isInstanceOfSatisfying(
            RateLimited.class,
            limited -> assertThat(limited.retryAfter()).contains(Duration.ofSeconds(42)));
  }

  private HttpInstancesApi client(Duration deadline) {
    return HttpTestClient.api(
        vertx,
        server.baseUrl().toString(),
        c -> {
          c.requestTimeout = deadline;
          c.provisionTimeout = deadline;
        });
  }

  private long create() {
    return api.create(account, Samples.definition(), Instant.MAX).id();
  }

  private void byHand(String tag) {
    world.createByHand(
        user, "connectwisehd", "by hand", Set.of(tag, OwnershipTag.MARKER), Map.of());
  }
}
