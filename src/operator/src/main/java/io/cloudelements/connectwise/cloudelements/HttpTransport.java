package io.cloudelements.connectwise.cloudelements;

/** Sends requests to the service; what an answer means is the adapter's to say. */
public interface HttpTransport extends AutoCloseable {

  /**
   * Blocks the calling thread until the answer or the deadline. A request is never written outside
   * of its window.
   */
  HttpResult send(HttpCall call);

  @Override
  void close();
}
