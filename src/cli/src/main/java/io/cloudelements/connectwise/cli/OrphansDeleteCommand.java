package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.config.OperatorConfig;
import io.cloudelements.connectwise.instance.AccountAccess;
import io.cloudelements.connectwise.instance.InstancesApi;
import io.cloudelements.connectwise.instance.InstancesApiException;
import io.cloudelements.connectwise.instance.RemoteInstance;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = {
      "Deletes one orphan at the service, by one DELETE from here with the account's secrets. It"
          + " has to be reported by the operator, and to carry this cluster's tag at this moment"
          + " and no other owner's.",
      "Exit code: 0 deleted, 1 refused or failed, 2 the command line is wrong."
    })
final class OrphansDeleteCommand implements Callable<Integer> {
  private final OperatorServices parts;
  private final Terminal terminal;

  @Parameters(paramLabel = "ID", description = "of the instance")
  private long id;

  @Option(names = "--yes", description = "delete it; without this it is only shown")
  private boolean confirmed;

  @Mixin private final OperatorUrlOption operator = new OperatorUrlOption();
  @Mixin private final AccountOptions account = new AccountOptions();

  OrphansDeleteCommand(OperatorServices parts, Terminal terminal) {
    this.parts = parts;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    OperatorConfig config = parts.config();
    OrphanLookup orphans = operator.orphans();
    List<AccountOptions.Opened> opened = account.open(parts, terminal, config);
    return parts.calling(config, instances -> delete(instances, orphans, opened));
  }

  private int delete(
      InstancesApi instances, OrphanLookup orphans, List<AccountOptions.Opened> opened) {
    OrphanLookup.Confirmed orphan = orphans.confirmed(instances, opened, id);
    RemoteInstance seen = orphan.instance();
    AccountAccess access = orphan.account().access();
    String shown =
        "instance %d (%s, element %s)"
            .formatted(id, seen.name().orElse("no name"), seen.elementKey().orElse("unknown"));
    if (!confirmed) {
      throw CommandFailure.failed("Nothing is deleted. With --yes it is " + shown + ".");
    }
    try {
      instances.delete(access, id);
    } catch (InstancesApiException e) {
      throw OrphanLookup.failed(e, access);
    }
    terminal.out().println("Deleted: " + shown + ".");
    return ExitCode.OK;
  }
}
