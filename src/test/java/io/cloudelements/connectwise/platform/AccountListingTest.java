package io.cloudelements.connectwise.platform;

import static io.cloudelements.connectwise.platform.HttpTestClient.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.RemoteFailure.AccountRejected;
import io.cloudelements.connectwise.instance.RemoteFailure.ServiceFailed;
import io.cloudelements.connectwise.instance.RemoteFailure.UnexpectedAnswer;
import io.cloudelements.simulator.Call;
import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.platform.Behaviour.TagShape;
import io.cloudelements.simulator.platform.Route;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole account or nothing: a part that passes for the whole would look like a loss. */
class AccountListingTest {
  @RegisterExtension final SimulatedService service = new SimulatedService();

  /** 10,000 instances are 50 calls, not 10,000. */
  @Test
  void allPagesAreOneListing() {
    // Given
    instances(450);
    // When
    List<ListedInstance> listing = listing();
    // Then
    assertThat(listing).hasSize(450).extracting(ListedInstance::id).doesNotHaveDuplicates();
    List<Call> calls = service.simulator().journal().calls(Route.GET_INSTANCES);
    assertThat(calls).hasSize(3);
  }

  /** What an item does not say must not be taken for false. */
  @Test
  void anItemSaysWhatIsKnownAndNothingElse() {
    // Given
    long id = service.create();
    // When
    ListedInstance item = listing().getFirst();
    // Then
    assertThat(item.id()).isEqualTo(id);
    assertThat(item.name()).contains("Acme help desk");
    assertThat(item.elementKey()).contains("connectwisehd");
    assertThat(item.tags().orElseThrow()).contains(OwnershipTag.MARKER, Samples.TAG.value());
    assertThat(item.valid()).contains(true);
    assertThat(item.disabled()).isEmpty();
    assertThat(item.createdAt()).isPresent();
  }

  /** Unlike a search, a listing is of use without the tags. */
  @Test
  void tagsThatAreNotShownAreUnknown() {
    // Given
    service.create();
    service
        .simulator()
        .platform()
        .behave(behaviour ->
            behaviour.with(b -> {
              b.tagsInLists = TagShape.ABSENT;
              b.disabledInLists = true;
            }));
    // When
    ListedInstance item = listing().getFirst();
    // Then
    assertThat(item.tags()).isEmpty();
    assertThat(item.disabled()).contains(false);
  }

  /** The service's 404 for an empty list. */
  @Test
  void anAccountWithoutInstancesIsEmpty() {
    // Given: nothing
    // When
    List<ListedInstance> listing = listing();
    // Then
    assertThat(listing).isEmpty();
  }

  @Test
  void aFailedPageIsNoListing() {
    // Given
    instances(450);
    service.simulator().faults().on(Route.GET_INSTANCES).nth(2).inject(Fault.Status.of(503));
    // When
    RemoteFailure failure = failure(this::listing);
    // Then
    assertThat(failure).isInstanceOf(ServiceFailed.class);
  }

  /** A 404 in the middle is no empty page: the instances of that page are not gone. */
  @Test
  void aMissingPageIsNoListing() {
    // Given
    instances(450);
    service.simulator().faults().on(Route.GET_INSTANCES).nth(2).inject(Fault.Status.of(404));
    // When
    RemoteFailure failure = failure(this::listing);
    // Then
    assertThat(failure).isInstanceOf(RemoteFailure.NotFound.class);
  }

  /** The service itself says how many there are. */
  @Test
  void aListThatEndsTooEarlyIsNoListing() {
    // Given
    instances(450);
    service.simulator().faults().on(Route.GET_INSTANCES).inject(new Fault.DropsPageToken());
    // When
    RemoteFailure failure = failure(this::listing);
    // Then
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
  }

  @Test
  void aListWithoutEndIsNoListing() {
    // Given
    instances(450);
    service.simulator().faults().on(Route.GET_INSTANCES).inject(new Fault.RepeatsPage());
    // When
    RemoteFailure failure = failure(this::listing);
    // Then
    assertThat(failure).isInstanceOf(UnexpectedAnswer.class);
  }

  @Test
  void aRevokedAccountIsNoEmptyOne() {
    // Given
    service.create();
    service.world().revokeUser(Samples.USER_SECRET);
    // When
    RemoteFailure failure = failure(this::listing);
    // Then
    assertThat(failure).isInstanceOf(AccountRejected.class);
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
