package io.cloudelements.connectwise.schedule;

import static io.cloudelements.connectwise.schedule.AccountAction.account;
import static io.cloudelements.connectwise.schedule.AccountAction.annotate;
import static io.cloudelements.connectwise.schedule.AccountAction.change;
import static io.cloudelements.connectwise.schedule.AccountAction.confirmIdentity;
import static io.cloudelements.connectwise.schedule.AccountAction.deleteAccount;
import static io.cloudelements.connectwise.schedule.AccountAction.deleteAccountSecret;
import static io.cloudelements.connectwise.schedule.AccountAction.madeByHandInAccount;
import static io.cloudelements.connectwise.schedule.AccountAction.neighbour;
import static io.cloudelements.connectwise.schedule.AccountAction.neighbourLeaves;
import static io.cloudelements.connectwise.schedule.AccountAction.resetAccountUser;
import static io.cloudelements.connectwise.schedule.AccountAction.secrets;
import static io.cloudelements.connectwise.schedule.AccountAction.tenant;
import static io.cloudelements.connectwise.schedule.AccountAction.tenantAdopting;
import static io.cloudelements.connectwise.schedule.AccountAction.useOwnSecrets;
import static io.cloudelements.connectwise.schedule.Expectation.either;
import static io.cloudelements.connectwise.schedule.Expectation.gone;
import static io.cloudelements.connectwise.schedule.Expectation.notReady;
import static io.cloudelements.connectwise.schedule.Expectation.ready;
import static io.cloudelements.connectwise.schedule.Expectation.retained;
import static io.cloudelements.connectwise.schedule.ScheduledAction.credentials;
import static io.cloudelements.connectwise.schedule.ScheduledAction.delete;
import static io.cloudelements.connectwise.schedule.ScheduledAction.edit;

import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.schedule.AccountDraft.Allowed;
import io.cloudelements.connectwise.schedule.Disturbance.Comeback;
import io.cloudelements.connectwise.schedule.Disturbance.Lag;
import io.cloudelements.connectwise.schedule.Disturbance.Loss;
import io.cloudelements.connectwise.schedule.Disturbance.Moment;
import io.cloudelements.connectwise.schedule.Disturbance.OutsideEvent;
import io.cloudelements.connectwise.schedule.Disturbance.Stay;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What happens to a resource that uses the account object of another namespace. */
enum AccountScenario implements Script {
  ACCOUNT_USED(ready(1), given(), List.of(tenant())),
  USED_BEFORE_THE_ACCOUNT_IS_THERE(
      ready(1), List.of(credentials(), tenant()), List.of(account(allowing()), secrets())),
  ACCOUNT_UNSET_MEANS_OWN(
      notReady(0, 0), with(account("that allows nobody else", _ -> {})), List.of(tenant())),
  ACCOUNT_SELECTS_NOTHING(
      notReady(0, 0),
      with(account("with an empty selector", d -> d.allowed = Allowed.bySelector(Map.of()))),
      List.of(tenant())),
  ACCOUNT_NAMES_OTHERS(
      notReady(0, 0),
      with(account("that names another", d -> d.allowed = Allowed.byNames("others"))),
      List.of(tenant(), rename())),
  CONSENT_BY_LABELS(
      ready(1),
      with(account("with a selector", d -> d.allowed = Allowed.bySelector(Map.of("crm", "acme")))),
      List.of(tenant(), AccountAction.labelNamespace(Map.of("crm", "acme")))),
  CONSENT_GIVEN(
      ready(1),
      with(account("that allows nobody else", _ -> {})),
      List.of(tenant(), change("allow the namespace", allowing()))),
  CONSENT_WITHDRAWN(keeps(), used(), List.of(withdraw())),
  CONSENT_WITHDRAWN_AND_CHANGED(keeps(), used(), List.of(withdraw(), rename())),
  CONSENT_WITHDRAWN_WHILE_CREATING(either(0, 1), given(), List.of(tenant(), withdraw())),
  CONSENT_WITHDRAWN_AND_GIVEN(
      ready(1), used(), List.of(withdraw(), change("allow the namespace", allowing()))),
  CONSENT_WITHDRAWN_AND_DELETED(
      gone(1, 1).orUnknowable(1, 1), used(), List.of(withdraw(), delete())),
  CONSENT_WITHDRAWN_WHILE_DELETING(
      gone(1, 1).orUnknowable(1, 1), used(), List.of(delete(), withdraw())),
  ACCOUNT_SUSPENDED(
      ready(1),
      used(),
      List.of(
          change("suspend", d -> d.suspend = true),
          rename(),
          change("resume", d -> d.suspend = null))),
  ACCOUNT_SUSPENDED_WHILE_CREATING(
      ready(1),
      given(),
      List.of(
          tenant(),
          change("suspend", d -> d.suspend = true),
          change("resume", d -> d.suspend = null))),
  ACCOUNT_ROTATED(ready(1), used(), List.of(resetAccountUser(), secrets(PlatformAccount.ROTATED))),
  ACCOUNT_ROTATED_WHILE_CREATING(
      ready(1), given(), List.of(tenant(), resetAccountUser(), secrets(PlatformAccount.ROTATED))),
  IDENTITY_CHANGED(keeps(), used(), List.of(secrets(PlatformAccount.FOREIGN), rename())),
  IDENTITY_CHANGED_AND_BACK(
      ready(1), used(), List.of(secrets(PlatformAccount.FOREIGN), secrets(PlatformAccount.FIRST))),
  IDENTITY_CHANGED_WHILE_CREATING(
      either(0, 1), given(), List.of(tenant(), secrets(PlatformAccount.FOREIGN))),
  IDENTITY_CHANGED_AND_CONFIRMED(
      keeps().orUnknowable(2, 2),
      used(),
      List.of(secrets(PlatformAccount.FOREIGN), confirmIdentity(PlatformAccount.FOREIGN))),
  ACCOUNT_DELETED(keeps(), used(), List.of(deleteAccount())),
  ACCOUNT_AND_TENANT_DELETED(gone(1, 1), used(), List.of(deleteAccount(), delete())),
  ACCOUNT_SECRET_AND_TENANT_DELETED(either(1, 1), used(), List.of(deleteAccountSecret(), delete())),
  TENANT_DELETED(gone(1, 1), used(), List.of(delete())),
  TENANT_LEAVES_FOR_OWN_SECRETS(
      either(1, 1).orUnknowable(2, 2), used(), List.of(useOwnSecrets(), deleteAccount())),
  ADOPTION_FORBIDDEN(
      notReady(0, 0),
      Stream.concat(given().stream(), Stream.of(madeByHandInAccount())).toList(),
      List.of(tenantAdopting(PlatformAccount.FIRST_MADE))),
  ADOPTION_ALLOWED(
      ready(0),
      Stream.concat(letting().stream(), Stream.of(madeByHandInAccount())).toList(),
      List.of(tenantAdopting(PlatformAccount.FIRST_MADE))),
  NEIGHBOUR_ADOPTED(
      notReady(0, 0),
      Stream.concat(letting().stream(), Stream.of(neighbour())).toList(),
      List.of(tenantAdopting(PlatformAccount.FIRST_MADE))),
  NEIGHBOUR_TAKEN_OVER_WITHOUT_PERMISSION(
      notReady(0, 0),
      Stream.concat(given().stream(), Stream.of(neighbour())).toList(),
      List.of(
          tenantAdopting(PlatformAccount.FIRST_MADE),
          annotate(Confirmation.TAKE_OVER, PlatformAccount.FIRST_MADE))),
  QUOTA_REACHED(notReady(0, 0), limited(), List.of(tenant())),
  QUOTA_FREED(ready(1), limited(), List.of(tenant(), neighbourLeaves()));

