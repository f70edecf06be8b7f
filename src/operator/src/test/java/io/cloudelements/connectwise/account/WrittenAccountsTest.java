package io.cloudelements.connectwise.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

class WrittenAccountsTest {
  private static final CloudElementsAccount READ = version("1");
  private static final CloudElementsAccount HELD = version("2");
  private static final CloudElementsAccount REPORTED = version("3");

  private final WrittenAccounts written = new WrittenAccounts();

  /** A resource that is woken by the report is quicker than the watch. */
  @Test
  void aWriteReplacesTheOlderVersionOfTheWatch() {
    // Given
    written.written(READ, HELD);
    written.written(HELD, REPORTED);
    // When
    CloudElementsAccount newest = written.newest(READ);
    // Then
    assertThat(newest).isSameAs(REPORTED);
  }

  @Test
  void theWatchIsRightOnceItIsBeyondTheWrite() {
    // Given
    written.written(READ, HELD);
    CloudElementsAccount later = version("7");
    // When
    CloudElementsAccount newest = written.newest(later);
    // Then
    assertThat(newest).isSameAs(later);
  }

  @Test
  void nothingIsReplacedAfterTheAccountIsForgotten() {
    // Given
    written.written(READ, HELD);
    written.forget(HELD);
    // When
    CloudElementsAccount newest = written.newest(READ);
    // Then
    assertThat(newest).isSameAs(READ);
  }

  private static CloudElementsAccount version(String version) {
    CloudElementsAccount account = new CloudElementsAccount();
    account.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("accounts")
            .withName("acme")
            .withUid("uid")
            .withResourceVersion(version)
            .build());
    return account;
  }
}
