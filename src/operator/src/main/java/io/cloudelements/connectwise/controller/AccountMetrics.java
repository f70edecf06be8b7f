package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.InstanceCounts;
import io.cloudelements.connectwise.instance.ResourceId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The account objects by their names, read at each scrape. There are few, and a platform team knows
 * them by name; others than the first {@value #MOST} are left out.
 */
public final class AccountMetrics {
  private static final int MOST = 100;
  private static final String NONE = "none";

  private final AccountCache accounts;
  private final MultiGauge states;
  private final MultiGauge resources;
  private final MultiGauge limits;

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
  }

  /** Reads anew; to be called before each scrape. */
  public void refresh() {
    List<CloudElementsAccount> all =
        accounts
            .all()
            .sorted(Comparator.comparing(account -> AccountTerms.id(account).toString()))
            .limit(MOST)
            .toList();
    states.register(all.stream().<MultiGauge.Row<?>>map(AccountMetrics::state).toList(), true);
    resources.register(rows(all, AccountMetrics::resources), true);
    limits.register(rows(all, account -> AccountTerms.of(account).mostInstances()), true);
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
