package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.drift.AccountInstances;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.SecretValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** For how long an account without resources is still listed. */
class OrphanScanTest {
  private static final Account ACCOUNT =
      new Account(
          URI.create("https://api.example.com"),
          SecretValue.of("user"),
          SecretValue.of("organization"));
  private static final Set<String> REMEMBERED = Set.of("account-1");

  private Instant wall = Instant.parse("2026-11-24T10:00:00Z");
  private Instant steady = wall;
  private final OrphanReport report = new OrphanReport(Optional.empty());
  private final OrphanScan scan =
      new OrphanScan("test", new PrimaryCache(), report, () -> wall, () -> steady);

  /** Its credentials are kept in memory for no longer than that. */
  @Test
  void aClockSetBackDoesNotProlongTheRetention() {
    // Given
    scan.begin()
        .end(
            "account-1",
            Optional.of(AccountAccess.to(ACCOUNT)),
            new AccountInstances(List.of(), "cwi-test"));
    pass(Duration.ofHours(23));
    wall = wall.minus(Duration.ofHours(6));
    assertThat(scan.remembered(Set.of(), Set.of())).isEqualTo(REMEMBERED);
    // When
    pass(Duration.ofHours(2));
    // Then
    assertThat(scan.remembered(Set.of(), Set.of())).isEmpty();
    assertThat(scan.access("account-1")).isEmpty();
  }

  /** Most orphans show within the first day after the last resource is gone. */
  @Test
  void aClockSetForwardDoesNotShortenTheRetention() {
    // Given
    scan.begin()
        .end(
            "account-1",
            Optional.of(AccountAccess.to(ACCOUNT)),
            new AccountInstances(List.of(), "cwi-test"));
    // When
    wall = wall.plus(Duration.ofDays(30));
    // Then
    assertThat(scan.remembered(Set.of(), Set.of())).isEqualTo(REMEMBERED);
  }

  /** Its owner's credentials are at hand, and what a tenant left behind is the owner's to find. */
  @Test
  void anAccountObjectIsListedAfterItsLastResourceAsLongAsItIsThere() {
    // Given
    scan.remembered(REMEMBERED, REMEMBERED);
    listedThroughTheObject();
    pass(Duration.ofDays(30));
    // When
    Set<String> afterAMonth = scan.remembered(Set.of(), REMEMBERED);
    listedThroughTheObject();
    Set<String> withoutTheObject = scan.remembered(Set.of(), Set.of());
    // Then
    assertThat(afterAMonth).isEqualTo(REMEMBERED);
    assertThat(scan.access("account-1")).isEmpty();
    assertThat(withoutTheObject).isEmpty();
  }

  /** What no resource used has no orphans, and is not called for them. */
  @Test
  void anAccountObjectWithoutAResourceIsNotListed() {
    // When
    Set<String> listed = scan.remembered(Set.of(), REMEMBERED);
    // Then
    assertThat(listed).isEmpty();
  }

  private void listedThroughTheObject() {
    scan.begin().end("account-1", Optional.empty(), new AccountInstances(List.of(), "cwi-test"));
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    steady = steady.plus(time);
  }
}
