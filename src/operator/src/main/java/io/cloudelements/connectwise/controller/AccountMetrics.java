package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.InstanceCounts;
import io.cloudelements.connectwise.instance.ResourceId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The account objects by their names, read at each scrape. There are few, and a platform team knows
 * them by name. Of more than {@value #MOST} the namespaces show equally many, each its oldest ones,
 * so that many in one namespace do not hide those of another from the alerts; how many are left out
 * is counted.
 */
public final class AccountMetrics {
  private static final int MOST = 100;
  private static final String NONE = "none";

  /** The API server writes the date, so that an account that comes later displaces none. */
  private static final Comparator<CloudElementsAccount> OLDEST_FIRST =
      Comparator.comparing((CloudElementsAccount account) ->
              Objects.requireNonNullElse(account.getMetadata().getCreationTimestamp(), ""))
          .thenComparing(account -> AccountTerms.id(account).toString());

  /**
   * @param turn how many older ones its namespace has
   */
  private record Candidate(int turn, CloudElementsAccount account) {}

  private final AccountCache accounts;
  private final MultiGauge states;
  private final MultiGauge resources;
  private final MultiGauge limits;
  private final AtomicInteger leftOut = new AtomicInteger();

  public AccountMetrics(AccountCache accounts, MeterRegistry registry) {
    this.accounts = accounts;
    this.states =
        MultiGauge.builder("connectwise.accounts")
            .description(
                "Always 1: a CloudElementsAccount, its fingerprint in other metrics, and the reason"
                    + " of its condition Ready")
            .register(registry);
    this.resources =
        MultiGauge.builder("connectwise.account.resources")
            .description("Resources that use the CloudElementsAccount, as its status counts them")
            .register(registry);
    this.limits =
        MultiGauge.builder("connectwise.account.instances.limit")
            .description("Instances that the CloudElementsAccount may have, where it says so")
            .register(registry);
    Gauge.builder("connectwise.accounts.left.out", leftOut, AtomicInteger::get)
        .description(
            "CloudElementsAccounts that these metrics do not name, since there are too many: no"
                + " alert is about them")
        .register(registry);
  }

  /** Reads anew; to be called before each scrape. */
  public void refresh() {
    List<Candidate> candidates = candidates();
    List<CloudElementsAccount> shown =
        candidates.stream().limit(MOST).map(Candidate::account).toList();
    leftOut.set(candidates.size() - shown.size());
    states.register(shown.stream().<MultiGauge.Row<?>>map(AccountMetrics::state).toList(), true);
    resources.register(rows(shown, AccountMetrics::resources), true);
    limits.register(rows(shown, account -> AccountTerms.of(account).mostInstances()), true);
  }

  /** In turns: the oldest one of each namespace, then the second of each. */
  private List<Candidate> candidates() {
    Map<String, List<CloudElementsAccount>> byNamespace =
        accounts
            .all()
            .sorted(OLDEST_FIRST)
            .collect(Collectors.groupingBy(account -> AccountTerms.id(account).namespace()));
    return byNamespace.values().stream()
        .flatMap(ofOne ->
            IntStream.range(0, ofOne.size()).mapToObj(turn -> new Candidate(turn, ofOne.get(turn))))
        .sorted(
            Comparator.comparingInt(Candidate::turn)
                .thenComparing(Candidate::account, OLDEST_FIRST))
        .toList();
  }

  private static Optional<Integer> resources(CloudElementsAccount account) {
    return AccountFacts.of(account).counts().map(InstanceCounts::total);
  }

  private static MultiGauge.Row<?> state(CloudElementsAccount account) {
    AccountFacts facts = AccountFacts.of(account);
    return MultiGauge.Row.of(
        named(account)
            .and(
                "account",
                facts.fingerprint().orElse(NONE),
                "reason",
                facts.reason().map(AccountReason::label).orElse(NONE)),
        1);
  }

  private static List<MultiGauge.Row<?>> rows(
      List<CloudElementsAccount> all, Function<CloudElementsAccount, Optional<Integer>> value) {
    return all.stream()
        .<MultiGauge.Row<?>>flatMap(account ->
            value.apply(account).stream()
                .<MultiGauge.Row<?>>flatMap(
                    number -> Stream.of(MultiGauge.Row.of(named(account), number))))
        .toList();
  }

  /** Not {@code namespace}, which Prometheus gives to the operator's pod. */
  private static Tags named(CloudElementsAccount account) {
    ResourceId id = AccountTerms.id(account);
    return Tags.of("account_namespace", id.namespace(), "account_name", id.name());
  }
}
