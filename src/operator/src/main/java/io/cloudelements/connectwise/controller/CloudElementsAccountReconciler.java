package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountFinding;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountStatusComposer;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.account.AccountUse;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.ops.Logging;
import io.cloudelements.connectwise.reconcile.AccountUsers;
import io.cloudelements.connectwise.reconcile.EventRecord;
import io.cloudelements.connectwise.status.StatusReader;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Keeps an account object: verifies its secrets when they are new, reports, counts its resources,
 * lets it go when none is left, and wakes its resources when what they may do has changed.
 */
public final class CloudElementsAccountReconciler implements Reconciler<CloudElementsAccount> {
  private static final Logger LOG = LoggerFactory.getLogger(CloudElementsAccountReconciler.class);

  /** Counts are written no more often than that. */
  static final Duration COUNTED_EVERY = Duration.ofSeconds(30);

  /** How soon after its last resource an account that is being deleted goes. */
  private static final Duration WHILE_DELETING = Duration.ofSeconds(2);

  private static final Duration UNTIL_KNOWN = Duration.ofMillis(200);

  private static final Duration CHECKED_AGAIN = Duration.ofMinutes(10);

  /**
   * What its resources see of an account.
   *
   * @param use what changes for all of them
   * @param revision what changes for those that do not work now
   */
  private record Shown(String use, Optional<String> revision) {}

  private final AccountCache accounts;
  private final PrimaryCache primaries;
  private final AccountWrites writes;
  private final InstancesApi instances;
  private final AccountCheck.Settings settings;
  private final WakeEvents wakeEvents;
  private final InstantSource clock;
  private final Events events = new Events();
  private final AtomicReference<BooleanSupplier> resourcesKnown =
      new AtomicReference<>(() -> false);

  private final Map<String, Shown> shown = new ConcurrentHashMap<>();
  private final Map<String, Instant> counted = new ConcurrentHashMap<>();

