package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WrittenVersionsTest {
  private static final ResourceId ID = new ResourceId("integrations", "acme");

  private final WrittenVersions written = new WrittenVersions();

  /** Otherwise each deleted resource would leave an entry, which a namesake would inherit. */
  @Test
  void aWrittenSecretIsForgottenWhenItsReconcileHasEnded() {
    // Given
    Secret token = Resources.secret("acme-token", "11");
    written.secretWriteBegins(token);
    written.secretWriteEnds(token, Optional.of("11"));
    ObservedInputs ofTheWriter = written.leftBy(withoutSecrets(Resources.acme()));
    ConnectWiseInstance namesake = Resources.acme(acme -> acme.getMetadata().setUid("uid-2"));
    // When
    ObservedInputs ofTheNamesake = written.leftBy(withoutSecrets(namesake));
    // Then
    assertThat(ofTheWriter.secretVersions()).isEqualTo(Map.of("acme-token", "11"));
    assertThat(ofTheNamesake.secretVersions()).isEmpty();
  }

  /** Two resources may name the same token Secret by mistake. */
  @Test
  void aForeignEditDuringTwoWritesOfTheSameSecretIsNotLost() {
    // Given
    written.secretWriteBegins(Resources.secret("acme-token", "10"));
    boolean surelyForeign = written.isForeign(Resources.secret("acme-token", "11"));
    written.secretWriteBegins(Resources.secret("acme-token", "10"));
    // When
    List<Secret> missed = bothWritesEnd();
    // Then
    assertThat(surelyForeign).isFalse();
    assertThat(missed).containsExactly(Resources.secret("acme-token", "11"));
  }

  /** Its event may come before either answer. */
  @Test
  void theEchoOfTheOtherOpenWriteOfASecretIsNotForeign() {
    // Given
    written.secretWriteBegins(Resources.secret("acme-token", "10"));
    written.secretWriteBegins(Resources.secret("acme-token", "10"));
    written.isForeign(Resources.secret("acme-token", "13"));
    // When
    List<Secret> missed = bothWritesEnd();
    // Then
    assertThat(missed).isEmpty();
  }

  @Test
  void onlyTheVersionThatWasWrittenLastIsTheLast() {
    // Given
    ConnectWiseInstance shown = Resources.acme();
    written.resourceWritten(ID, "uid-1", "10");
    // Then
    assertThat(written.isLastVersion(shown)).isTrue();
    assertThat(written.isLastVersion(Resources.acme(acme -> acme.getMetadata().setUid("uid-2"))))
        .as("a namesake")
        .isFalse();
    written.resourceWritten(ID, "uid-1", "11");
    assertThat(written.isLastVersion(shown)).isFalse();
    written.forget(ID);
    assertThat(written.newerThan(shown)).isEmpty();
  }

  /** A Secret that was written 10,000 writes ago is taken for another writer's at the worst. */
  @Test
  void keepsTheVersionsOfTheLastWrites() {
    // When
    IntStream.rangeClosed(1, 10_001)
        .mapToObj(version -> Resources.secret("acme-token", "" + version))
        .forEach(token -> {
          written.secretWriteBegins(token);
          written.secretWriteEnds(token, Optional.of(version(token)));
        });
    // Then
    assertThat(written.isForeign(Resources.secret("acme-token", "1"))).isTrue();
    assertThat(written.isForeign(Resources.secret("acme-token", "2"))).isFalse();
  }

  private List<Secret> bothWritesEnd() {
    return Stream.of("12", "13")
        .map(version -> Resources.secret("acme-token", version))
        .flatMap(mine -> written.secretWriteEnds(mine, Optional.of(version(mine))).stream())
        .toList();
  }

  private static String version(Secret secret) {
    return secret.getMetadata().getResourceVersion();
  }

  private static ReconcileInput withoutSecrets(ConnectWiseInstance resource) {
    return new ReconcileInput(resource, Map.of());
  }
}