  private static final Set<RemoteOutcome> OUTCOMES =
      EnumSet.of(
          RemoteOutcome.APPLIED_RESPONSE_LOST,
          RemoteOutcome.APPLIED_LATE,
          RemoteOutcome.LOST_BEFORE_APPLIED,
          RemoteOutcome.REFUSED_401,
          RemoteOutcome.HTML_404,
          RemoteOutcome.FAILED_500,
          RemoteOutcome.REFUSED_400_QUOTING_SECRETS);

  private final Expectation expectation;
  private final List<ScheduledAction> setup;
  private final List<ScheduledAction> actions;

  AccountScenario(
      Expectation expectation, List<ScheduledAction> setup, List<ScheduledAction> actions) {
    this.expectation = expectation;
    this.setup = setup;
    this.actions = actions;
  }

  @Override
  public List<ScheduledAction> setup() {
    return setup;
  }

  @Override
  public List<ScheduledAction> actions() {
    return actions;
  }

  @Override
  public Expectation expectation(boolean statusLost) {
    return statusLost ? expectation.whenStatusLost().orElse(expectation) : expectation;
  }

  /** One of each kind: what the others do to a resource is tried with its own secrets. */
  @Override
  public boolean isTriedWith(Disturbance disturbance) {
    return switch (disturbance) {
      case Disturbance.Crash(int _, var _, Loss loss) ->
          loss == Loss.NOTHING_ELSE || loss == Loss.STATUS;
      case Disturbance.Answer(int _, RemoteOutcome outcome) -> OUTCOMES.contains(outcome);
      case Disturbance.Outage(int _, RemoteOutcome outcome) -> outcome == RemoteOutcome.FAILED_500;
      case Disturbance.SecondReplica(int _, var moment, Lag lag, Stay stay) ->
          moment == Moment.AFTER && lag.none() && stay == Stay.ONE_PASS;
      case Disturbance.Outside(int _, var _, OutsideEvent event) ->
          event == OutsideEvent.NEXT_ACTION;
      case Disturbance.StaleView(int _, Lag lag) -> lag.equals(Lag.of(1));
      case Disturbance.QueueFull(int _, Comeback how) -> how == Comeback.CALLED_LATE;
      case Disturbance.ApiServerFails _, Disturbance.WritesRefused _ -> true;
      case Disturbance.Pause _ -> false;
    };
  }

  /** The instance stays, and so does {@code Ready} while its own last check holds. */
  private static Expectation keeps() {
    return retained(1);
  }

  private static Consumer<AccountDraft> allowing() {
    return d -> d.allowed = Allowed.byNames(Cluster.NAMESPACE);
  }

  private static ScheduledAction withdraw() {
    return change("withdraw consent", d -> d.allowed = Allowed.byNames("others"));
  }

  private static ScheduledAction rename() {
    return edit("change the name", d -> d.name = "Other");
  }

  private static List<ScheduledAction> with(ScheduledAction account) {
    return List.of(credentials(), account, secrets());
  }

  private static List<ScheduledAction> given() {
    return with(account(allowing()));
  }

  private static List<ScheduledAction> letting() {
    return with(
        account(
            "that lets others adopt",
            d -> {
              d.allowed = Allowed.byNames(Cluster.NAMESPACE);
              d.adoption = AccountTerms.ADOPTION_ALLOWED;
            }));
  }

  private static List<ScheduledAction> limited() {
    return Stream.concat(
            with(
                account(
                    "for one instance",
                    d -> {
                      d.allowed = Allowed.everybody();
                      d.instances = 1;
                    }))
                .stream(),
            Stream.of(neighbour()))
        .toList();
  }

  private static List<ScheduledAction> used() {
    return Stream.concat(given().stream(), Stream.of(tenant())).toList();
  }
}
