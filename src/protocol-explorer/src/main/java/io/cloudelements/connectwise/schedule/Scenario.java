package io.cloudelements.connectwise.schedule;

import static io.cloudelements.connectwise.schedule.Expectation.either;
import static io.cloudelements.connectwise.schedule.Expectation.gone;
import static io.cloudelements.connectwise.schedule.Expectation.notReady;
import static io.cloudelements.connectwise.schedule.Expectation.observed;
import static io.cloudelements.connectwise.schedule.Expectation.ready;
import static io.cloudelements.connectwise.schedule.Expectation.readyIfMade;
import static io.cloudelements.connectwise.schedule.Expectation.retained;
import static io.cloudelements.connectwise.schedule.ScheduledAction.CREDENTIALS;
import static io.cloudelements.connectwise.schedule.ScheduledAction.adopting;
import static io.cloudelements.connectwise.schedule.ScheduledAction.confirmAccount;
import static io.cloudelements.connectwise.schedule.ScheduledAction.confirmRecreation;
import static io.cloudelements.connectwise.schedule.ScheduledAction.create;
import static io.cloudelements.connectwise.schedule.ScheduledAction.createdByHand;
import static io.cloudelements.connectwise.schedule.ScheduledAction.credentials;
import static io.cloudelements.connectwise.schedule.ScheduledAction.credentialsAfterReset;
import static io.cloudelements.connectwise.schedule.ScheduledAction.credentialsElsewhere;
import static io.cloudelements.connectwise.schedule.ScheduledAction.credentialsOfOtherAccount;
import static io.cloudelements.connectwise.schedule.ScheduledAction.delete;
import static io.cloudelements.connectwise.schedule.ScheduledAction.deleteInstance;
import static io.cloudelements.connectwise.schedule.ScheduledAction.deleteSecret;
import static io.cloudelements.connectwise.schedule.ScheduledAction.edit;
import static io.cloudelements.connectwise.schedule.ScheduledAction.hideTags;
import static io.cloudelements.connectwise.schedule.ScheduledAction.nameInStatus;
import static io.cloudelements.connectwise.schedule.ScheduledAction.ownedElsewhere;
import static io.cloudelements.connectwise.schedule.ScheduledAction.resetUserSecret;
import static io.cloudelements.connectwise.schedule.ScheduledAction.restCredentials;
import static io.cloudelements.connectwise.schedule.ScheduledAction.retag;
import static io.cloudelements.connectwise.schedule.Setups.adoptable;
import static io.cloudelements.connectwise.schedule.Setups.existing;
import static io.cloudelements.connectwise.schedule.Setups.existingBesideHandMade;
import static io.cloudelements.connectwise.schedule.Setups.retaining;
import static io.cloudelements.connectwise.schedule.Setups.secrets;
import static io.cloudelements.connectwise.schedule.Setups.takingOver;
import static io.cloudelements.connectwise.schedule.TokenSecretAction.corruptTokenSecret;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What happens to a resource with secrets of its own. */
enum Scenario implements Script {
  CREATE_HELPDESK(ready(1), secrets(), List.of(create("tagged", d -> d.tags = List.of("a", "b")))),
  CREATE_CRM(ready(1), secrets(), List.of(create("hub crm", d -> d.hub = "crm"))),
  CREATE_CRM_REST(
      ready(1),
      List.of(restCredentials()),
      List.of(
          create(
              "the REST element",
              d -> {
                d.hub = "crm";
                d.element = "connectwisecrmrest";
              }))),
  CREATE_DISABLED(ready(1), secrets(), List.of(create("disabled", d -> d.enabled = false))),
  CREATE_BEFORE_CREDENTIALS(ready(1), List.of(), List.of(create(), credentials())),
  ADOPT(ready(0), adoptable(), List.of(adopting())),
  ADOPT_OWNED_BY_ANOTHER(
      notReady(0, 0),
      secrets(),
      List.of(create("adopting", d -> d.adoptInstanceId = ScheduledService.OWNED_ELSEWHERE))),
  ADOPT_NOTHING(
      notReady(0, 0), secrets(), List.of(create("adopting", d -> d.adoptInstanceId = 999L))),
  ADOPTED_AND_GONE(
      notReady(0, 0),
      List.of(credentials(), createdByHand(), adopting()),
      List.of(deleteInstance())),
  ADOPTED_GONE_AND_CONFIRMED(
      ready(1),
      List.of(credentials(), createdByHand(), adopting()),
      List.of(deleteInstance(), confirmRecreation())),
  ADOPT_AND_DELETE(gone(0, 0), adoptable(), List.of(adopting(), delete())),
  ADOPT_AFTER_A_LOSS(
      ready(1),
      existingBesideHandMade(),
      List.of(
          suspend(),
          deleteInstance(),
          edit(
              "resume, and adopt another",
              d -> {
                d.suspend = null;
                d.adoptInstanceId = ScheduledService.FIRST_HAND_MADE;
              }))),
  ADOPT_BESIDE_OWN_INSTANCE(
      ready(1),
      existingBesideHandMade(),
      List.of(edit("adopt another", d -> d.adoptInstanceId = ScheduledService.FIRST_HAND_MADE))),
  TAKE_OVER(ready(0), List.of(credentials(), ownedElsewhere()), takingOver()),
  TAKEN_OVER_AND_TAKEN_BACK(
      notReady(0, 0).orUnknowable(1, 0),
      Stream.concat(Stream.of(credentials(), ownedElsewhere()), takingOver().stream()).toList(),
      List.of(retag(ScheduledService.foreignTag("third-cluster", Cluster.NAME)))),
  TAG_REMOVED_AND_DELETED(
      notReady(0, 1).withPosts(1, 1).orUnknowable(2, 2),
      existing(),
      List.of(retag("ours no more"), delete())),
  STATUS_NAMES_FOREIGN_INSTANCE(
      ready(1),
      existingBesideHandMade(),
      List.of(nameInStatus(ScheduledService.FIRST_HAND_MADE), rename())),
  STATUS_NAMES_OWNED_INSTANCE_AND_DELETED(
      either(1, 1),
      List.of(credentials(), create(), hideTags()),
      List.of(nameInStatus(ScheduledService.OWNED_ELSEWHERE), delete())),
  OBSERVE(
      observed(),
      adoptable(),
      List.of(
          create(
              "observing",
              d -> {
                d.managementPolicy = "Observe";
                d.adoptInstanceId = ScheduledService.FIRST_HAND_MADE;
              }))),
  PLAN(notReady(0, 0), secrets(), List.of(create("planning", d -> d.managementPolicy = "Plan"))),
  PLAN_THEN_MANAGE(
      ready(1),
      secrets(),
      List.of(
          create("planning", d -> d.managementPolicy = "Plan"),
          edit("set managementPolicy: Manage", d -> d.managementPolicy = "Manage"))),
  CHANGE_NAME(ready(1), existing(), List.of(rename())),
  CHANGE_TAGS(ready(1), existing(), List.of(edit("change the tags", d -> d.tags = List.of("new")))),
  CHANGE_CONFIGURATION(
      ready(1),
      existing(),
      List.of(
          edit(
              "change the configuration",
              d -> d.configuration = Map.of("filter.response.nulls", "false")))),
  CHANGE_CREDENTIALS(ready(1), existing(), List.of(credentials(ScheduledService.NEW_PASSWORD))),
  CHANGE_EVERYTHING(
      ready(1),
      existing(),
      List.of(
          credentials(ScheduledService.NEW_PASSWORD),
          edit(
              "change name, tags and enabled",
              d -> {
                d.name = "Other";
                d.tags = List.of("new");
                d.enabled = false;
              }))),
  DISABLE(ready(1), existing(), List.of(edit("set enabled: false", d -> d.enabled = false))),
  ENABLE(
      ready(1),
      List.of(credentials(), create("disabled", d -> d.enabled = false)),
      List.of(edit("set enabled: true", d -> d.enabled = true))),
  FINALIZER_REMOVED(ready(1), existing(), List.of(ScheduledAction.removeFinalizer())),
  TOKEN_SECRET_EDITED(ready(1), existing(), List.of(corruptTokenSecret())),
  TOKEN_SECRET_DELETED(ready(1), existing(), List.of(deleteSecret(ScheduledService.TOKEN_SECRET))),
  TOKEN_SECRET_RENAMED(
      ready(1), existing(), List.of(edit("rename the token Secret", d -> d.tokenSecret = "other"))),
  CREDENTIALS_DELETED_AND_RESTORED(
      ready(1), existing(), List.of(deleteSecret(CREDENTIALS), credentials())),
  CREDENTIALS_RENAMED(
      ready(1),
      existing(),
      List.of(
          credentialsElsewhere("elsewhere"),
          edit("point to it", d -> d.credentials = "elsewhere"),
          deleteSecret(CREDENTIALS))),
  SUSPENDED(ready(1), existing(), List.of(suspend(), rename(), resume())),
  SUSPENDED_WHILE_CREATING(ready(1), secrets(), List.of(create(), suspend(), resume())),
  NAME_CHANGED_WHILE_CREATING(ready(1), secrets(), List.of(create(), rename())),
  CREDENTIALS_CHANGED_WHILE_CREATING(
      ready(1), secrets(), List.of(create(), credentials(ScheduledService.NEW_PASSWORD))),
  GONE(ready(2), existing(), List.of(deleteInstance())),
  GONE_AND_HELD(
      notReady(0, 1).withPosts(1, 1).orUnknowable(1, 2), existing(), List.of(deleteInstance())),
  GONE_HELD_AND_CONFIRMED(ready(2), existing(), List.of(deleteInstance(), confirmRecreation())),
  ACCOUNT_SWITCHED(
      notReady(1, 1).orUnknowable(2, 2), existing(), List.of(credentialsOfOtherAccount())),
  ACCOUNT_SWITCHED_AND_BACK(
      ready(1).orUnknowable(2, 2), existing(), List.of(credentialsOfOtherAccount(), credentials())),
  ACCOUNT_SWITCHED_WHILE_CREATING(
      either(0, 1).orUnknowable(2, 2), secrets(), List.of(create(), credentialsOfOtherAccount())),
  ACCOUNT_SWITCHED_AND_CONFIRMED_WHILE_CREATING(
      ready(1).withMost(2, 2),
      secrets(),
      List.of(
          create(),
          credentialsOfOtherAccount(),
          confirmAccount(ScheduledService.OTHER_USER, ScheduledService.OTHER_ORGANIZATION))),
  USER_SECRET_RESET(ready(1), existing(), List.of(resetUserSecret(), credentialsAfterReset())),
  USER_SECRET_RESET_WHILE_CREATING(
      readyIfMade(0, 1), secrets(), List.of(create(), resetUserSecret(), credentialsAfterReset())),
  USER_SECRET_RESET_AND_CONFIRMED_WHILE_CREATING(
      ready(1),
      secrets(),
      List.of(
          create(),
          resetUserSecret(),
          credentialsAfterReset(),
          confirmAccount(ScheduledService.RESET_USER, ScheduledService.ORGANIZATION))),
  DELETE(gone(1, 1), existing(), List.of(delete())),
  DELETE_RETAINING(retained(1), retaining(), List.of(delete())),
  DELETE_WHILE_CREATING(gone(0, 1), secrets(), List.of(create(), delete())),
  DELETE_SUSPENDED(gone(1, 1), existing(), List.of(suspend(), delete(), resume())),
  DELETE_AFTER_CREDENTIALS(
      gone(1, 1), existing(), List.of(deleteSecret(CREDENTIALS), delete(), credentials())),
  DELETE_IN_OTHER_ACCOUNT(
      gone(1, 1).orUnknowable(2, 2),
      existing(),
      List.of(credentialsOfOtherAccount(), delete(), credentials())),
  ACCOUNT_SWITCHED_AND_DELETED_WHILE_CREATING(
      gone(0, 1).orUnknowable(2, 2),
      secrets(),
      List.of(create(), credentialsOfOtherAccount(), delete(), credentials())),
  USER_SECRET_RESET_AND_DELETED_WHILE_CREATING(
      gone(0, 1),
      secrets(),
      List.of(create(), resetUserSecret(), credentialsAfterReset(), delete())),
  RETAIN_WHILE_DELETING(either(1, 1), existing(), List.of(delete(), retain())),
  CRD_DELETED(notReady(1, 1), existing(), List.of(ScheduledAction.markCrdForDeletion(), delete())),
  CRD_DELETED_AND_CONFIRMED(
      gone(1, 1),
      existing(),
      List.of(
          ScheduledAction.markCrdForDeletion(), delete(), ScheduledAction.confirmCrdDeletion())),
  CRD_REPLACED(
      notReady(1, 1),
      existing(),
      List.of(ScheduledAction.markCrdForDeletion(), delete(), ScheduledAction.replaceCrd())),
  CRD_DELETED_AND_ALL_APPLIED_AGAIN(
      ready(1),
      existing(),
      List.of(
          ScheduledAction.markCrdForDeletion(),
          delete(),
          retain(),
          ScheduledAction.replaceCrd(),
          create())),
  DELETE_AND_CREATE_AGAIN(ready(2), existing(), List.of(delete(), create())),
  DELETE_AND_CREATE_AGAIN_WHILE_CREATING(
      ready(1).withPosts(1, 2), secrets(), List.of(create(), delete(), create())),
  RETAIN_AND_CREATE_AGAIN(ready(1), retaining(), List.of(delete(), create()));

  private final Course course;

  Scenario(Expectation expectation, List<ScheduledAction> setup, List<ScheduledAction> actions) {
    this.course = new Course(expectation, setup, actions);
  }

  @Override
  public Course course() {
    return course;
  }

  @Override
  public int guardLimit() {
    return this == GONE_AND_HELD || this == GONE_HELD_AND_CONFIRMED ? 0 : 5;
  }

  @Override
  public boolean creates() {
    return expectation().mostPosts() > 0
        && setup().stream().noneMatch(a -> a.text().contains("create"));
  }

  /** Whether another account, or another secret of it, comes while nothing is made yet. */
  boolean changesAccountWhileCreating() {
    return name().endsWith("WHILE_CREATING")
        && (name().startsWith("ACCOUNT_SWITCHED") || name().startsWith("USER_SECRET_RESET"));
  }

  private static ScheduledAction suspend() {
    return edit("suspend", d -> d.suspend = true);
  }

  private static ScheduledAction resume() {
    return edit("resume", d -> d.suspend = null);
  }

  private static ScheduledAction rename() {
    return edit("change the name", d -> d.name = "Other");
  }

  private static ScheduledAction retain() {
    return edit("set deletionPolicy: Retain", d -> d.deletionPolicy = "Retain");
  }
}
