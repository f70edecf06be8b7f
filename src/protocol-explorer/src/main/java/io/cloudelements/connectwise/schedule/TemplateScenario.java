package io.cloudelements.connectwise.schedule;

import static io.cloudelements.connectwise.schedule.AccountAction.applicationSecret;
import static io.cloudelements.connectwise.schedule.AccountAction.change;
import static io.cloudelements.connectwise.schedule.AccountAction.resetAccountUser;
import static io.cloudelements.connectwise.schedule.AccountAction.tenant;
import static io.cloudelements.connectwise.schedule.Expectation.notReady;
import static io.cloudelements.connectwise.schedule.Expectation.ready;
import static io.cloudelements.connectwise.schedule.Expectation.retained;
import static io.cloudelements.connectwise.schedule.ScheduledAction.create;
import static io.cloudelements.connectwise.schedule.ScheduledAction.credentialsAfterReset;
import static io.cloudelements.connectwise.schedule.ScheduledAction.disableInstance;
import static io.cloudelements.connectwise.schedule.ScheduledAction.edit;
import static io.cloudelements.connectwise.schedule.ScheduledAction.resetUserSecret;
import static io.cloudelements.connectwise.schedule.Setups.HEADER;
import static io.cloudelements.connectwise.schedule.Setups.and;
import static io.cloudelements.connectwise.schedule.Setups.applied;
import static io.cloudelements.connectwise.schedule.Setups.existing;
import static io.cloudelements.connectwise.schedule.Setups.given;
import static io.cloudelements.connectwise.schedule.Setups.secrets;
import static io.cloudelements.connectwise.schedule.Setups.templated;
import static io.cloudelements.connectwise.schedule.TokenSecretAction.corruptTokenSecret;
import static io.cloudelements.connectwise.schedule.TokenSecretAction.editFurtherKeys;

import java.util.List;
import java.util.Map;

/** What happens to the further keys of a token Secret, which may hold secrets of the account. */
enum TemplateScenario implements AccountScript {
  TEMPLATE(ready(1), secrets(), List.of(create("with a template", d -> d.template = HEADER))),
  TEMPLATE_ADDED(ready(1), existing(), List.of(edit("add a template", d -> d.template = HEADER))),
  TEMPLATE_CHANGED(
      ready(1),
      templated(),
      List.of(edit("change the template", d -> d.template = Map.of("TOKEN", "$(token)")))),
  TEMPLATE_REMOVED(
      ready(1), templated(), List.of(edit("remove the template", d -> d.template = null))),
  TEMPLATE_SECRET_EDITED(ready(1), templated(), List.of(corruptTokenSecret())),
  TEMPLATE_SECRET_EDITED_WHILE_DISABLED(
      notReady(1, 1), templated(), List.of(disableInstance(), editFurtherKeys())),
  TEMPLATE_AND_USER_SECRET_RESET(
      ready(1), templated(), List.of(resetUserSecret(), credentialsAfterReset())),
  TEMPLATE_OF_APPLICATION_USER(ready(1), applied(), List.of(tenant(HEADER))),
  TEMPLATE_WITHOUT_APPLICATION_USER(notReady(0, 0), given(), List.of(tenant(HEADER))),
  TEMPLATE_OF_THE_ADMINISTRATOR(
      notReady(0, 0),
      and(applied(), applicationSecret(PlatformAccount.FIRST.user())),
      List.of(tenant(HEADER))),
  APPLICATION_USER_ADDED(
      ready(1),
      and(given(), applicationSecret(PlatformAccount.APPLICATION_USER)),
      List.of(tenant(HEADER), change("add a user for applications", d -> d.application = true))),
  APPLICATION_USER_ROTATED(
      ready(1),
      and(applied(), tenant(HEADER)),
      List.of(applicationSecret(PlatformAccount.NEW_APPLICATION_USER))),
  APPLICATION_USER_ROTATED_WHILE_CREATING(
      ready(1),
      applied(),
      List.of(tenant(HEADER), applicationSecret(PlatformAccount.NEW_APPLICATION_USER))),
  ACCOUNT_AND_APPLICATION_USER_ROTATED(
      ready(1),
      and(applied(), tenant(HEADER)),
      List.of(
          resetAccountUser(),
          AccountAction.secrets(PlatformAccount.ROTATED),
          applicationSecret(PlatformAccount.NEW_APPLICATION_USER))),
  /** The instance stays, and its Secret is not what the template asks for any more. */
  APPLICATION_USER_REMOVED(
      retained(1),
      and(applied(), tenant(HEADER)),
      List.of(change("remove the user for applications", d -> d.application = false)));

  private final Course course;

  TemplateScenario(
      Expectation expectation, List<ScheduledAction> setup, List<ScheduledAction> actions) {
    this.course = new Course(expectation, setup, actions);
  }

  @Override
  public Course course() {
    return course;
  }
}
