package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.api.v1.AccountReference;
import io.cloudelements.connectwise.instance.Confirmation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

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
                    AccountObjects.SECRET,
                    Map.of(
                        "userSecret",
                        encoded(secrets.user()),
                        "organizationSecret",
                        encoded(secrets.organization()))));
  }

  /** The Secret of the user that applications call as. */
  static ScheduledAction applicationSecret(String user) {
    return new ScheduledAction(
        "write the application user's Secret",
        world ->
            world
                .accounts()
                .putSecret(AccountObjects.APPLICATION, Map.of("userSecret", encoded(user))));
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

  static ScheduledAction tenant(Map<String, String> template) {
    return ScheduledAction.create(
        "with the account and a template",
        d -> {
          d.account = REFERENCE;
          d.template = template;
        });
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
    return neighbour("", PlatformAccount::fingerprint, Optional.of(REFERENCE));
  }

  /** One that made its instance by the account object, and has secrets of its own by now. */
  static ScheduledAction neighbourWithOwnSecrets() {
    return neighbour(", and refers to it no more", PlatformAccount::fingerprint, Optional.empty());
  }

  /** One that refers to the account object, and made its instance elsewhere before. */
  static ScheduledAction neighbourFromElsewhere() {
    return neighbour(", and records another one", _ -> "elsewhere", Optional.of(REFERENCE));
  }

  private static ScheduledAction neighbour(
      String more,
      Function<PlatformAccount, String> account,
      Optional<AccountReference> reference) {
    return new ScheduledAction(
        "a resource of another namespace has an instance in the account" + more,
        world -> {
          long id = world.service().strangerInAccount();
          String recorded = account.apply(world.service().inAccount());
          world.accounts().neighbours().add(Neighbours.with(id, recorded, reference));
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
