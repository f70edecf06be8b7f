package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.account.AccountCheck;
import io.cloudelements.connectwise.account.AccountCheckResult;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.account.AccountTerms;
import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.Account;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.OrganizationAnswer;
import io.cloudelements.connectwise.instance.PageRequest;
import io.cloudelements.connectwise.instance.RemoteFailure;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.reconcile.ReconcileSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "test",
    description = {
      "Asks the service whether it accepts an account's secrets, whose they are, and what they may"
          + " do, with one or two reads and from here. You need the right to get the account and"
          + " its Secret.",
      "The operator's settings are read from the same environment variables; to a base URL that"
          + " they do not allow no secret is sent.",
      "Exit code: 0 accepted, 1 rejected or not asked, 2 the command line or a setting is wrong."
    })
final class AccountsTestCommand implements Callable<Integer> {
  private final OperatorServices parts;
  private final Terminal terminal;

  @Parameters(paramLabel = "ACCOUNT", description = "name of the CloudElementsAccount")
  private String account = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "of the account; default: the one of the context")
  private Optional<String> namespace = Optional.empty();

  @Mixin private final ClusterOptions where = new ClusterOptions();
  @Mixin private final OutputOption output = new OutputOption(Output.TABLE);

  /**
   * What was found.
   *
   * @param may what the service let the secrets do
   */
  private record Answer(AccountCheckResult result, Optional<String> may) {}

  AccountsTestCommand(OperatorServices parts, Terminal terminal) {
    this.parts = parts;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    OperatorConfig config = parts.config();
    return parts.inCluster(where, cluster -> test(config, cluster));
  }

  private int test(OperatorConfig config, UserCluster cluster) {
    ReconcileSettings settings = parts.reconcileSettings(config, "");
    UserAccounts accounts = new UserAccounts(cluster, settings.defaultBaseUrl());
    ResourceId name = new ResourceId(namespace.orElseGet(cluster::namespace), account);
    AccountCheck check = accounts.check(name, settings.allowed());
    Answer answer =
        switch (opened(check, accounts)) {
          case AccountCheck.NextStep.Done(AccountCheckResult result) ->
              new Answer(result, Optional.empty());
          case AccountCheck.NextStep.Ask(Account opened) ->
              parts.calling(config, instances -> ask(check, instances, opened));
        };
    String url =
        AccountTerms.of(check.account())
            .baseUrl(settings.defaultBaseUrl())
            .map(Object::toString)
            .orElse("");
    terminal
        .out()
        .print(output.form().render(data(name, url, answer), () -> text(name, url, answer)));
    return isAccepted(answer) ? ExitCode.OK : CommandLineTool.FAILED;
  }

  /** The Secret is read only when nothing else stands in the way. */
  static AccountCheck.NextStep opened(AccountCheck check, UserAccounts accounts) {
    AccountCheck.NextStep without = check.begin(Optional.empty());
    boolean lacksSecretOnly =
        without instanceof AccountCheck.NextStep.Done(AccountCheckResult result)
            && result.reason() == AccountReason.SECRET_NOT_FOUND;
    if (!lacksSecretOnly) {
      return without;
    }
    AccountCheck.NextStep step =
        check.begin(AccountTerms.of(check.account()).secret().flatMap(accounts::secret));
    // what the operator verified before is asked again
    return step instanceof AccountCheck.NextStep.Done(AccountCheckResult result)
        ? result
            .verified()
            .<AccountCheck.NextStep>map(known -> new AccountCheck.NextStep.Ask(known.account()))
            .orElse(step)
        : step;
  }

  private static Answer ask(AccountCheck check, InstancesApi instances, Account opened) {
    AccountAccess access = AccountAccess.to(opened);
    try {
      OrganizationAnswer answer = instances.readOrganization(access);
      return switch (answer) {
        case OrganizationAnswer.Told _ ->
            new Answer(check.accepted(opened, answer), Optional.of("read the organization"));
        case OrganizationAnswer.NotTold _ -> {
          list(instances, access);
          yield new Answer(check.accepted(opened, answer), Optional.of("list instances"));
        }
      };
    } catch (InstancesApiException e) {
      return new Answer(check.failed(opened, e.failure(), Instant.EPOCH), Optional.empty());
    }
  }

  /** A user who is not told the organization is known by what it may see. */
  private static void list(InstancesApi instances, AccountAccess access) {
    try {
      instances.listPage(access, PageRequest.LARGEST);
    } catch (InstancesApiException e) {
      // an account without instances (contract §3)
      if (!(e.failure() instanceof RemoteFailure.NotFound)) {
        throw e;
      }
    }
  }

  private static boolean isAccepted(Answer answer) {
    return answer.result().reason() == AccountReason.VERIFIED;
  }

  private static String text(ResourceId name, String url, Answer answer) {
    StringBuilder text = new StringBuilder();
    text.append("CloudElementsAccount ").append(name).append(" at ").append(url).append('\n');
    text.append(answer.result().reason().label())
        .append(": ")
        .append(answer.result().message())
        .append('\n');
    answer.may().ifPresent(may -> text.append("Its secrets may ").append(may).append(".\n"));
    return text.toString();
  }

  private static ObjectNode data(ResourceId name, String url, Answer answer) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("namespace", name.namespace())
        .put("name", name.name())
        .put("baseUrl", url)
        .put("accepted", isAccepted(answer))
        .put("reason", answer.result().reason().label())
        .put("message", answer.result().message());
    answer
        .result()
        .verified()
        .flatMap(AccountCheckResult.Verified::organization)
        .ifPresent(known -> {
          ObjectNode organization = data.putObject("organization").put("id", known.id());
          Optional.ofNullable(known.name()).ifPresent(told -> organization.put("name", told));
        });
    answer.may().ifPresent(may -> data.put("may", may));
    return data;
  }
}
