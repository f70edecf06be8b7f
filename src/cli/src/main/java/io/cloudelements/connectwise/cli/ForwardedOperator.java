package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.config.Setting;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.why.AdmissionView;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The metrics of the operator's replica that leads, by a port-forward to each of its pods in turn.
 */
record ForwardedOperator(InstalledOperator operator) implements AdmissionSource {
  private static final String PORT_NAME = "http";

  /** What the leader says of an account; that it cannot be reached is an answer too. */
  @Override
  public AdmissionView admission(ResourceId resource, Optional<String> account) {
    try {
      Replies<AdmissionView> replies = ask(port -> port.admission(resource, account));
      return replies.leaderIsSilent()
          ? new AdmissionView.Unreachable(replies.problems())
          : replies.best();
    } catch (CommandFailure e) {
      return new AdmissionView.Unreachable(String.join(" ", e.lines()));
    }
  }

  /**
   * The leader's metrics, or those of the last replica when none leads.
   *
   * @throws CommandFailure there is no pod, or none can be reached
   */
  String metrics() {
    return ask(OperatorPort::metrics).best();
  }

  /**
   * What the replicas say, of which one that does not answer may be the leader or none.
   *
   * @param last of those that do not lead
   * @param failures one for each that does not answer
   */
  private record Replies<T>(Optional<T> leader, Optional<T> last, List<String> failures) {
    boolean leaderIsSilent() {
      return leader.isEmpty() && !failures.isEmpty();
    }

    String problems() {
      return (last.isPresent() ? "No replica that answers leads. " : "")
          + String.join(" ", failures);
    }

    T best() {
      return leader.or(() -> last).orElseThrow(() -> CommandFailure.failed(problems()));
    }
  }

  /** What one replica says. */
  private record Answer<T>(boolean ofLeader, T value) {}

  private static <T> Answer<T> ask(URI url, Function<OperatorPort, T> question) {
    OperatorPort port = new OperatorPort(url, "--operator-url");
    return new Answer<>(AdmissionView.isOfLeader(port.metrics()), question.apply(port));
  }

  private <T> Replies<T> ask(Function<OperatorPort, T> question) {
    Optional<T> last = Optional.empty();
    List<String> failures = new ArrayList<>();
    for (Pod pod : pods()) {
      try {
        Answer<T> answer = operator.forwarded(pod, port(pod), url -> ask(url, question));
        if (answer.ofLeader()) {
          return new Replies<>(Optional.of(answer.value()), last, failures);
        }
        last = Optional.of(answer.value());
      } catch (CommandFailure e) {
        failures.add("Pod " + pod.getMetadata().getName() + ": " + String.join(" ", e.lines()));
      }
    }
    return new Replies<>(Optional.empty(), last, failures);
  }

  private List<Pod> pods() {
    List<Pod> pods =
        operator.pods().orFail("You may not list pods of namespace " + operator.namespace() + ".");
    if (pods.isEmpty()) {
      throw CommandFailure.failed(
          "Namespace %s has no pod with the label %s=%s."
              .formatted(
                  operator.namespace(),
                  InstalledOperator.SELECTOR_LABEL,
                  InstalledOperator.SELECTOR_VALUE));
    }
    return pods;
  }

  private static int port(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(port -> PORT_NAME.equals(port.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElseGet(() -> Integer.valueOf(Setting.HTTP_PORT.defaultValue().orElseThrow()));
  }
}
