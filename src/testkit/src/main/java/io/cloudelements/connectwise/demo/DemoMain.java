package io.cloudelements.connectwise.demo;

import io.cloudelements.connectwise.cluster.ControlPlaneBinaries;
import io.cloudelements.connectwise.cluster.ControlPlaneException;
import io.cloudelements.connectwise.cluster.Kubeconfigs;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The demo as a program. Exit codes: 0 both samples became Ready ({@code --once}) or the user ended
 * it; 1 they did not, with the reason; 2 the command line was not understood.
 */
public final class DemoMain {
  private static final String USAGE =
      """
      Usage: ./demo [--once] [--context NAME [--yes]]

      Starts a Kubernetes control plane, a simulator of Cloud Elements and the operator on this machine, creates
      two samples of deploy/samples and shows what happens. Stays up until Ctrl-C; with --once it ends as soon as
      both samples are Ready.

      With --context it uses a cluster that you have (kind, k3d, minikube) by that context of your kubeconfig. It shows
      what it will make there and asks, or with --yes does not ask. In the end it removes what it made.
      """;

  private DemoMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    List<String> words = List.of(arguments);
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(USAGE);
      return;
    }
    Optional<DemoArguments> understood = DemoArguments.parse(words);
    if (understood.isEmpty()) {
      System.err.print("Not understood: " + String.join(" ", words) + "\n\n" + USAGE);
      System.exit(2);
    }
    run(understood.get());
  }

  private static void run(DemoArguments arguments) throws InterruptedException {
    Path directory = Path.of("target", "demo").toAbsolutePath();
    Narrator narrator = new Narrator(System.out, System.nanoTime());
    Demo demo = new Demo(directory, () -> place(arguments, directory, narrator), narrator);
    // The operator ends before the cluster that it talks to: one hook, in this order.
    Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-shutdown"));
    try {
      demo.run(!arguments.once());
    } catch (DemoFailure | ControlPlaneException | KubernetesClientException e) {
      System.err.println();
      System.err.println(e.getMessage());
      System.exit(1);
    }
    if (arguments.once()) {
      System.exit(0);
    }
    new CountDownLatch(1).await();
  }

  private static DemoCluster place(DemoArguments arguments, Path directory, Narrator narrator) {
    if (arguments.context().isEmpty()) {
      return LocalCluster.start(
          ControlPlaneBinaries.locateServers(narrator.out()), directory, narrator);
    }
    return new ExistingCluster(
        arguments.context().get(),
        Kubeconfigs.of(System.getenv(), Path.of(System.getProperty("user.home"))),
        directory,
        DemoApproval.ofThisTerminal(arguments.yes()),
        narrator);
  }
}
