package io.cloudelements.connectwise.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Finds free TCP ports on 127.0.0.1.
 *
 * <p>They lie below the ranges from which Linux (32768 up) and macOS (49152 up) give ports to
 * outgoing connections: a client that keeps trying to reach a stopped API server could otherwise be
 * given that very port, connect to itself, and keep the server from coming back.
 */
public final class LoopbackPorts {

  private static final int LOWEST = 20_000;
  private static final int BOUND = 32_768;

  private final RandomGenerator random;

  public LoopbackPorts(RandomGenerator random) {
    this.random = random;
  }

  /** That many different ports, which were free a moment ago. */
  public List<Integer> pick(int count) {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < count) {
      int port = random.nextInt(LOWEST, BOUND);
      if (!ports.contains(port) && isFree(port)) {
        ports.add(port);
      }
    }
    return List.copyOf(ports);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