  public CloudElementsAccountReconciler(
      AccountCache accounts,
      PrimaryCache primaries,
      AccountWrites writes,
      InstancesApi instances,
      AccountCheck.Settings settings,
      WakeEvents wakeEvents,
      InstantSource clock) {
    this.accounts = accounts;
    this.primaries = primaries;
    this.writes = writes;
    this.instances = instances;
    this.settings = settings;
    this.wakeEvents = wakeEvents;
    this.clock = clock;
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
        .forEach(this::wake);
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
      forget(cached);
      return UpdateControl.noUpdate();
    }
    try (var _ = MDC.putCloseable(Logging.NAMESPACE, id.namespace());
        var _ = MDC.putCloseable(Logging.NAME, id.name())) {
      return UpdateControl.<CloudElementsAccount>noUpdate().rescheduleAfter(reconciled(cached));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return UpdateControl.<CloudElementsAccount>noUpdate()
            .rescheduleAfter(Duration.ofSeconds(1));
      }
      throw e;
    }
  }

  private void forget(CloudElementsAccount account) {
    String uid = account.getMetadata().getUid();
    accounts.forget(uid);
    shown.remove(uid);
    counted.remove(uid);
    primaries.referringToAccount(AccountTerms.id(account)).forEach(this::wake);
  }

  private Duration reconciled(CloudElementsAccount cached) {
    if (!resourcesKnown.get().getAsBoolean()) {
      return UNTIL_KNOWN;
    }
    AccountTerms terms = AccountTerms.of(cached);
    List<ConnectWiseInstance> users =
        AccountUsers.of(cached, primaries.referringToAccount(terms.id()), accounts::labels);
    AccountUse use = AccountUsers.counted(users);
    if (terms.deleting()) {
      return leaving(cached, use, users);
    }
    CloudElementsAccount account =
        cached.getMetadata().getFinalizers().contains(AccountWrites.FINALIZER)
            ? cached
            : writes.addFinalizer(cached);
    AccountFinding finding = checked(account);
    CloudElementsAccount now = report(account, finding, use);
    tellResources(now, users);
    return again(finding);
  }

  private Duration leaving(
      CloudElementsAccount account, AccountUse use, List<ConnectWiseInstance> users) {
    if (!account.getMetadata().getFinalizers().contains(AccountWrites.FINALIZER)) {
      return CHECKED_AGAIN;
    }
    if (users.isEmpty()) {
      writes.removeFinalizer(account);
      return CHECKED_AGAIN;
    }
    tellResources(report(account, AccountStatusComposer.inUse(use), use), users);
    return WHILE_DELETING;
  }

  private AccountFinding checked(CloudElementsAccount account) {
    AccountCheck check = new AccountCheck(account, settings);
    AccountCheck.Step step =
        check.begin(AccountTerms.of(account).secret().flatMap(accounts::secret));
    return switch (step) {
      case AccountCheck.Step.Done(AccountFinding finding) -> finding;
      case AccountCheck.Step.Ask(Account asked) -> ask(check, asked);
    };
  }

  private AccountFinding ask(AccountCheck check, Account asked) {
    try {
      return check.accepted(asked, organization(AccountAccess.to(asked)));
    } catch (InstancesApiException e) {
      return check.failed(asked, e.failure(), clock.instant());
    }
  }

  /** Where the service does not tell it, a listing shows whether it accepts the secrets at all. */
  private OrganizationAnswer organization(AccountAccess access) {
    OrganizationAnswer answer = instances.readOrganization(access);
    if (answer instanceof OrganizationAnswer.NotTold) {
      instances.listPage(access, PageRequest.LARGEST);
    }
    return answer;
  }

  private CloudElementsAccount report(
      CloudElementsAccount account, AccountFinding finding, AccountUse use) {
    String uid = account.getMetadata().getUid();
    Instant now = clock.instant();
    finding.verified().ifPresent(verified -> accounts.keep(account, verified.account()));
    boolean count =
        Optional.ofNullable(counted.get(uid))
            .filter(before -> before.plus(COUNTED_EVERY).isAfter(now))
            .isEmpty();
    CloudElementsAccountStatus status =
        AccountStatusComposer.compose(account, finding, Optional.of(use).filter(_ -> count), now);
    if (status.equals(account.getStatus())) {
      return account;
    }
    Optional<AccountReason> before = AccountFacts.of(account).reason();
    CloudElementsAccount written = writes.writeStatus(account, status);
    if (count) {
      counted.put(uid, now);
    }
    if (!before.equals(Optional.of(finding.reason()))) {
      LOG.info("Account {}: {}", finding.reason().label(), finding.message());
      writes.publish(written, event(finding));
    }
    return written;
  }

  private static EventRecord event(AccountFinding finding) {
    return finding.reason().warns()
        ? EventRecord.warning(finding.reason().label(), finding.message())
        : EventRecord.normal(finding.reason().label(), finding.message());
  }

  /** After a start nothing is told: its resources are reconciled anyway. */
  private void tellResources(CloudElementsAccount account, List<ConnectWiseInstance> users) {
    AccountFacts facts = AccountFacts.of(account);
    Shown now =
        new Shown(
            account.getMetadata().getGeneration()
                + " "
                + facts.reason()
                + facts.fingerprint()
                + AccountTerms.of(account).deleting()
                + accounts.applicationVersion(account),
            facts.verified());
    Shown before = shown.put(account.getMetadata().getUid(), now);
    if (before == null || before.equals(now)) {
      return;
    }
    List<ConnectWiseInstance> all = primaries.referringToAccount(AccountTerms.id(account));
    if (!before.use().equals(now.use())) {
      all.forEach(this::wake);
    } else {
      all.stream().filter(CloudElementsAccountReconciler::mayGain).forEach(this::wake);
    }
  }

  private void wake(ConnectWiseInstance resource) {
    wakeEvents.wake(
        new ResourceId(resource.getMetadata().getNamespace(), resource.getMetadata().getName()));
  }

  /** The others work with what they have. */
  private static boolean mayGain(ConnectWiseInstance resource) {
    return StatusReader.status(resource)
        .flatMap(StatusReader::reason)
        .filter(Reason::isConverged)
        .isEmpty();
  }

  private static Duration again(AccountFinding finding) {
    return finding.reason() == AccountReason.UNREACHABLE ? Duration.ofSeconds(15) : COUNTED_EVERY;
  }
}
