package io.cloudelements.connectwise.demo;

/** The demo did not get where it should; the message says why. */
final class DemoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoFailure(String message) {
    super(message);
  }
}
