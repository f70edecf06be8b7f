package io.cloudelements.connectwise.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which account objects are named when there are more than the metrics name. */
class AccountMetricsTest {
  private static final String EARLY = "2026-01-01T00:00:00Z";
  private static final String LATE = "2026-06-01T00:00:00Z";

  private final List<CloudElementsAccount> objects = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AccountMetrics metrics = new AccountMetrics(cacheOf(objects), registry);

  @Test
  void namesAllWhileThereIsRoom() {
    // Given
    IntStream.range(0, 99).forEach(number -> adds("aaa", "a" + number, LATE));
    adds("platform", "acme", LATE);
    // When
    List<String> named = named();
    // Then
    assertThat(named).hasSize(100).contains("platform/acme");
    assertThat(leftOut()).isZero();
  }

  /** Otherwise no owner is told that the neighbour's account opens another organization. */
  @Test
  void manyObjectsOfOneNamespaceHideNoneOfOthers() {
    // Given
    IntStream.range(0, 150).forEach(number -> adds("aaa", "a" + number, EARLY));
    adds("platform", "acme", LATE);
    adds("platform", "cedar", LATE);
    // When
    List<String> named = named();
    // Then
    assertThat(named).hasSize(100).contains("platform/acme", "platform/cedar");
    assertThat(leftOut()).isEqualTo(52);
  }

  /** A new object takes the place of no older one of its namespace, under any name. */
  @Test
  void theOldestOfANamespaceAreNamed() {
    // Given
    IntStream.range(0, 150).forEach(number -> adds("team", "a" + number, LATE));
    adds("team", "z", EARLY);
    // When
    List<String> named = named();
    // Then
    assertThat(named).hasSize(100).contains("team/z");
  }

  /** Nor does a new namespace displace an older one's only account. */
  @Test
  void ofTooManyNamespacesThoseWithTheOldestAccountsAreNamed() {
    // Given
    IntStream.range(0, 150).forEach(number -> adds("a" + number, "acme", LATE));
    adds("platform", "acme", EARLY);
    // When
    List<String> named = named();
    // Then
    assertThat(named).hasSize(100).contains("platform/acme");
    assertThat(leftOut()).isEqualTo(51);
  }

  /** A series that came and went with the order of a cache would make alerts flap. */
  @Test
  void theOrderOfTheCacheDoesNotMatter() {
    // Given
    IntStream.range(0, 300).forEach(number -> adds("n" + number % 7, "a" + number, EARLY));
    List<String> before = named();
    // When
    Collections.shuffle(objects, new Random(1));
    List<String> after = named();
    // Then
    assertThat(after).containsExactlyInAnyOrderElementsOf(before);
  }

  private void adds(String namespace, String name, String created) {
    CloudElementsAccount account = new CloudElementsAccount();
    account.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withCreationTimestamp(created)
            .build());
    objects.add(account);
  }

  private static AccountCache cacheOf(List<CloudElementsAccount> objects) {
    AccountCache cache =
        new AccountCache(
            FailingClient.with(503),
            new SecretEvents(Optional.empty(), new PrimaryCache(), new RecentWrites()),
            new NamespaceLabels(Optional.empty()),
            URI.create("https://api.example.com"));
    cache.attach(new CachedAccounts(objects));
    return cache;
  }

  private List<String> named() {
    metrics.refresh();
    return registry.find("connectwise.accounts").gauges().stream()
        .map(Meter::getId)
        .map(id -> id.getTag("account_namespace") + "/" + id.getTag("account_name"))
        .toList();
  }

  private double leftOut() {
    return registry.get("connectwise.accounts.left.out").gauge().value();
  }

  private record CachedAccounts(List<CloudElementsAccount> all)
      implements IndexedResourceCache<CloudElementsAccount> {
    @Override
    public Stream<CloudElementsAccount> list(Predicate<CloudElementsAccount> wanted) {
      return all.stream().filter(wanted);
    }

    @Override
    public Stream<CloudElementsAccount> list(
        String namespace, Predicate<CloudElementsAccount> wanted) {
      return list(wanted).filter(account -> AccountTerms.id(account).namespace().equals(namespace));
    }

    @Override
    public Optional<CloudElementsAccount> get(ResourceID id) {
      return list(account -> ResourceID.fromResource(account).equals(id)).findFirst();
    }

    @Override
    public Stream<ResourceID> keys() {
      return all.stream().map(ResourceID::fromResource);
    }

    @Override
    public List<CloudElementsAccount> byIndex(String index, String key) {
      throw new UnsupportedOperationException("accounts have no index");
    }
  }
}
