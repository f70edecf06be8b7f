package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountCheckResult;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The account at the service that a command works in, opened with the person's own rights. */
final class AccountOptions {
  @Option(
      names = "--account-secret",
      paramLabel = "FILE",
      description =
          "manifest of a Secret with userSecret and organizationSecret; - for standard input")
  private Optional<String> secret = Optional.empty();

  @Option(
      names = "--account",
      paramLabel = "NAMESPACE/NAME",
      description =
          "instead of --account-secret, a CloudElementsAccount; it and its Secret are read from the"
              + " cluster, with your rights")
  private Optional<String> account = Optional.empty();

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "of the account's API, with --account-secret; default: the operator's")
  private Optional<URI> baseUrl = Optional.empty();

  @Option(
      names = "--all-accounts",
      description =
          "instead of --account: every CloudElementsAccount that you may read with its Secret")
  private boolean all;

  @Mixin private final ClusterOptions where = new ClusterOptions();

  /**
   * An account, and how a resource refers to it.
   *
   * @param baseUrl that the resource has to name
   */
  record Opened(ExportedAccount reference, AccountAccess access, Optional<URI> baseUrl) {}

  /**
   * @throws CommandFailure an account that was named may not be read, is suspended, or its Secret
   *     is not complete
   */
  List<Opened> open(OperatorServices parts, Terminal terminal, OperatorConfig config) {
    long ways = Stream.of(secret.isPresent(), account.isPresent(), all).filter(way -> way).count();
    if (ways != 1 || (baseUrl.isPresent() && secret.isEmpty())) {
      throw CommandFailure.usage(
          "One of --account-secret, --account and --all-accounts is needed; --base-url belongs to"
              + " --account-secret.");
    }
    if (secret.isPresent()) {
      AccountSecretFile found = AccountSecretFile.read(secret.get(), terminal.in());
      return List.of(
          new Opened(
              new ExportedAccount.OfSecret(found.name()),
              found.access(baseUrl.orElse(config.remote().baseUrl())),
              baseUrl));
    }
    ReconcileSettings settings = parts.reconcileSettings(config, "");
    return parts.inCluster(
        where,
        cluster ->
            account
                .map(named -> List.of(opened(cluster, parsed(named), settings)))
                .orElseGet(() -> all(cluster, settings, terminal)));
  }

  /** An account that cannot be opened is told, and does not stop the others. */
  private static List<Opened> all(
      UserCluster cluster, ReconcileSettings settings, Terminal terminal) {
    List<Opened> opened = new ArrayList<>();
    cluster
        .accounts(Optional.empty())
        .orFail("You may not list CloudElementsAccounts of all namespaces. Name one by --account.")
        .forEach(found -> {
          ResourceId name = AccountTerms.id(found);
          try {
            opened.add(opened(cluster, name, settings));
          } catch (CommandFailure e) {
            terminal.note("CloudElementsAccount " + name + ": " + String.join(" ", e.lines()));
          }
        });
    return opened;
  }

  private static Opened opened(UserCluster cluster, ResourceId name, ReconcileSettings settings) {
    return new Opened(
        new ExportedAccount.OfObject(name), access(cluster, name, settings), Optional.empty());
  }

  private static AccountAccess access(
      UserCluster cluster, ResourceId name, ReconcileSettings settings) {
    UserAccounts accounts = new UserAccounts(cluster, settings.defaultBaseUrl());
    AccountCheck check = accounts.check(name, settings.allowed());
    return switch (AccountsTestCommand.opened(check, accounts)) {
      case AccountCheck.NextStep.Ask(Account opened) -> AccountAccess.to(opened);
      case AccountCheck.NextStep.Done(AccountCheckResult result) ->
          throw CommandFailure.failed(result.reason().label() + ": " + result.message());
    };
  }

  /** {@code NAMESPACE/NAME}. */
  static ResourceId parsed(String named) {
    String[] words = named.split("/", -1);
    if (words.length != 2 || words[0].isEmpty() || words[1].isEmpty()) {
      throw CommandFailure.usage("--account is written NAMESPACE/NAME");
    }
    return new ResourceId(words[0], words[1]);
  }
}
