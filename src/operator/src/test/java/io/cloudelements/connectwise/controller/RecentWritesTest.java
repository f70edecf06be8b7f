package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ClusterConflict;
import io.cloudelements.connectwise.reconcile.Resources;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Telling our own writes' echoes from what others do. */
class RecentWritesTest {
  private final RecentWrites recentWrites = new RecentWrites();
  private final List<String> told = new ArrayList<>();

  RecentWritesTest() {
    recentWrites.onMissedChange(secret -> told.add(secret.getMetadata().getResourceVersion()));
  }

  /** Each creation would cost a second reconcile. */
  @Test
  void ignoresTheEventOfAWrite() {
    // Given
    Secret token = Resources.secret("acme-token", "11");
    recentWrites.writeSecret(token, () -> token);
    // When
    boolean foreign = recentWrites.isForeign(token);
    // Then
    assertThat(foreign).isFalse();
  }

  /** The watch is often faster than the answer. */
  @Test
  void ignoresAnEventBeforeTheAnswerOfItsWrite() {
    // Given
    Secret token = Resources.secret("acme-token", "11");
    // When
    recentWrites.writeSecret(
        token,
        () -> {
          assertThat(recentWrites.isForeign(token)).isFalse();
          return token;
        });
    // Then
    assertThat(told).isEmpty();
  }

  /** An edit of the Secret just after our write, before our answer, must not get lost. */
  @Test
  void reportsAForeignEditAfterTheAnswer() {
    // Given
    Secret ours = Resources.secret("acme-token", "11");
    Secret edited = Resources.secret("acme-token", "12");
    // When
    recentWrites.writeSecret(
        ours,
        () -> {
          recentWrites.isForeign(ours);
          recentWrites.isForeign(edited);
          return ours;
        });
    // Then
    assertThat(told).containsExactly("12");
  }

  /** The event is of the other writer, whose write came first. */
  @Test
  void reportsAnEventDuringAFailedWrite() {
    // Given
    Secret theirs = Resources.secret("acme-token", "11");
    // When // Then
    assertThatThrownBy(() ->
            recentWrites.writeSecret(
                theirs,
                () -> {
                  recentWrites.isForeign(theirs);
                  throw new ClusterConflict("acme-token");
                }))
        .isInstanceOf(ClusterConflict.class);
    assertThat(told).containsExactly("11");
    assertThat(recentWrites.isForeign(theirs)).isTrue();
  }

  /** A reconcile of it would repeat what the last one did. */
  @Test
  void detectsACachedResourceOlderThanAWrite() {
    // Given
    recentWrites.resourceWritten(new ResourceId("integrations", "acme"), "uid-1", "11");
    // When
    var newer = recentWrites.newerThan(Resources.acme());
    // Then
    assertThat(newer).contains("11");
    assertThat(
            recentWrites.newerThan(Resources.acme(r -> r.getMetadata().setResourceVersion("12"))))
        .as("another writer wrote after us")
        .isEmpty();
    assertThat(recentWrites.newerThan(Resources.acme(r -> r.getMetadata().setUid("uid-2"))))
        .as("a namesake")
        .isEmpty();
  }
}
