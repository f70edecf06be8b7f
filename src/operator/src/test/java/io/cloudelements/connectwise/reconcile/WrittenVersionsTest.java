package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WrittenVersionsTest {
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

  private static ReconcileInput withoutSecrets(ConnectWiseInstance resource) {
    return new ReconcileInput(resource, Map.of());
  }
}
