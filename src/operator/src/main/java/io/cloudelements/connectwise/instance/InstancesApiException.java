package io.cloudelements.connectwise.instance;

/**
 * A call that brought no usable answer. The text names the kind of failure and nothing of the call.
 */
public final class InstancesApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RemoteFailure failure;

  public InstancesApiException(RemoteFailure failure) {
    super(failure.getClass().getSimpleName());
    this.failure = failure;
  }

  public RemoteFailure failure() {
    return failure;
  }
}
