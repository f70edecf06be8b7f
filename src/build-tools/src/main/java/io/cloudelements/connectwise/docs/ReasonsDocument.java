package io.cloudelements.connectwise.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.account.AccountReason;
import io.cloudelements.connectwise.instance.Reason;
import io.cloudelements.connectwise.why.ReasonText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The document of all reasons: their {@link ReasonText}, and a status that the operator composed.
 */
final class ReasonsDocument {
  static final Path FILE = Path.of("docs", "reasons.md");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What the page says of one reason.
   *
   * @param title its heading, which no other reason has
   * @param status an example
   */
  private record Entry(String title, String label, ReasonText words, JsonNode status) {
    static Entry of(Reason reason) {
      return new Entry(
          ReasonsDocument.title(reason),
          reason.label(),
          ReasonText.of(reason),
          JSON.valueToTree(ReasonExamples.status(reason)));
    }

    static Entry of(AccountReason reason) {
      return new Entry(
          reason.label() + " of an account",
          reason.label(),
          ReasonText.of(reason),
          JSON.valueToTree(AccountReasonExamples.status(reason)));
    }

    String row() {
      String anchor = title.toLowerCase(Locale.ROOT).replace(' ', '-');
      return "| [%s](#%s) | %s |\n".formatted(label, anchor, words.meaning());
    }

    String section(String heading) {
      return """

      %s %s

      %s

      - **The operator next:** %s
      - **You:** %s
      - **Command:** `%s`

      ```
      %s```
      """
          .formatted(
              heading,
              title,
              words.meaning(),
              words.next(),
              words.remedy(),
              words.command(),
              Description.of("status", status));
    }
  }

  private ReasonsDocument() {}

  static String render() {
    List<Entry> resources = Arrays.stream(Reason.values()).map(Entry::of).toList();
    List<Entry> accounts = Arrays.stream(AccountReason.values()).map(Entry::of).toList();
    return """
    <!-- Generated from instance.Reason, account.AccountReason and their texts in why; do not edit. Write it anew: %s -->

    # Reasons

    The conditions of a `ConnectWiseInstance` carry one of these reasons (`kubectl get cwi`, column `REASON`), and a message
    about the resource at hand; those of a `CloudElementsAccount` are [below](#reasons-of-an-account).
    `connectwise-operator explain REASON` says the same as this page. The examples are what
    `kubectl describe cwi` shows under `Status`. In a command words in capitals stand for what the resource has, and `…` for what only
    you know: [`kubectl cwi why NAME`](why.md) fills them in.

    %s%s
    ## Reasons of an account

    The conditions of a `CloudElementsAccount` carry one of these (`kubectl get cea`, column `REASON`). What an account is for is in
    [accounts](accounts.md).

    %s%s\
    """
        .formatted(
            DocsGenerator.COMMAND,
            table(resources),
            sections(resources, "##"),
            table(accounts),
            sections(accounts, "###"));
  }

  private static String table(List<Entry> entries) {
    return "| reason | means |\n|---|---|\n"
        + entries.stream().map(Entry::row).collect(Collectors.joining());
  }

  private static String sections(List<Entry> entries, String heading) {
    return entries.stream().map(entry -> entry.section(heading)).collect(Collectors.joining());
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
}
