package io.cloudelements.connectwise.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ClusterConflict;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Telling our own writes' echoes from what others do. */
class OwnWritesTest {
  private final OwnWrites ownWrites = new OwnWrites();
  private final List<String> told = new ArrayList<>();

  OwnWritesTest() {
    ownWrites.onMissedNews(secret -> told.add(secret.getMetadata().getResourceVersion()));
  }

  /** Each creation would cost a second pass. */
  @Test
  void theEchoOfAWriteIsNoNews() {
    // Given
    Secret token = Resources.secret("acme-token", "11");
    ownWrites.writeSecret(token, () -> token);
    // When
    boolean news = ownWrites.isNews(token);
    // Then
    assertThat(news).isFalse();
  }

  /** The watch is often faster than the answer. */
  @Test
  void anEchoBeforeTheAnswerIsNoneEither() {
    // Given
    Secret token = Resources.secret("acme-token", "11");
    // When
    ownWrites.writeSecret(
        token,
        () -> {
          assertThat(ownWrites.isNews(token)).isFalse();
          return token;
        });
    // Then
    assertThat(told).isEmpty();
  }

  /** Somebody edits the Secret just after us, before we have our answer: that must not get lost. */
  @Test
  void somebodyElsesEditBeforeTheAnswerIsToldAfterIt() {
    // Given
    Secret ours = Resources.secret("acme-token", "11");
    Secret edited = Resources.secret("acme-token", "12");
    // When
    ownWrites.writeSecret(
        ours,
        () -> {
          ownWrites.isNews(ours);
          ownWrites.isNews(edited);
          return ours;
        });
    // Then
    assertThat(told).containsExactly("12");
  }

  /** Whoever was faster made the event. */
  @Test
  void whatHappenedDuringAWriteThatFailedIsTold() {
    // Given
    Secret theirs = Resources.secret("acme-token", "11");
    // When // Then
    assertThatThrownBy(() ->
            ownWrites.writeSecret(
                theirs,
                () -> {
                  ownWrites.isNews(theirs);
                  throw new ClusterConflict("acme-token");
                }))
        .isInstanceOf(ClusterConflict.class);
    assertThat(told).containsExactly("11");
    assertThat(ownWrites.isNews(theirs)).isTrue();
  }

  /** A pass on it would repeat what the last one did. */
  @Test
  void aCachedResourceFromBeforeOurWriteIsOld() {
    // Given
    ownWrites.resourceWritten(new ResourceId("integrations", "acme"), "uid-1", "11");
    // When
    var newer = ownWrites.newerThan(Resources.acme());
    // Then
    assertThat(newer).contains("11");
    assertThat(ownWrites.newerThan(Resources.acme(r -> r.getMetadata().setResourceVersion("12"))))
        .as("somebody wrote after us")
        .isEmpty();
    assertThat(ownWrites.newerThan(Resources.acme(r -> r.getMetadata().setUid("uid-2"))))
        .as("a namesake")
        .isEmpty();
  }
}
