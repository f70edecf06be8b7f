package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.account.AccountAuthorizer;
import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountDirectory;
import io.cloudelements.connectwise.account.AccountFacts;
import io.cloudelements.connectwise.account.AccountKeyring;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountSource;
import io.cloudelements.connectwise.account.WrittenAccounts;
import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.AccountObjectAccess;
import io.cloudelements.connectwise.reconcile.AccountObjectWrites;
import io.cloudelements.connectwise.reconcile.AccountReconciliation;
import io.cloudelements.connectwise.reconcile.ClusterConflict;
import io.cloudelements.connectwise.reconcile.ClusterWriteException;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The account objects as one process has them: the watch, the keyring, and the reconciles of the
 * account object, which are the production code's. Every reading of a credential is seen.
 */
final class ScheduledAccounts
    implements AccountDirectory, AccountReconciliation.AccountCaches, AccountKeyring.SecretSource {
  static final Predicate<URI> ALLOWED =
      Set.of(ScheduledService.BASE_URL, PlatformAccount.BASE_URL)::contains;

  private static final AccountCheck.BaseUrlSettings SETTINGS =
      new AccountCheck.BaseUrlSettings(ScheduledService.BASE_URL, ALLOWED);

  private static final Duration AFTER_CONFLICT = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  /** As long as what is counted may be written later. */
  private static final Duration UNTIL_COUNTED = Duration.ofSeconds(31);

  private static final Set<AccountReason> WRONGLY =
      EnumSet.of(AccountReason.ACCOUNT_REJECTED, AccountReason.ACCESS_DENIED);

  private final World world;
  private final Variant variant;
  private final Supplier<Optional<ConnectWiseInstance>> resource;
  private final AccountKeyring keyring = new AccountKeyring(this, ScheduledService.BASE_URL);
  private final WrittenAccounts written = new WrittenAccounts();
  private final AccountAuthorizer authorizer;
  private Optional<AccountReconciliation> reconciliation = Optional.empty();
  private Optional<ConnectWiseInstance> asking = Optional.empty();
  private Optional<CloudElementsAccount> known = Optional.empty();
  private boolean event = true;
  private long shown;
  private long secretsSeen;
  private long labelsSeen;
  private String resourceSeen = "";
  private Instant changed = VirtualTime.START;
  private Optional<Instant> timer = Optional.empty();

  /**
   * @param resource the cached one
   */
  ScheduledAccounts(
      World world, Variant variant, Supplier<Optional<ConnectWiseInstance>> resource) {
    this.world = world;
    this.variant = variant;
    this.resource = resource;
    this.authorizer = new AccountAuthorizer(variant.directory(this, world));
  }

  /** Takes the ports into use. */
  void begin(AccountObjectWrites writes, InstancesApi instances) {
    reconciliation =
        Optional.of(
            new AccountReconciliation(
                keyring,
                written,
                variant.view(this),
                writes,
                instances,
                SETTINGS,
                world.time().wallClock()));
  }

  AccountAuthorizer authorizer() {
    return authorizer;
  }

  /** What opens the account of a resource. */
  AccountSource open(ConnectWiseInstance of) {
    asking = Optional.of(of);
    return AccountObjectAccess.open(authorizer, of);
  }

  /** The account as this process sees it now. */
  SeenAccount seen() {
    return SeenAccount.of(account(AccountObjects.ID), world.accounts());
  }

  /** When it is to be reconciled; empty: not before something happens. */
  Optional<Instant> due() {
    Instant now = world.time().now();
    if (world.accounts().history().latest().revision() == 0) {
      return Optional.empty();
    }
    boolean settled =
        now.isAfter(changed.plus(UNTIL_COUNTED))
            && resourceSeen.equals(version())
            && !isUnsettled();
    return event || isNews() ? Optional.of(now) : timer.filter(_ -> !settled);
  }

  /** Whether the service will accept what it has not accepted yet. */
  boolean isUnsettled() {
    Optional<AccountReason> reason = cached().flatMap(known -> AccountFacts.of(known).reason());
    return reason.filter(AccountReason.UNREACHABLE::equals).isPresent()
        || (reason.filter(WRONGLY::contains).isPresent()
            && world
                .accounts()
                .secret(AccountObjects.SECRET)
                .now()
                .filter(world.service().inAccount()::accepts)
                .isPresent());
  }

  private boolean isNews() {
    return world.accounts().history().latest().revision() > shown
        || world.accounts().secretsRevision() > secretsSeen
        || world.accounts().labelled() > labelsSeen;
  }

  private String version() {
    return resource.get().map(found -> found.getMetadata().getResourceVersion()).orElse("");
  }

  /**
   * What events and timers bring, if they do.
   *
   * @param lag by how many versions the cache is behind
   * @return whether the resource is woken
   */
  boolean reconcile(int lag) {
    boolean isDue = due().filter(then -> !then.isAfter(world.time().now())).isPresent();
    if (!isDue) {
      return false;
    }
    boolean labelled = world.accounts().labelled() > labelsSeen;
    long before = world.accounts().history().latest().revision();
    shown = world.accounts().history().behind(lag, shown).revision();
    secretsSeen = world.accounts().secretsRevision();
    labelsSeen = world.accounts().labelled();
    event = false;
    if (labelled || !resourceSeen.equals(version())) {
      changed = world.time().now();
    }
    resourceSeen = version();
    boolean woken = cached().map(this::reconciled).orElseGet(this::gone);
    if (world.accounts().history().latest().revision() != before) {
      changed = world.time().now();
    }
    return woken || labelled;
  }

  private boolean gone() {
    boolean woken = known.filter(former -> !ports().forget(former).isEmpty()).isPresent();
    known = Optional.empty();
    timer = Optional.empty();
    return woken;
  }

  private boolean reconciled(CloudElementsAccount cached) {
    known = Optional.of(cached);
    world.isolation().reconcileBegins(seen());
    try {
      AccountReconciliation.AccountResult end = ports().run(variant.account(cached, world));
      timer = Optional.of(world.time().now().plus(end.again()));
      return !end.woken().isEmpty();
    } catch (ClusterConflict e) {
      return again(AFTER_CONFLICT);
    } catch (ClusterWriteException e) {
      return again(AFTER_FAILURE);
    } finally {
      world.isolation().reconcileEnds();
    }
  }

  private boolean again(Duration after) {
    changed = world.time().now();
    timer = Optional.of(world.time().now().plus(after));
    return false;
  }

  private AccountReconciliation ports() {
    return reconciliation.orElseThrow();
  }

  private Optional<CloudElementsAccount> cached() {
    return world.accounts().history().at(shown).object();
  }

  @Override
  public Optional<CloudElementsAccount> account(ResourceId name) {
    return cached().filter(_ -> name.equals(AccountObjects.ID)).map(written::newest);
  }

  @Override
  public Optional<Map<String, String>> labels(String namespace) {
    return Optional.of(namespace.equals(Cluster.NAMESPACE) ? world.accounts().labels() : Map.of());
  }

  @Override
  public String applicationVersion(CloudElementsAccount account) {
    return keyring.applicationVersion(account);
  }

  @Override
  public Optional<Keys> keys(CloudElementsAccount account) {
    asking.ifPresent(of -> world.happened(new Step.CredentialsRead(of, seen())));
    return keyring.keys(account);
  }

  @Override
  public List<ConnectWiseInstance> referring(ResourceId account) {
    return all().filter(found -> found.getSpec().accountRef() != null).toList();
  }

  /** The resources that count against the limits of an account, by its fingerprint. */
  Stream<ConnectWiseInstance> counted(String account) {
    return variant.counted(all(), account);
  }

  private Stream<ConnectWiseInstance> all() {
    return Stream.concat(resource.get().stream(), world.accounts().neighbours().stream());
  }

  @Override
  public Optional<Secret> read(ResourceId secret) {
    return world.accounts().secret(secret).now();
  }

  @Override
  public Optional<String> version(ResourceId secret) {
    return read(secret).map(found -> found.getMetadata().getResourceVersion());
  }
}
