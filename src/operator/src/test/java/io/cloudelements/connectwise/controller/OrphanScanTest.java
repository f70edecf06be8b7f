package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.drift.AccountInstances;
import io.cloudelements.connectwise.drift.OrphanPage;
import io.cloudelements.connectwise.drift.OrphanReport;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.instance.SecretValue;
import io.cloudelements.connectwise.reconcile.Resources;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** For how long an account without resources is still listed, and what is an orphan then. */
class OrphanScanTest {
  private static final Account ACCOUNT =
      new Account(
          URI.create("https://api.example.com"),
          SecretValue.of("user"),
          SecretValue.of("organization"));
  private static final Set<String> REMEMBERED = Set.of("account-1");

  /** What the informer has at this moment. */
  private record Cached(List<ConnectWiseInstance> resources)
      implements IndexerResourceCache<ConnectWiseInstance> {
    @Override
    public Optional<ConnectWiseInstance> get(ResourceID id) {
      return resources.stream()
          .filter(resource -> ResourceID.fromResource(resource).equals(id))
          .findFirst();
    }

    @Override
    public Stream<ResourceID> keys() {
      return resources.stream().map(ResourceID::fromResource);
    }

    @Override
    public Stream<ConnectWiseInstance> list(Predicate<ConnectWiseInstance> wanted) {
      return resources.stream().filter(wanted);
    }

    @Override
    public Stream<ConnectWiseInstance> list(
        String namespace, Predicate<ConnectWiseInstance> wanted) {
      return list(wanted.and(r -> namespace.equals(r.getMetadata().getNamespace())));
    }

    @Override
    public List<ConnectWiseInstance> byIndex(String index, String key) {
      return resources.stream()
          .filter(resource -> PrimaryCache.accountKeys(resource).contains(key))
          .toList();
    }

    @Override
    public void addIndexers(Map<String, Function<ConnectWiseInstance, List<String>>> indexers) {
      assertThat(indexers).containsKey("account");
    }
  }

  private Instant wall = Instant.parse("2026-11-24T10:00:00Z");
  private Instant steady = wall;
  private final OrphanReport report = new OrphanReport(Optional.empty());
  private final PrimaryCache primaries = new PrimaryCache();
  private final OrphanScan scan =
      new OrphanScan("test", primaries, report, () -> wall, () -> steady);

  /** Its credentials are kept in memory for no longer than that. */
  @Test
  void aClockSetBackDoesNotProlongTheRetention() {
    // Given
    accountIsRead();
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
    accountIsRead();
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

  /** An account that no resource used has no orphans, and is not listed. */
  @Test
  void anAccountObjectWithoutAResourceIsNotListed() {
    // When
    Set<String> listed = scan.remembered(Set.of(), REMEMBERED);
    // Then
    assertThat(listed).isEmpty();
  }

  /** By the page an orphan may be deleted, up to an interval after the listing. */
  @Test
  void anOrphanThatHasAResourceSinceIsShownNoMore() {
    // Given
    List<ConnectWiseInstance> resources = new ArrayList<>();
    primaries.attach(new Cached(resources));
    scan.begin().end("account-1", Optional.empty(), listing(7));
    assertThat(shown()).containsExactly(7L);
    // When
    resources.add(Resources.acme(acme -> acme.setStatus(null)));
    // Then
    assertThat(shown()).isEmpty();
  }

  /** Its instance may have been on a page already, and is deleted with it. */
  @Test
  void aResourceThatGoesWhileItsAccountIsListedLeavesNoOrphan() {
    // Given
    List<ConnectWiseInstance> resources = new ArrayList<>();
    resources.add(Resources.acme());
    primaries.attach(new Cached(resources));
    OrphanScan.Begun earlier = scan.begin();
    OrphanScan.Begun later = scan.begin();
    resources.clear();
    // When
    earlier.end("account-1", Optional.empty(), listing(7));
    int byTheEarlier = report.orphans();
    later.end("account-1", Optional.empty(), listing(7));
    // Then
    assertThat(byTheEarlier).isZero();
    assertThat(report.orphans()).isZero();
  }

  /** What a resource left behind in a former account, to which it has come back. */
  @Test
  void anOrphanWhoseResourceHasComeBackIsShownNoMore() {
    // Given
    List<ConnectWiseInstance> resources = new ArrayList<>();
    resources.add(
        Resources.acme(acme -> acme.setStatus(Resources.status(1L, 8L, "account-2", null))));
    primaries.attach(new Cached(resources));
    scan.begin().end("account-1", Optional.empty(), listing(7));
    assertThat(shown()).containsExactly(7L);
    // When
    resources.set(0, Resources.acme());
    // Then
    assertThat(shown()).isEmpty();
  }

  private List<Long> shown() {
    return report.page(wall).accounts().stream()
        .flatMap(account -> account.orphans().stream())
        .map(OrphanPage.OrphanedInstance::id)
        .toList();
  }

  /** An instance with the tag of the resource {@code integrations/acme}. */
  private static AccountInstances listing(long id) {
    String tag = OwnershipTag.of("test", new ResourceId("integrations", "acme")).value();
    return new AccountInstances(
        List.of(
            new ListedInstance(
                id,
                Optional.of("acme"),
                Optional.of("connectwisehd"),
                Optional.of(Set.of(tag)),
                Optional.of(true),
                Optional.empty(),
                Optional.empty())),
        OwnershipTag.clusterPart("test"));
  }

  private void listedThroughTheObject() {
    scan.begin().end("account-1", Optional.empty(), new AccountInstances(List.of(), "cwi-test"));
  }

  private void accountIsRead() {
    scan.begin()
        .end(
            "account-1",
            Optional.of(AccountAccess.to(ACCOUNT)),
            new AccountInstances(List.of(), "cwi-test"));
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    steady = steady.plus(time);
  }
}
