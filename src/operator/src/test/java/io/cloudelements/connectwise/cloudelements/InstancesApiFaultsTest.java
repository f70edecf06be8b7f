package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.HttpTestClient.failure;
import static io.cloudelements.connectwise.instance.Effect.NONE;
import static io.cloudelements.connectwise.instance.Effect.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.instance.Effect;
import io.cloudelements.connectwise.instance.InstanceDefinition;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.AccessDenied;
import io.cloudelements.connectwise.instance.RemoteFailure.AccountRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.ConnectionLost;
import io.cloudelements.connectwise.instance.RemoteFailure.NotFound;
import io.cloudelements.connectwise.instance.RemoteFailure.ProviderRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.RateLimited;
import io.cloudelements.connectwise.instance.RemoteFailure.ServiceFailed;
import io.cloudelements.connectwise.instance.RemoteFailure.TimedOut;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.connectwise.instance.RemoteInstance;
import io.cloudelements.connectwise.instance.SendWindow;
import io.cloudelements.connectwise.instance.TagMatches;
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
import io.cloudelements.simulator.model.Behaviour.DryLists;
import io.cloudelements.simulator.model.Behaviour.ListConfiguration;
import io.cloudelements.simulator.model.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The port against the model of the platform, with everything that can go wrong on the way. */
class InstancesApiFaultsTest {
  private static final Duration DEADLINE = Duration.ofMillis(500);

  @RegisterExtension final SimulatedService service = new SimulatedService();

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
        fault("400", Status.of(400), ProviderRejected.class, NONE),
        fault("403", Status.of(403), AccessDenied.class, NONE),
        fault(
            "429",
            new TooManyRequests(TooManyRequests.RetryAfterFormat.NONE, Duration.ZERO),
            RateLimited.class,
            NONE),
        fault("revoked in this moment", new RevokesUser(), AccountRejected.class, NONE),
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

  /** Of a call that waits no longer than it must. */
  private RemoteFailure failureUnder(Fault fault, Route route, Consumer<HttpInstancesApi> call) {
    service.simulator().faults().on(route).inject(fault);
    HttpInstancesApi hasty = service.client(DEADLINE);
    return failure(() -> call.accept(hasty));
  }

  private static Arguments fault(
      String what, Fault fault, Class<? extends RemoteFailure> failure, Effect effect) {
    return argumentSet(what, fault, failure, effect);
  }

  @ParameterizedTest
  @MethodSource("faultsOfCreation")
  void aFailedCreationReportsItsEffect(
      Fault fault, Class<? extends RemoteFailure> expected, Effect effect) {
    // Given
    InstanceDefinition definition = ApiSamples.definition();
    // When
    RemoteFailure failure =
        failureUnder(
            fault,
            Route.POST_INSTANCES,
            hasty -> hasty.create(service.account(), definition, SendWindow.ALWAYS));
    // Then: and it was sent once
    assertThat(failure).isInstanceOf(expected);
    assertThat(failure.effect()).isEqualTo(effect);
    assertThat(service.simulator().journal().count(Route.POST_INSTANCES)).isEqualTo(1);
    if (effect == NONE) {
      assertThat(service.simulator().platform().everCreated()).isEmpty();
    }
  }

  static List<Arguments> faultsOfReads() {
    return List.of(
        fault("never answered", new Hang(false), TimedOut.class, NONE),
        fault("lost", new LostBeforeApplied(), ConnectionLost.class, NONE),
        fault("a page, 404", new Html(404, false), UnexpectedAnswer.class, NONE),
        fault("a page, 200", new Html(200, false), UnexpectedAnswer.class, NONE),
        fault("a redirect", new Redirect("http://127.0.0.1:1/"), UnexpectedAnswer.class, NONE),
        fault("2 MB", new OversizedBody(2 << 20), UnexpectedAnswer.class, NONE),
        fault("JSON that ends early", new TruncatedBody(40), UnexpectedAnswer.class, NONE),
        fault("502", Status.of(502), ServiceFailed.class, NONE),
        fault("404 in JSON", Status.of(404), NotFound.class, NONE),
        fault("no id", new WrongTypes(WrongTypes.Defect.ID_ABSENT), UnexpectedAnswer.class, NONE));
  }

