package io.cloudelements.connectwise.schedule;

/** The process is killed. An error, so that nothing on the way catches it. */
final class ProcessKilled extends Error {
  private static final long serialVersionUID = 1L;

  ProcessKilled() {
    super("killed", null, false, false);
  }
}
