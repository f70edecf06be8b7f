package io.cloudelements.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Forwards connections to a port of this machine, until it stalls: then it forwards nothing more on
 * those that are open and keeps both of their sockets, as a gateway does that forgot them. New
 * connections are forwarded.
 */
public final class TcpRelay implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final NetServer server;
  private final NetClient client;
  private final List<NetSocket> open = new CopyOnWriteArrayList<>();

  private TcpRelay(Vertx vertx, int target) {
    client = vertx.createNetClient();
    server =
        vertx
            .createNetServer()
            .connectHandler(inward -> {
              inward.pause();
              client
                  .connect(target, LOOPBACK)
                  .onSuccess(outward -> join(inward, outward))
                  .onFailure(_ -> inward.close());
            })
            .listen(0, LOOPBACK)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Starts one. */
  public static TcpRelay to(Vertx vertx, int port) {
    return new TcpRelay(vertx, port);
  }

  private void join(NetSocket inward, NetSocket outward) {
    forward(inward, outward);
    forward(outward, inward);
    inward.resume();
  }

  private void forward(NetSocket from, NetSocket to) {
    open.add(from);
    from.handler(to::write);
    from.exceptionHandler(_ -> from.close());
    from.closeHandler(_ -> {
      open.remove(from);
      to.close();
    });
  }

  public int port() {
    return server.actualPort();
  }

  /** Forwards nothing more on the connections that are open now. */
  public void stall() {
    open.forEach(NetSocket::pause);
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
    client.close().toCompletionStage().toCompletableFuture().join();
  }
}
