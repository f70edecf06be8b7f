package io.cloudelements.connectwise.schedule;

import static io.cloudelements.connectwise.schedule.AccountAction.account;
import static io.cloudelements.connectwise.schedule.AccountAction.annotate;
import static io.cloudelements.connectwise.schedule.AccountAction.change;
import static io.cloudelements.connectwise.schedule.AccountAction.confirmIdentity;
import static io.cloudelements.connectwise.schedule.AccountAction.deleteAccount;
import static io.cloudelements.connectwise.schedule.AccountAction.deleteAccountSecret;
import static io.cloudelements.connectwise.schedule.AccountAction.madeByHandInAccount;
import static io.cloudelements.connectwise.schedule.AccountAction.neighbour;
import static io.cloudelements.connectwise.schedule.AccountAction.neighbourFromElsewhere;
import static io.cloudelements.connectwise.schedule.AccountAction.neighbourLeaves;
import static io.cloudelements.connectwise.schedule.AccountAction.neighbourWithOwnSecrets;
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
import static io.cloudelements.connectwise.schedule.ScheduledAction.deleteSecret;
import static io.cloudelements.connectwise.schedule.ScheduledAction.edit;
import static io.cloudelements.connectwise.schedule.ScheduledService.TOKEN_SECRET;
import static io.cloudelements.connectwise.schedule.Setups.allowing;
import static io.cloudelements.connectwise.schedule.Setups.and;
import static io.cloudelements.connectwise.schedule.Setups.given;
import static io.cloudelements.connectwise.schedule.Setups.used;
import static io.cloudelements.connectwise.schedule.Setups.with;

import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.instance.Confirmation;
import io.cloudelements.connectwise.schedule.AccountDraft.Allowed;
import io.cloudelements.connectwise.schedule.Disturbance.Comeback;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happens to a resource that uses the account object of another namespace. */
enum AccountScenario implements AccountScript {
  ACCOUNT_USED(ready(1), given(), List.of(tenant())),
  USED_BEFORE_THE_ACCOUNT_IS_THERE(
      ready(1), List.of(credentials(), tenant()), List.of(account(allowing()), secrets())),
  ACCOUNT_UNSET_MEANS_OWN(
      notReady(0, 0), with(account("for its own namespace", _ -> {})), List.of(tenant())),
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
      with(account("for its own namespace", _ -> {})),
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
      and(given(), madeByHandInAccount()),
      List.of(tenantAdopting(PlatformAccount.FIRST_MADE))),
  ADOPTION_ALLOWED(
      ready(0),
      and(letting(), madeByHandInAccount()),
      List.of(tenantAdopting(PlatformAccount.FIRST_MADE))),
  NEIGHBOUR_ADOPTED(
      notReady(0, 0),
      and(letting(), neighbour()),
      List.of(tenantAdopting(PlatformAccount.FIRST_MADE))),
  NEIGHBOUR_TAKEN_OVER_WITHOUT_PERMISSION(
      notReady(0, 0),
      and(given(), neighbour()),
      List.of(
          tenantAdopting(PlatformAccount.FIRST_MADE),
          annotate(Confirmation.TAKE_OVER, PlatformAccount.FIRST_MADE))),
  TOKEN_SECRET_OF_USER_DELETED(ready(1), used(), List.of(deleteSecret(TOKEN_SECRET))),
  CONSENT_WITHDRAWN_AND_TOKEN_SECRET_DELETED(
      notReady(1, 1).orUnknowable(1, 1), used(), List.of(withdraw(), deleteSecret(TOKEN_SECRET))),
  ACCOUNT_ROTATED_AND_TOKEN_SECRET_DELETED(
      ready(1),
      used(),
      List.of(resetAccountUser(), deleteSecret(TOKEN_SECRET), secrets(PlatformAccount.ROTATED))),
  QUOTA_REACHED(notReady(0, 0), and(limited(1), neighbour()), List.of(tenant())),
  QUOTA_FREED(ready(1), and(limited(1), neighbour()), List.of(tenant(), neighbourLeaves())),
  QUOTA_RAISED(
      ready(1),
      and(limited(1), neighbour()),
      List.of(tenant(), change("raise the limit", d -> d.instances = 2))),
  QUOTA_LEFT_FOR_ONE(ready(1), and(limited(2), neighbour()), List.of(tenant())),
  QUOTA_TAKEN_WHILE_CREATING(either(0, 1), limited(1), List.of(tenant(), neighbour())),
  QUOTA_LOWERED_BELOW_WHAT_IS_USED(
      ready(1),
      and(limited(2), neighbour(), tenant()),
      List.of(change("lower the limit", d -> d.instances = 1), rename())),
  QUOTA_COUNTS_WHO_LEFT_WITH_AN_INSTANCE(
      notReady(0, 0), and(limited(1), neighbourWithOwnSecrets()), List.of(tenant())),
  QUOTA_COUNTS_NO_INSTANCE_ELSEWHERE(
      ready(1), and(limited(1), neighbourFromElsewhere()), List.of(tenant()));

  private static final Set<AccountScenario> LIMITED =
      EnumSet.of(QUOTA_REACHED, QUOTA_LEFT_FOR_ONE, QUOTA_TAKEN_WHILE_CREATING);

  private final Course course;

  AccountScenario(
      Expectation expectation, List<ScheduledAction> setup, List<ScheduledAction> actions) {
    this.course = new Course(expectation, setup, actions);
  }

  @Override
  public Course course() {
    return course;
  }

  @Override
  public boolean creates() {
    return this == ACCOUNT_USED;
  }

  /** The limits are kept by each process, and each knows of creations that others do not see. */
  @Override
  public boolean isTriedWith(Disturbance disturbance) {
    boolean changesLeader =
        disturbance instanceof Disturbance.SecondReplica
            || disturbance.equals(
                new Disturbance.QueueFull(disturbance.position(), Comeback.LEADER_CHANGED));
    return AccountScript.super.isTriedWith(disturbance)
        || (LIMITED.contains(this) && changesLeader);
  }

  /** The instance stays, and so does {@code Ready} while its own last check holds. */
  private static Expectation keeps() {
    return retained(1);
  }

  private static ScheduledAction withdraw() {
    return change("withdraw consent", d -> d.allowed = Allowed.byNames("others"));
  }

  private static ScheduledAction rename() {
    return edit("change the name", d -> d.name = "Other");
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

  /** An account that lets everybody have this many instances, all together. */
  private static List<ScheduledAction> limited(int instances) {
    return with(
        account(
            "with a limit of instances",
            d -> {
              d.allowed = Allowed.everybody();
              d.instances = instances;
            }));
  }
}
