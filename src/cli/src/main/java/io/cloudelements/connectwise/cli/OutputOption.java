package io.cloudelements.connectwise.cli;

import picocli.CommandLine.Option;

/** {@code --output}, of every command whose result has several forms. */
final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "table, json or yaml; default: ${DEFAULT-VALUE}")
  private Output form;

  OutputOption(Output usual) {
    form = usual;
  }

  Output form() {
    return form;
  }
}
