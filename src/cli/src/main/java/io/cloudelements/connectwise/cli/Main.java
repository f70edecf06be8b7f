package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.OperatorMain;
import java.io.IOException;

/** The program of the distribution: the operator itself, or one of the commands beside it. */
public final class Main {
  private Main() {}

  /** The operator starts without loading the command line: it starts no slower. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0 || (arguments.length == 1 && arguments[0].equals("run"))) {
      OperatorMain.main(arguments);
    } else {
      System.exit(CommandLineMain.run(arguments));
    }
  }
}
