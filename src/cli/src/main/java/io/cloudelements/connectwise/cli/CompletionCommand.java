package io.cloudelements.connectwise.cli;

import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    description = {
      "Prints a script that completes this program's commands and options.",
      "To load it: source <(connectwise-operator completion bash)"
    })
final class CompletionCommand implements Runnable {
  /** The one script serves both: under zsh it switches on zsh's emulation of bash's completion. */
  private enum Shell {
    BASH,
    ZSH
  }

  private final Terminal terminal;
  private final Supplier<CommandLine> described;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh")
  private Shell shell = Shell.BASH;

  /**
   * @param described the whole program
   */
  CompletionCommand(Terminal terminal, Supplier<CommandLine> described) {
    this.terminal = terminal;
    this.described = described;
  }

  @Override
  public void run() {
    CommandLine program = described.get();
    String script = AutoComplete.bash(program.getCommandName(), program);
    terminal
        .out()
        .print(
            switch (shell) {
              case BASH, ZSH -> script;
            });
  }
}
