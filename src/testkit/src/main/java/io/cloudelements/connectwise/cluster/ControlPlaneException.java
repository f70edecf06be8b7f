package io.cloudelements.connectwise.cluster;

/** The control plane cannot be found, built or started; the message says what to do about it. */
public final class ControlPlaneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ControlPlaneException(String message) {
    super(message);
  }

  public ControlPlaneException(String message, Throwable cause) {
    super(message, cause);
  }
}
