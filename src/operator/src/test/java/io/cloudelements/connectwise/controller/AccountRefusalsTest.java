package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.reconcile.AccountObjectWrites;
import io.cloudelements.connectwise.reconcile.ClusterWriteException;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure.WriteKind;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often the owner of an account is told what the API server refuses. */
class AccountRefusalsTest {
  private static final ClusterWriteFailure FINALIZER =
      new ClusterWriteFailure(WriteKind.ADD_FINALIZER, 403, "no change before Monday");
  private static final ClusterWriteFailure SECRET =
      new ClusterWriteFailure(WriteKind.READ_SECRET, 403, "cannot get resource");

  private final List<EventRecord> events = new ArrayList<>();
  private final AccountRefusals refusals = new AccountRefusals(new ToldWrites());
  private final CloudElementsAccount account = account("uid-1");

  /** The retries are seconds apart at first. */
  @Test
  void tellsTheSameOnce() {
    // When
    refusals.tell(account, FINALIZER);
    refusals.tell(account, FINALIZER);
    // Then
    assertThat(events)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.reason()).isEqualTo("ClusterWriteRefused");
          assertThat(event.warning()).isTrue();
          assertThat(event.message())
              .contains("The finalizer cannot be added: 403 no change before Monday");
        });
  }

  @Test
  void tellsWhatIsNew() {
    // When
    refusals.tell(account, FINALIZER);
    refusals.tell(account, SECRET);
    refusals.tell(account("uid-2"), SECRET);
    // Then
    assertThat(events).hasSize(3);
  }

  @Test
  void tellsAgainWhatCameBack() {
    // Given
    refusals.tell(account, FINALIZER);
    refusals.over(account);
    // When
    refusals.tell(account, FINALIZER);
    // Then
    assertThat(events).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 413, 422})
  void aRefusedWriteSaysWhatItWas(int code) {
    // When
    assertThatThrownBy(() -> failing(code).addFinalizer(account))
        // Then
        .isInstanceOf(ClusterWriteException.class)
        .hasMessageContaining("The finalizer cannot be added: " + code);
  }

  /** A newer version, an account that is gone, or an API server in trouble. */
  @ParameterizedTest
  @ValueSource(ints = {0, 404, 408, 409, 429, 500, 503})
  void anyOtherFailureIsNoRefusal(int code) {
    // When
    assertThatThrownBy(() -> failing(code).addFinalizer(account))
        // Then
        .isInstanceOf(KubernetesClientException.class);
  }

  private static AccountWrites failing(int code) {
    KubernetesClient client = FailingClient.with(code);
    return new AccountWrites(
        client, new EventPublisher(client, "test", InstantSource.system(), new Random(1)));
  }

  private static CloudElementsAccount account(String uid) {
    CloudElementsAccount account = new CloudElementsAccount();
    account.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("platform")
            .withName("acme")
            .withUid(uid)
            .withResourceVersion("1")
            .build());
    return account;
  }

  private final class ToldWrites implements AccountObjectWrites {
    @Override
    public CloudElementsAccount addFinalizer(CloudElementsAccount of) {
      throw new AssertionError("nothing is written");
    }

    @Override
    public void removeFinalizer(CloudElementsAccount of) {
      throw new AssertionError("nothing is written");
    }

    @Override
    public CloudElementsAccount writeStatus(
        CloudElementsAccount of, CloudElementsAccountStatus status) {
      throw new AssertionError("nothing is written");
    }

    @Override
    public void publish(CloudElementsAccount about, EventRecord event) {
      events.add(event);
    }
  }
}
