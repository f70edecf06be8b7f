package io.cloudelements.simulator;

import static io.cloudelements.simulator.model.Route.POST_ELEMENT_INSTANCES;
import static io.cloudelements.simulator.model.Route.POST_INSTANCES;
import static io.cloudelements.simulator.model.Route.PUT_ELEMENT_INSTANCE;
import static io.cloudelements.simulator.model.Route.PUT_INSTANCE;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The simulator as a program. Exit code 2 means that the command line was not understood. */
public final class SimulatorMain {
  private static final int EXIT_USAGE = 2;

  private SimulatorMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    switch (CommandLine.parse(List.of(arguments))) {
      case CommandLine.Help help -> System.out.print(CommandLine.USAGE);
      case CommandLine.Invalid invalid -> {
        System.err.println(invalid.problem());
        System.err.println();
        System.err.print(CommandLine.USAGE);
        System.exit(EXIT_USAGE);
      }
      case CommandLine.Serve serve -> {
        SimulatorServer server = start(serve, System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "simulator-shutdown"));
        new CountDownLatch(1).await();
      }
    }
  }

  /** Starts the server and says how to use it. */
  static SimulatorServer start(CommandLine.Serve serve, PrintStream out) {
    Simulator simulator = new Simulator(Clock.systemUTC());
    simulator.platform().outsideWorld().addUser(serve.user(), serve.organization());
    serve.providers().forEach(simulator.platform().outsideWorld()::acceptLogin);
    serve
        .latency()
        .ifPresent(latency ->
            simulator
                .faults()
                .on(POST_INSTANCES, POST_ELEMENT_INSTANCES, PUT_INSTANCE, PUT_ELEMENT_INSTANCE)
                .inject(latency));
    Optional<ServerCertificate> certificate =
        serve.tls() ? Optional.of(ServerCertificate.selfSigned()) : Optional.empty();
    SimulatorServer server =
        SimulatorServer.start(simulator, serve.host(), serve.port(), certificate);
    out.print(welcome(serve, server));
    certificate.ifPresent(shown -> out.print("\nIts certificate:\n" + shown.pem()));
    return server;
  }

  private static String welcome(CommandLine.Serve serve, SimulatorServer server) {
    String insecure = serve.tls() ? "-k " : "";
    return """
    Cloud Elements simulator: %s
    What happened so far:     curl %s%s/journal

    Create an instance of the ConnectWise help desk element:

      curl %s%s/instances \\
        -H 'Authorization: User %s, Organization %s' \\
        -H 'Content-Type: application/json' \\
        -d '{"element": {"key": "connectwisehd"}, "name": "Try", "tags": ["try"],
             "configuration": {
               "helpdesk.connectwise.username": "me",
               "helpdesk.connectwise.password": "pass",
               "helpdesk.connectwise.server.url": "api-example.connectwisedev.com",
               "helpdesk.connectwise.company": "example"}}'
    """
        .formatted(
            server.baseUrl(),
            insecure,
            server.adminUrl(),
            insecure,
            server.baseUrl(),
            serve.user(),
            serve.organization());
  }
}
