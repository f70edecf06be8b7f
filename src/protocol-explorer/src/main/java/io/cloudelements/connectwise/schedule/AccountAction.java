package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.api.v1.AccountReference;
import io.cloudelements.connectwise.instance.Confirmation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Something that the owner of an account does, or a tenant who uses it. */
final class AccountAction {
  private static final AccountReference REFERENCE =
      new AccountReference(AccountObjects.ID.name(), AccountObjects.ID.namespace());

  private AccountAction() {}

  static ScheduledAction account(String text, Consumer<AccountDraft> spec) {
    return new ScheduledAction(
        "create the account, " + text, world -> world.accounts().create(spec));
  }

  static ScheduledAction account(Consumer<AccountDraft> spec) {
    return account("that allows the namespace", spec);
  }

  static ScheduledAction change(String text, Consumer<AccountDraft> change) {
    return new ScheduledAction("account: " + text, world -> world.accounts().edit(change));
  }

  static ScheduledAction secrets() {
    return secrets(PlatformAccount.FIRST);
  }

  static ScheduledAction secrets(PlatformAccount.Pair secrets) {
    return new ScheduledAction(
        "write the account's Secret, " + PlatformAccount.ALL.indexOf(secrets),
        world ->
            world
                .accounts()
                .putSecret(
                    Map.of(
                        "userSecret",
                        encoded(secrets.user()),
                        "organizationSecret",
                        encoded(secrets.organization()))));
  }

  static ScheduledAction deleteAccountSecret() {
    return new ScheduledAction(
        "delete the account's Secret", world -> world.accounts().deleteSecret());
  }

  static ScheduledAction deleteAccount() {
    return new ScheduledAction("delete the account", world -> world.accounts().delete());
  }

  static ScheduledAction resetAccountUser() {
    return new ScheduledAction(
        "reset the account's user at the service", world -> world.service().inAccount().reset());
  }

  static ScheduledAction confirmIdentity(PlatformAccount.Pair secrets) {
    return new ScheduledAction(
        "account: confirm the organization",
        world ->
            world
                .accounts()
                .annotate(
                    AccountCheck.CONFIRM_IDENTITY,
                    world.service().inAccount().organization(secrets)));
  }

  static ScheduledAction labelNamespace(Map<String, String> labels) {
    return new ScheduledAction("label the namespace", world -> world.accounts().label(labels));
  }

  static ScheduledAction tenant() {
    return ScheduledAction.create("with the account", d -> d.account = REFERENCE);
  }

  static ScheduledAction tenantAdopting(long id) {
    return ScheduledAction.create(
        "with the account, adopting",
        d -> {
          d.account = REFERENCE;
          d.adoptInstanceId = id;
        });
  }

  static ScheduledAction useOwnSecrets() {
    return ScheduledAction.edit("use its own secrets", d -> d.account = null);
  }

  static ScheduledAction annotate(Confirmation confirmation, long id) {
    return ScheduledAction.annotate(confirmation, id);
  }

  static ScheduledAction madeByHandInAccount() {
    return new ScheduledAction(
        "make an instance by hand in the account",
        world -> world.service().createInAccount(Set.of("old")));
  }

  /** A resource of another namespace, with its instance. */
  static ScheduledAction neighbour() {
    return new ScheduledAction(
        "a resource of another namespace has an instance in the account",
        world -> {
          long id = world.service().strangerInAccount();
          world.accounts().neighbours().add(Neighbours.with(id, REFERENCE));
        });
  }

  static ScheduledAction neighbourLeaves() {
    return new ScheduledAction(
        "the resource of another namespace is deleted",
        world -> world.accounts().neighbours().clear());
  }

  private static String encoded(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }
}
