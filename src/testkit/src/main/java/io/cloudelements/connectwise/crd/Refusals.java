package io.cloudelements.connectwise.crd;

import io.cloudelements.connectwise.cluster.Kubectl;
import java.util.Arrays;
import java.util.List;

/** What the API server said of a manifest, without what kubectl puts around it. */
public final class Refusals {
  /** Added by the server where a plain schema error kept it from evaluating CEL. */
  private static final String NOT_ALL_CHECKED =
      "<nil>: Invalid value: null: some validation rules were not checked because the object was"
          + " invalid; correct the existing errors to complete validation";

  private Refusals() {}

  /** The server's messages; none when it accepted the manifest. */
  public static List<String> of(Kubectl.KubectlResult result) {
    if (result.exitCode() == 0) {
      return List.of();
    }
    String text =
        result
            .errors()
            .strip()
            .replaceFirst("(?s)^.*?(is invalid|cannot be handled as a \\w+): ", "");
    return Arrays.stream(text.split("\n\\* |^\\* "))
        .map(String::strip)
        .filter(message -> !message.isEmpty() && !message.equals(NOT_ALL_CHECKED))
        .toList();
  }
}
