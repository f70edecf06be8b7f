package io.cloudelements.connectwise.cli;

import io.cloudelements.connectwise.config.Setting;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a support archive has of the installed operator. */
record OperatorFiles(InstalledOperator operator) {
  private static final int LOG_LINES = 500;

  /**
   * What may be user name and password, as of a proxy: a person writes them without a scheme too,
   * and passwords with any character.
   */
  private static final Pattern USER_INFO = Pattern.compile("(?s)^([a-zA-Z][\\w+.-]*://)?.*@");

  private static final Set<String> SETTINGS =
      Arrays.stream(Setting.values()).map(Setting::name).collect(Collectors.toSet());

  /** Images of the operator's containers. */
  String images() {
    return containers()
        .map(container -> container.getName() + ": " + container.getImage() + "\n")
        .collect(Collectors.joining());
  }

  /**
   * The operator's own settings. Of other variables, which could hold anything, and of those that
   * come from elsewhere only the names.
   */
  String settings() {
    String lines =
        containers()
            .flatMap(container -> container.getEnv().stream())
            .map(OperatorFiles::line)
            .distinct()
            .sorted()
            .collect(Collectors.joining());
    return lines.isEmpty() ? "No setting is set.\n" : lines;
  }

  private static String line(EnvVar variable) {
    String value =
        SETTINGS.contains(variable.getName())
            ? Optional.ofNullable(variable.getValue())
                .map(text -> "=" + USER_INFO.matcher(text).replaceFirst("$1********@"))
                .orElse(" (from elsewhere)")
            : " (not shown)";
    return variable.getName() + value + "\n";
  }

  private Stream<Container> containers() {
    List<Deployment> deployments =
        operator
            .deployments()
            .orFail("You may not list Deployments of namespace " + operator.namespace() + ".");
    if (deployments.isEmpty()) {
      throw CommandFailure.failed(
          "Namespace %s has no Deployment with the label %s=%s."
              .formatted(
                  operator.namespace(),
                  InstalledOperator.SELECTOR_LABEL,
                  InstalledOperator.SELECTOR_VALUE));
    }
    return deployments.stream()
        .flatMap(
            deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream());
  }

  /**
   * The end of the log of each pod; one whose container is only being made has none.
   *
   * @throws CommandFailure no pod gives its log
   */
  String log() {
    List<Pod> pods =
        operator.pods().orFail("You may not list pods of namespace " + operator.namespace() + ".");
    if (pods.isEmpty()) {
      throw CommandFailure.failed("Namespace " + operator.namespace() + " has no pod of it.");
    }
    StringBuilder logs = new StringBuilder();
    List<String> failures = new ArrayList<>();
    for (Pod pod : pods) {
      logs.append("--- pod ").append(pod.getMetadata().getName()).append('\n');
      try {
        logs.append(operator.log(pod, LOG_LINES).orFail("You may not read pods/log."));
      } catch (CommandFailure e) {
        String problem = String.join(" ", e.lines());
        logs.append(problem).append('\n');
        failures.add(problem);
      }
    }
    if (failures.size() == pods.size()) {
      throw CommandFailure.failed(failures.stream().distinct().collect(Collectors.joining(" ")));
    }
    return logs.toString();
  }
}
