package io.cloudelements.connectwise.schedule;

/** The API server gave no answer: the shell tries the whole pass again. */
final class ApiServerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ApiServerFailure() {
    super("the API server gave no answer", null, false, false);
  }
}
