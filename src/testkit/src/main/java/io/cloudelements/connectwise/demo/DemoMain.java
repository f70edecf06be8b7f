package io.cloudelements.connectwise.demo;

import io.cloudelements.connectwise.cluster.ControlPlaneException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The demo as a program. Exit codes: 0 both samples became Ready ({@code --once}) or the user ended
 * it; 1 they did not, with the reason; 2 the command line was not understood.
 */
public final class DemoMain {
  private static final String USAGE =
      """
      Usage: ./demo [--once]

      Starts a Kubernetes control plane, a simulator of Cloud Elements and the operator on this machine, applies
      the samples of deploy/samples and shows what happens. Stays up until Ctrl-C; with --once it ends as soon as
      both samples are Ready.
      """;

  private DemoMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    List<String> words = List.of(arguments);
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(USAGE);
      return;
    }
    if (!words.isEmpty() && !words.equals(List.of("--once"))) {
      System.err.print("Unknown: " + String.join(" ", words) + "\n\n" + USAGE);
      System.exit(2);
    }
    Demo demo = new Demo(Path.of("target", "demo"), new Narrator(System.out, System.nanoTime()));
    // The operator ends before the control plane that it talks to: one hook, in this order.
    Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-shutdown"));
    try {
      demo.run();
    } catch (DemoFailure | ControlPlaneException e) {
      System.err.println();
      System.err.println(e.getMessage());
      System.exit(1);
    }
    if (!words.isEmpty()) {
      System.exit(0);
    }
    demo.printNextCommands();
    new CountDownLatch(1).await();
  }
}
