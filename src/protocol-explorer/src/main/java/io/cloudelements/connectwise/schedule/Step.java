package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.CloudElementsAccountStatus;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceStatus;
import java.util.List;
import java.util.Optional;

/** Something just happened, and every oracle is asked whether it may. */
sealed interface Step {
  /** What people may read of it. */
  default List<String> texts() {
    return List.of();
  }

  /** The operator wrote a status that differs. */
  record StatusWritten(Optional<ConnectWiseInstanceStatus> before, ConnectWiseInstanceStatus after)
      implements Step {
    @Override
    public List<String> texts() {
      return List.of(after.toString());
    }
  }

  record SecretWritten(String name) implements Step {}

  /**
   * The operator let the resource go.
   *
   * @param resource as it was before
   */
  record FinalizerRemoved(ConnectWiseInstance resource) implements Step {}

  /** The operator said something: an event, an exception, a log line. */
  record TextsShown(@Override List<String> texts) implements Step {}

  /**
   * A request arrives at the service.
   *
   * @param held whether this process had to leave the account alone: a pause that the service asked
   *     for, or its own breaker
   */
  record RequestSent(String method, String target, boolean held) implements Step {
    boolean configures() {
      return method.equals("PUT") && !target.endsWith("/enabled");
    }
  }

  /**
   * That request shows credentials.
   *
   * @param target path and query below the API base
   */
  record CredentialsSent(String method, String host, String target, String authorization)
      implements Step {
    boolean changes() {
      return !method.equals("GET");
    }
  }

  /**
   * What opens an account object is read for a resource.
   *
   * @param seen the account as this process sees it
   */
  record CredentialsRead(ConnectWiseInstance resource, SeenAccount seen) implements Step {}

  /** The operator writes the status of the account object. */
  record AccountStatusWritten(CloudElementsAccount before, CloudElementsAccountStatus after)
      implements Step {
    @Override
    public List<String> texts() {
      return List.of(after.toString());
    }
  }

  /** The operator lets the account object go. */
  record AccountReleased(CloudElementsAccount account) implements Step {}

  /** A reconcile begins a call to one of its ports. */
  record PortCalled(int inThisReconcile) implements Step {}

  /**
   * An event or a timer brings no reconcile, or there is none and time passes.
   *
   * @param missed what a reconcile would have been for
   */
  record NotReconciled(Optional<String> missed) implements Step {}

  /**
   * A reconcile ended in the queue.
   *
   * @param portCalls of this reconcile
   */
  record Queued(int portCalls) implements Step {}

  /** Something else: an effect at the service, or the outside world. */
  record Other() implements Step {}
}
