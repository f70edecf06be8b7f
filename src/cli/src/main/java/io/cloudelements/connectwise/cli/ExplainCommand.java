package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.why.ExplainedReason;
import io.cloudelements.connectwise.why.ReasonText;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = {
      "Says what the reason of a ConnectWiseInstance or CloudElementsAccount means, what the"
          + " operator does next, and what you do.",
      "Without a reason it lists all."
    })
final class ExplainCommand implements Runnable {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "REASON",
      arity = "0..1",
      description = "as kubectl get cwi and kubectl get cea show it, such as AwaitingOutcome",
      completionCandidates = Labels.class)
  private Optional<String> reason = Optional.empty();

  @Mixin private final OutputOption output = new OutputOption(Output.TABLE);

  /** For the shell's completion. */
  static final class Labels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ExplainedReason.all().stream().map(ExplainedReason::label).distinct().iterator();
    }
  }

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<ExplainedReason> chosen =
        ExplainedReason.all().stream()
            .filter(known -> reason.map(known.label()::equalsIgnoreCase).orElse(true))
            .toList();
    if (chosen.isEmpty()) {
      throw CommandFailure.usage(
          "No reason is called %s. There are: %s"
              .formatted(reason.orElseThrow(), String.join(", ", new Labels())));
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    chosen.forEach(each -> data.withArray("reasons").add(data(each)));
    terminal.out().print(output.form().render(data, () -> text(chosen)));
  }

  private String text(List<ExplainedReason> chosen) {
    if (reason.isEmpty()) {
      TextTable table = new TextTable("REASON", "OF", "MEANING");
      chosen.forEach(each -> table.row(each.label(), each.kind(), each.text().meaning()));
      return table.toString();
    }
    return chosen.stream().map(ExplainCommand::text).collect(Collectors.joining("\n"));
  }

  private static String text(ExplainedReason reason) {
    ReasonText text = reason.text();
    return """
    %s
      Of a:               %s
      It means:           %s
      The operator next:  %s
      You:                %s
      Command:            %s
    """
        .formatted(
            reason.label(),
            reason.kind(),
            text.meaning(),
            text.next(),
            text.remedy(),
            text.command());
  }

  private static ObjectNode data(ExplainedReason reason) {
    ReasonText text = reason.text();
    return JsonNodeFactory.instance
        .objectNode()
        .put("reason", reason.label())
        .put("kind", reason.kind())
        .put("meaning", text.meaning())
        .put("next", text.next())
        .put("remedy", text.remedy())
        .put("link", text.link().key())
        .put("command", text.command());
  }
}
