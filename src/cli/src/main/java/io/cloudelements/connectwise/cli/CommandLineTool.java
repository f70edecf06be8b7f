package io.cloudelements.connectwise.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    return program(parts, terminal, arguments)
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

  /**
   * With the command that the arguments name alone, or with all of them: describing one costs a
   * person 10 ms of waiting.
   */
  private static CommandLine program(
      OperatorServices parts, Terminal terminal, String... arguments) {
    Map<String, Supplier<CommandLine>> commands = commands(parts, terminal);
    Optional<Supplier<CommandLine>> named = Stream.of(arguments).findFirst().map(commands::get);
    CommandLine program = new CommandLine(new CommandLineTool());
    named
        .<Collection<Supplier<CommandLine>>>map(List::of)
        .orElseGet(commands::values)
        .forEach(command -> program.addSubcommand(command.get()));
    program.setCaseInsensitiveEnumValuesAllowed(true);
    tellVersion(program, parts.version());
    return program;
  }

  /** By the names that they have themselves, in the order of the help. */
  private static Map<String, Supplier<CommandLine>> commands(
      OperatorServices parts, Terminal terminal) {
    Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
    commands.put("run", () -> new CommandLine(new RunCommand()));
    commands.put("plan", () -> new CommandLine(new PlanCommand(parts, terminal)));
    commands.put("explain", () -> new CommandLine(new ExplainCommand(terminal)));
    commands.put("export", () -> new CommandLine(new ExportCommand(parts, terminal)));
    commands.put("why", () -> new CommandLine(new WhyCommand(parts, terminal)));
    commands.put(
        "orphans",
        () ->
            new CommandLine(new OrphansCommand(terminal))
                .addSubcommand(new OrphansAdoptCommand(parts, terminal))
                .addSubcommand(new OrphansDeleteCommand(parts, terminal)));
    commands.put(
        "accounts",
        () ->
            new CommandLine(new AccountsCommand(parts, terminal))
                .addSubcommand(new AccountsMigrateCommand(parts, terminal))
                .addSubcommand(new AccountsTestCommand(parts, terminal)));
    commands.put(
        "completion",
        () -> new CommandLine(new CompletionCommand(terminal, () -> program(parts, terminal))));
    commands.put("version", () -> new CommandLine(new VersionCommand(parts, terminal)));
    return commands;
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
