package io.cloudelements.simulator;

import io.cloudelements.simulator.fault.Fault;
import io.cloudelements.simulator.model.ProviderAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What the program is told to do. */
sealed interface CommandLine {

  String USAGE =
      """
      The Cloud Elements platform, simulated.

      Options:
        --host ADDRESS                    address to listen on (default 127.0.0.1)
        --port N                          port, 0 for a free one (default 8085)
        --latency MIN..MAX                how long it works on creations and re-authentications,
                                          e.g. 9s..26s, as the real service (default 0s)
        --user SECRET                     user secret (default demo-user)
        --organization SECRET             organization secret (default demo-organization)
        --provider COMPANY/USER/PASSWORD  a login that ConnectWise accepts; may be repeated;
                                          without any, every login is accepted
        --tls                             serve https with a new self-signed certificate
        --help                            print this
      """;

  /** Serve. */
  record Serve(
      String host,
      int port,
      Optional<Fault.Latency> latency,
      String user,
      String organization,
      List<ProviderAccount> providers,
      boolean tls)
      implements CommandLine {}

  /** Say what can be said. */
  record Help() implements CommandLine {}

  /** Cannot be understood. */
  record Invalid(String problem) implements CommandLine {}

  static CommandLine parse(List<String> arguments) {
    String host = SimulatorServer.LOOPBACK;
    int port = 8085;
    Optional<Fault.Latency> latency = Optional.empty();
    String user = "demo-user";
    String organization = "demo-organization";
    List<ProviderAccount> providers = new ArrayList<>();
    boolean tls = false;
    Iterator<String> rest = arguments.iterator();
    try {
      while (rest.hasNext()) {
        String option = rest.next();
        switch (option) {
          case "--host" -> host = value(option, rest);
          case "--port" -> port = port(value(option, rest));
          case "--latency" -> latency = Optional.of(latency(value(option, rest)));
          case "--user" -> user = value(option, rest);
          case "--organization" -> organization = value(option, rest);
          case "--provider" -> providers.add(provider(value(option, rest)));
          case "--tls" -> tls = true;
          case "--help", "-h" -> {
            return new Help();
          }
          default -> {
            return new Invalid("Unknown option " + option);
          }
        }
      }
    } catch (IllegalArgumentException e) {
      return new Invalid(e.getMessage());
    }
    return new Serve(host, port, latency, user, organization, List.copyOf(providers), tls);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }

  private static int port(String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException("Not a port: \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private static Fault.Latency latency(String text) {
    String[] bounds = text.split("\\.\\.", -1);
    if (bounds.length > 2) {
      throw new IllegalArgumentException("--latency must be MIN..MAX");
    }
    Duration min = Durations.parse(bounds[0]);
    return new Fault.Latency(min, bounds.length == 1 ? min : Durations.parse(bounds[1]));
  }

  private static ProviderAccount provider(String text) {
    String[] parts = text.split("/", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException("--provider must be COMPANY/USER/PASSWORD");
    }
    return ProviderAccount.of(parts[0], parts[1], parts[2]);
  }
}
