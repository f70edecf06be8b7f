package io.cloudelements.connectwise.cloudelements;

import static io.cloudelements.connectwise.cloudelements.HttpTestClient.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.AccountRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.ServiceFailed;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.Behaviour.DryLists;
import io.cloudelements.simulator.model.Behaviour.ListConfiguration;
import io.cloudelements.simulator.model.Behaviour.TagFormat;
import io.cloudelements.simulator.model.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole account or a failure: a part of it would make instances look lost. */
class AccountListingTest {
  @RegisterExtension final SimulatedService service = new SimulatedService();

  /** 10,000 instances are 50 calls, not 10,000. */
  @Test
  void listsAllPages() {
    // Given
    instances(450);
    // When
    List<ListedInstance> listing = listing();
    // Then
    assertThat(listing).hasSize(450).extracting(ListedInstance::id).doesNotHaveDuplicates();
    List<Call> calls = service.simulator().journal().calls(Route.GET_INSTANCES);
    assertThat(calls).hasSize(3);
  }

  /** A field that an item lacks must not be taken for false. */
  @Test
  void anItemHasOnlyTheFieldsThatWereSent() {
    // Given
    long id = service.create();
    // When
    ListedInstance item = listing().getFirst();
    // Then
    assertThat(item.id()).isEqualTo(id);
    assertThat(item.name()).contains("Acme help desk");
    assertThat(item.elementKey()).contains("connectwisehd");
    assertThat(item.tags().orElseThrow()).contains(OwnershipTag.MARKER, ApiSamples.TAG.value());
    assertThat(item.valid()).contains(true);
    assertThat(item.disabled()).isEmpty();
    assertThat(item.createdAt()).isPresent();
  }

  /** Unlike a search, a listing is of use without the tags. */
  @Test
  void missingTagsAreUnknown() {
    // Given
    service.create();
    service.behaves(b -> {
      b.tagsInLists = TagFormat.ABSENT;
      b.disabledInLists = true;
    });
    // When
    ListedInstance item = listing().getFirst();
    // Then
    assertThat(item.tags()).isEmpty();
    assertThat(item.disabled()).contains(false);
  }

  /** The service's 404 for an empty list. */
  @Test
  void listsAnAccountWithoutInstancesAsEmpty() {
    // Given: nothing
    // When
    List<ListedInstance> listing = listing();
    // Then
    assertThat(listing).isEmpty();
  }

  static Stream<Arguments> failedPages() {
    return Stream.of(
        argumentSet("a page fails", 503, ServiceFailed.class),
        // it is no empty page: the instances of that page are not gone
        argumentSet("a page is missing", 404, RemoteFailure.NotFound.class));
  }

  @ParameterizedTest
  @MethodSource("failedPages")
  void failsWithAPage(int status, Class<? extends RemoteFailure> expected) {
    // Given
    instances(450);
    service.simulator().faults().on(Route.GET_INSTANCES).nth(2).inject(Fault.Status.of(status));
    // When
    RemoteFailure failure = failure(this::listing);
    // Then
    assertThat(failure).isInstanceOf(expected);
  }

  static Stream<Arguments> brokenLists() {
    return Stream.of(
        // the service itself says how many there are
        argumentSet("it ends too early", new Fault.DropsPageToken()),
        argumentSet("it repeats a page", new Fault.RepeatsPage()));
  }

  @ParameterizedTest
  @MethodSource("brokenLists")
  void failsWhereTheListIsBroken(Fault fault) {
    // Given
    instances(450);
    service.simulator().faults().on(Route.GET_INSTANCES).inject(fault);
    // When
    RemoteFailure failure = failure(this::listing);
    // Then
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
  }

  @Test
  void failsForARevokedAccount() {
    // Given
    service.create();
    service.world().revokeUser(ApiSamples.USER_SECRET);
    // When
    RemoteFailure failure = failure(this::listing);
    // Then
    assertThat(failure).isInstanceOf(AccountRejected.class);
  }

  /** 200 items of 6 KB are more than an answer may be; some fewer are not. */
  @ParameterizedTest
  @EnumSource
  void listsItemsOfAnySizeWithOrWithoutHydrate(DryLists dryLists) {
    // Given
    heavyInstances(450, 6_000);
    service.behaves(b -> {
      b.configurationInLists = ListConfiguration.WHEN_HYDRATED;
      b.dryLists = dryLists;
    });
    // When
    List<ListedInstance> listing = listing();
    // Then
    assertThat(listing)
        .hasSize(450)
        .allSatisfy(
            item -> assertThat(item.tags()).as("the tags, which tell the owner").isPresent());
  }

  /** The same fruitless attempts would otherwise be made for every listing. */
  @Test
  void startsWithTheLastWorkingPageRequest() {
    // Given
    heavyInstances(250, 6_000);
    service.behaves(b -> b.configurationInLists = ListConfiguration.ALWAYS);
    PageRequest found =
        AccountListing.whole(service.api(), service.account(), PageRequest.LARGEST).pages();
    int before = service.simulator().journal().count();
    // When
    AccountListing.whole(service.api(), service.account(), found);
    // Then
    assertThat(found).isEqualTo(new PageRequest(100, false, Optional.empty()));
    assertThat(service.simulator().journal().count() - before).isEqualTo(3);
  }

  /** The failure of the listing names its cause. */
  @Test
  void failsWhenOneInstanceIsTooLarge() {
    // Given
    heavyInstances(1, 1_100_000);
    instances(3);
    service.behaves(b -> b.configurationInLists = ListConfiguration.ALWAYS);
    // When
    RemoteFailure failure = failure(this::listing);
    // Then
    assertThat(failure)
        .isInstanceOfSatisfying(
            UnexpectedAnswer.class,
            unexpected -> assertThat(unexpected.what()).contains("larger in a list"));
    assertThat(service.simulator().journal().count())
        .as("200, 100, 50, 25, 12, 6, 3 and 1")
        .isEqualTo(8);
  }

  private void heavyInstances(int count, int bytes) {
    for (int i = 0; i < count; i++) {
      service.byHand("tag-" + i, Map.of("helpdesk.connectwise.company", "x".repeat(bytes)));
    }
  }

  private void instances(int count) {
    for (int i = 0; i < count; i++) {
      service.byHand("tag-" + i);
    }
  }

  private List<ListedInstance> listing() {
    return AccountListing.whole(service.api(), service.account());
  }
}
