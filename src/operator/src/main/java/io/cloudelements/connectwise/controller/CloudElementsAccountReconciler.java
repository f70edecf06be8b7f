package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ops.Logging;
import io.cloudelements.connectwise.reconcile.AccountReconciliation;
import io.cloudelements.connectwise.reconcile.ClusterWriteException;
import io.cloudelements.connectwise.reconcile.ClusterWriteFailure;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.MDC;

/**
 * Brings an account object to its reconcile: by its own events, its Secrets and its namespaces; and
 * requeues the resources that it concerns.
 */
public final class CloudElementsAccountReconciler implements Reconciler<CloudElementsAccount> {
  private static final Duration UNTIL_KNOWN = Duration.ofMillis(200);

  private final AccountCache accounts;
  private final PrimaryCache primaries;
  private final AccountReconciliation accounting;
  private final AccountRefusals refusals;
  private final AccountCalls calls;
  private final WakeEvents wakeEvents;
  private final Events events = new Events();
  private final AtomicReference<BooleanSupplier> resourcesKnown =
      new AtomicReference<>(() -> false);

  public CloudElementsAccountReconciler(
      AccountCache accounts,
      PrimaryCache primaries,
      AccountWrites writes,
      AccountCalls calls,
      AccountCheck.BaseUrlSettings settings,
      WakeEvents wakeEvents,
      InstantSource clock) {
    this.accounts = accounts;
    this.primaries = primaries;
    this.accounting =
        new AccountReconciliation(
            accounts.keyring(),
            accounts.written(),
            new ControllerCaches(primaries, accounts),
            writes,
            calls,
            settings,
            clock);
    this.refusals = new AccountRefusals(writes);
    this.calls = calls;
    this.wakeEvents = wakeEvents;
  }

  /** Brings accounts back whose Secret changed. */
  private static final class Events extends SimpleInboundEventSource<CloudElementsAccount> {
    Events() {
      super("account-secrets");
    }

    void tell(ResourceId account) {
      propagateEvent(new ResourceID(account.name(), account.namespace()));
    }
  }

  /**
   * @param known whether all resources are in the cache: before that an account is neither counted
   *     nor let go
   */
  void begin(BooleanSupplier known) {
    resourcesKnown.set(known);
  }

  AccountCache cache() {
    return accounts;
  }

  /** A Secret changed; the accounts that name it are reconciled. */
  public void secretChanged(ResourceId secret) {
    accounts
        .all()
        .map(AccountTerms::of)
        .filter(terms ->
            terms.secret().equals(Optional.of(secret))
                || terms.applicationSecret().equals(Optional.of(secret)))
        .forEach(terms -> events.tell(terms.id()));
  }

  /** The labels of a namespace changed, and so perhaps what its resources may use. */
  public void namespaceChanged(String namespace) {
    accounts
        .all()
        .flatMap(account -> primaries.referringToAccount(AccountTerms.id(account)).stream())
        .filter(resource -> namespace.equals(resource.getMetadata().getNamespace()))
        .map(SpecDefaults::id)
        .forEach(wakeEvents::wake);
  }

  @Override
  public List<EventSource<?, CloudElementsAccount>> prepareEventSources(
      EventSourceContext<CloudElementsAccount> context) {
    accounts.attach(context.getPrimaryCache());
    return List.of(events);
  }

  @Override
  public UpdateControl<CloudElementsAccount> reconcile(
      CloudElementsAccount cached, Context<CloudElementsAccount> context) {
    ResourceId id = AccountTerms.id(cached);
    if (context.isPrimaryResourceDeleted()) {
      calls.instances().unlimit(id);
      accounting.forget(cached).forEach(wakeEvents::wake);
      refusals.over(cached);
      return UpdateControl.noUpdate();
    }
    try (var _ = MDC.putCloseable(Logging.NAMESPACE, id.namespace());
        var _ = MDC.putCloseable(Logging.NAME, id.name())) {
      Duration again = reconciled(cached);
      refusals.over(cached);
      return UpdateControl.<CloudElementsAccount>noUpdate().rescheduleAfter(again);
    } catch (ClusterWriteException e) {
      refusals.tell(cached, e.failure());
      throw e;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return UpdateControl.<CloudElementsAccount>noUpdate()
            .rescheduleAfter(Duration.ofSeconds(1));
      }
      ApiServerFailure failure = ApiServerFailure.of(e);
      if (failure.refused()) {
        refusals.tell(cached, failure.of(ClusterWriteFailure.WriteKind.READ_SECRET));
      }
      throw e;
    }
  }

  private Duration reconciled(CloudElementsAccount cached) {
    if (!resourcesKnown.get().getAsBoolean()) {
      return UNTIL_KNOWN;
    }
    AccountReconciliation.AccountResult end = accounting.run(cached);
    bound(AccountTerms.id(cached), end.permits());
    end.woken().forEach(wakeEvents::wake);
    return end.again();
  }

  private void bound(ResourceId account, Optional<AccountReconciliation.PermitLimit> permits) {
    permits.ifPresentOrElse(
        limit -> calls.instances().limit(account, limit.since(), limit.fingerprint(), limit.most()),
        () -> calls.instances().unlimit(account));
  }

  private record ControllerCaches(PrimaryCache primaries, AccountCache accounts)
      implements AccountReconciliation.AccountCaches {
    @Override
    public List<ConnectWiseInstance> referring(ResourceId account) {
      return primaries.referringToAccount(account);
    }

    @Override
    public Optional<Map<String, String>> labels(String namespace) {
      return accounts.labels(namespace);
    }
  }
}