  @ParameterizedTest
  @MethodSource("faultsOfReads")
  void aFailedReadHasNoEffect(Fault fault, Class<? extends RemoteFailure> expected, Effect effect) {
    // Given
    long id = service.create();
    // When
    RemoteFailure failure =
        failureUnder(fault, Route.GET_INSTANCE, hasty -> hasty.read(service.account(), id));
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
  void aFailedDeletionReportsItsEffect(
      Fault fault, Class<? extends RemoteFailure> expected, Effect effect) {
    // Given
    long id = service.create();
    // When
    RemoteFailure failure =
        failureUnder(fault, Route.DELETE_INSTANCE, hasty -> hasty.delete(service.account(), id));
    // Then
    assertThat(failure).isInstanceOf(expected);
    assertThat(failure.effect()).isEqualTo(effect);
  }

  @ParameterizedTest
  @EnumSource(names = {"TAGS_NUMBER", "CONFIGURATION_ARRAY", "ELEMENT_TEXT"})
  void anOptionalFieldOfTheWrongTypeIsUnknown(WrongTypes.Defect defect) {
    // Given
    service.simulator().faults().on(Route.POST_INSTANCES).inject(new WrongTypes(defect));
    // When
    RemoteInstance created =
        service.api().create(service.account(), ApiSamples.definition(), SendWindow.ALWAYS);
    // Then: id and token are enough to go on, and to lose them would leave an orphan
    assertThat(created.id()).isEqualTo(service.simulator().platform().live().getFirst().id());
  }

  @Test
  void aCreationAppliedTwiceReturnsTheSecondInstance() {
    // Given
    service.simulator().faults().on(Route.POST_INSTANCES).inject(new AppliedTwice());
    // When
    RemoteInstance created =
        service.api().create(service.account(), ApiSamples.definition(), SendWindow.ALWAYS);
    // Then: the first is found by its tag
    assertThat(created.id()).isEqualTo(service.simulator().platform().live().get(1).id());
    assertThat(service.api().findByTag(service.account(), ApiSamples.TAG).instances()).hasSize(2);
  }

  @Test
  void filtersAListThatIgnoresTags() {
    // Given
    long id = service.create();
    service.byHand("other");
    service.simulator().faults().on(Route.GET_INSTANCES).inject(new IgnoresTags());
    // When
    List<ListedInstance> found =
        service.api().findByTag(service.account(), ApiSamples.TAG).instances();
    // Then
    assertThat(found).extracting(ListedInstance::id).containsExactly(id);
  }

  /** 200 items of 6 KB are more than an answer may be, and ours is one of them. */
  @ParameterizedTest
  @EnumSource
  void findsItsInstanceAmongLargeOnesWithOrWithoutHydrate(DryLists dryLists) {
    // Given
    long id = service.create();
    for (int i = 0; i < 300; i++) {
      service.byHand("other-" + i, Map.of("helpdesk.connectwise.company", "x".repeat(6_000)));
    }
    service.behaves(b -> {
      b.configurationInLists = ListConfiguration.WHEN_HYDRATED;
      b.dryLists = dryLists;
    });
    service.simulator().faults().on(Route.GET_INSTANCES).inject(new IgnoresTags());
    // When
    TagMatches found = service.api().findByTag(service.account(), ApiSamples.TAG);
    // Then
    assertThat(found.instances()).extracting(ListedInstance::id).containsExactly(id);
  }

  @Test
  void searchFailsWhenThePageRepeats() {
    // Given
    service.behaves(b -> b.maxPageSize = 1);
    service.byHand(ApiSamples.TAG.value());
    service.byHand(ApiSamples.TAG.value());
    service.byHand(ApiSamples.TAG.value());
    service.simulator().faults().on(Route.GET_INSTANCES).inject(new RepeatsPage());
    // When
    RemoteFailure failure =
        failure(() -> service.api().findByTag(service.account(), ApiSamples.TAG));
    // Then
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
  }

  @Test
  void aListEndsWithoutAPageToken() {
    // Given: nothing tells that there is more
    service.behaves(b -> b.maxPageSize = 1);
    service.byHand(ApiSamples.TAG.value());
    service.byHand(ApiSamples.TAG.value());
    service.simulator().faults().on(Route.GET_INSTANCES).inject(new DropsPageToken());
    // When
    List<ListedInstance> found =
        service.api().findByTag(service.account(), ApiSamples.TAG).instances();
    // Then
    assertThat(found).hasSize(1);
  }

  @Test
  void aRateLimitHasItsRetryAfter() {
    // Given
    service
        .simulator()
        .faults()
        .on(Route.GET_INSTANCE)
        .inject(
            new TooManyRequests(TooManyRequests.RetryAfterFormat.SECONDS, Duration.ofSeconds(42)));
    // When
    RemoteFailure failure = failure(() -> service.api().read(service.account(), 7));
    // Then
    assertThat(failure)
        .isInstanceOfSatisfying(
            RateLimited.class,
            limited -> assertThat(limited.retryAfter()).contains(Duration.ofSeconds(42)));
  }
}
