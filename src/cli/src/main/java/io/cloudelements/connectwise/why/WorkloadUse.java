package io.cloudelements.connectwise.why;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A workload whose pods refer to the generated Secret.
 *
 * @param workload kind and name, such as {@code Deployment help-desk}
 * @param pods how many of them do
 * @param waiting what a pod that cannot start because of its configuration says
 */
public record WorkloadUse(String workload, int pods, Optional<String> waiting) {
  /**
   * The workloads of these pods that refer to the Secret, by name.
   *
   * @param pods of the Secret's namespace
   */
  public static List<WorkloadUse> of(List<PodSecrets> pods, String secret) {
    Map<String, List<PodSecrets>> users =
        pods.stream()
            .filter(pod -> pod.secrets().contains(secret))
            .collect(
                Collectors.groupingBy(PodSecrets::workload, TreeMap::new, Collectors.toList()));
    return users.entrySet().stream()
        .map(entry ->
            new WorkloadUse(
                entry.getKey(),
                entry.getValue().size(),
                entry.getValue().stream().flatMap(pod -> pod.waiting().stream()).findFirst()))
        .toList();
  }
}
