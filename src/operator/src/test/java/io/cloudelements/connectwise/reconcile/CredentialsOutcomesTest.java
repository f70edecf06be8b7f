package io.cloudelements.connectwise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.Configuration;
import io.cloudelements.connectwise.instance.Outcome;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.secret.CredentialsResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of credentials that cannot be used. */
class CredentialsOutcomesTest {

  static Stream<Arguments> problems() {
    return Stream.of(
        Arguments.of(
            new CredentialsResult.Missing("acme", List.of("key a", "key b")),
            Reason.MISSING_ENTRIES,
            "Secret acme lacks: key a; key b. Add them; no call was made."),
        Arguments.of(
            new CredentialsResult.AddressInSpec("acme", List.of("server.url", "host")),
            Reason.ADDRESS_NOT_IN_SECRET,
            "spec.configuration names an address: server.url, host. Addresses come from Secret"
                + " acme, so that its credentials go only where its owner says: move the entry"
                + " there, under the same key, or label that Secret"
                + " cloudelements.io/address-from-spec: \"true\". No call was made."),
        Arguments.of(
            new CredentialsResult.Malformed("acme", List.of("key a has a line break", "key b too")),
            Reason.MALFORMED_ENTRIES,
            "Values cannot be sent as they are: key a has a line break; key b too."));
  }

  /** What to mend is the same, and the Secret is there to be mended. */
  @ParameterizedTest
  @MethodSource("problems")
  void aDeletionNamesTheSameProblemOfASecretThatIsThere(
      CredentialsResult problem, Reason reason, String message) {
    // Given
    Outcome living = CredentialsOutcomes.of(problem);
    // When
    Outcome deleting = CredentialsOutcomes.ofDeletion(problem);
    // Then
    assertThat(living.reason()).isEqualTo(reason);
    assertThat(living.message()).isEqualTo(message);
    assertThat(deleting).isEqualTo(living);
  }

  /** A namespace that is being deleted takes no Secret any more. */
  @Test
  void onlyADeletionNamesAnotherAccountForASecretThatIsGone() {
    // Given
    CredentialsResult gone = new CredentialsResult.NoSecret("acme");
    // When
    Outcome deleting = CredentialsOutcomes.ofDeletion(gone);
    // Then
    assertThat(deleting.reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
    assertThat(deleting.message())
        .startsWith("Secret acme does not exist")
        .contains("spec.accountRef");
    assertThat(CredentialsOutcomes.of(gone).message())
        .startsWith("Secret acme does not exist")
        .doesNotContain("spec.accountRef");
  }

  /** A caller that took them for a problem would report a usable Secret as broken. */
  @Test
  void completeCredentialsAreNoProblem() {
    // Given
    AccountAccess access =
        AccountAccess.to(ReconcileInputs.sharedAccount(Optional.empty(), "r").account());
    CredentialsResult complete = new CredentialsResult.Complete(access, Configuration.EMPTY);
    // When / Then
    assertThatThrownBy(() -> CredentialsOutcomes.of(complete))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("complete");
    assertThatThrownBy(() -> CredentialsOutcomes.ofDeletion(complete))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
