package io.cloudelements.connectwise.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.why.ReasonText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The document of all reasons: their {@link ReasonText}, and a status that the operator composed.
 */
final class ReasonsDocument {
  static final Path FILE = Path.of("docs", "reasons.md");

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReasonsDocument() {}

  static String render() {
    StringBuilder text =
        new StringBuilder(
            """
            <!-- Generated from instance.Reason and why/reasons.properties; do not edit. Write it anew: %s -->

            # Reasons

            The conditions of a `ConnectWiseInstance` carry one of these reasons (`kubectl get cwi`, column `REASON`), and a message
            about the resource at hand. `connectwise-operator explain REASON` says the same as this page. The examples are what
            `kubectl describe cwi` shows under `Status`. In a command words in capitals stand for what the resource has, and `…` for what only
            you know: [`kubectl cwi why NAME`](why.md) fills them in.

            | reason | means |
            |---|---|
            """
                .formatted(DocsGenerator.COMMAND));
    for (Reason reason : Reason.values()) {
      text.append(
          "| [%s](#%s) | %s |\n"
              .formatted(reason.label(), anchor(reason), ReasonText.of(reason).meaning()));
    }
    Arrays.stream(Reason.values()).forEach(reason -> text.append(section(reason)));
    return text.toString();
  }

  private static String section(Reason reason) {
    ReasonText words = ReasonText.of(reason);
    return """

    ## %s

    %s

    - **The operator next:** %s
    - **You:** %s
    - **Command:** `%s`

    ```
    %s```
    """
        .formatted(
            title(reason),
            words.meaning(),
            words.next(),
            words.remedy(),
            words.command(),
            Description.of("status", JSON.valueToTree(ReasonExamples.status(reason))));
  }

  /** Two reasons that look alike in a column have headings of their own. */
  private static String title(Reason reason) {
    return switch (reason) {
      case DISABLED_AS_ASKED -> reason.label() + " as asked";
      case CLUSTER_WRITE_REFUSED_IN_USE -> reason.label() + " in use";
      case CLUSTER_WRITE_REFUSED_AT_DELETION -> reason.label() + " at deletion";
      default -> reason.label();
    };
  }

  private static String anchor(Reason reason) {
    return title(reason).toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
