package io.cloudelements.connectwise.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The program's commands. Exit codes: 0 all well, 1 something was refused or failed, 2 the command
 * line, a file or a setting is wrong, 3 a report has findings.
 */
@Command(
    name = "connectwise-operator",
    description = "Provisions ConnectWise element instances on Cloud Elements from Kubernetes.",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND")
public final class CommandLineTool implements Runnable {
  /** Something was refused or failed. */
  static final int FAILED = CommandLine.ExitCode.SOFTWARE;

  /** The report that was asked for has something in it. */
  static final int FOUND = 3;

  private CommandLineTool() {}

  /** Runs one command and returns the exit code. */
  public static int run(OperatorServices parts, Terminal terminal, String... arguments) {
    return program(parts, terminal)
        // its colours are escape sequences, which the terminal would show as such
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setExecutionExceptionHandler((failure, _, _) -> {
          if (failure instanceof CommandFailure expected) {
            expected.lines().forEach(terminal::note);
            return expected.exitCode();
          }
          throw failure;
        })
        .execute(arguments);
  }

  private static CommandLine program(OperatorServices parts, Terminal terminal) {
    CommandLine program =
        new CommandLine(new CommandLineTool())
            .addSubcommand(new RunCommand())
            .addSubcommand(new PlanCommand(parts, terminal))
            .addSubcommand(new ExplainCommand(terminal))
            .addSubcommand(new ExportCommand(parts, terminal))
            .addSubcommand(new WhyCommand(parts, terminal))
            .addSubcommand(
                new CommandLine(new OrphansCommand(terminal))
                    .addSubcommand(new OrphansAdoptCommand(parts, terminal))
                    .addSubcommand(new OrphansDeleteCommand(parts, terminal)))
            .addSubcommand(
                new CommandLine(new AccountsCommand(parts, terminal))
                    .addSubcommand(new AccountsMigrateCommand(parts, terminal))
                    .addSubcommand(new AccountsTestCommand(parts, terminal)))
            .addSubcommand(new CompletionCommand(terminal, () -> program(parts, terminal)))
            .addSubcommand(new VersionCommand(parts, terminal))
            .setCaseInsensitiveEnumValuesAllowed(true);
    tellVersion(program, parts.version());
    return program;
  }

  private static void tellVersion(CommandLine command, String version) {
    command.getCommandSpec().version(version);
    command.getSubcommands().values().forEach(below -> tellVersion(below, version));
  }

  /** Without a command there is nothing to do: {@code run} is chosen before any of this. */
  @Override
  public void run() {
    throw CommandFailure.usage("A command is missing; --help lists them.");
  }
}
