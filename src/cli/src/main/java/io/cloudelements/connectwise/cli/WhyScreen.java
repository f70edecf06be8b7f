package io.cloudelements.connectwise.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudelements.connectwise.instance.VisibleText;
import io.cloudelements.connectwise.why.BlockingCause;
import io.cloudelements.connectwise.why.Chain;
import io.cloudelements.connectwise.why.ChainLink;
import io.cloudelements.connectwise.why.LinkName;
import io.cloudelements.connectwise.why.LinkState;
import io.cloudelements.connectwise.why.NextCheck;
import java.time.Instant;
import java.util.Arrays;

/**
 * A chain as people and programs see it. No message is cut.
 *
 * @param now for times that lie ahead or have passed
 */
record WhyScreen(Chain chain, Instant now) {
  /** What stands before and behind the name of a link. */
  private static final int MARGIN = 7;

  private static final int WIDEST =
      Arrays.stream(LinkName.values()).mapToInt(name -> name.key().length()).max().orElse(0);

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("ConnectWiseInstance ").append(chain.resource()).append(": ").append(headline());
    text.append("\n\n");
    for (ChainLink link : chain.links()) {
      String name = link.name().key();
      text.append(
          "  %s %s   %s\n"
              .formatted(
                  mark(link.state()),
                  name + " ".repeat(WIDEST - name.length()),
                  VisibleText.line(link.state().sentence())));
      text.append(nextCheck(link));
    }
    chain.cause().ifPresent(cause -> text.append('\n').append(cause(cause)));
    return text.toString();
  }

  /** Below the link that everything waits for. */
  private String nextCheck(ChainLink link) {
    return chain
        .nextCheckAt()
        .filter(_ -> chain.cause().filter(cause -> cause.link() == link.name()).isPresent())
        .map(at -> " ".repeat(MARGIN + WIDEST) + new NextCheck(at).line(now) + "\n")
        .orElse("");
  }

  private String headline() {
    return (chain.ready() ? "ready" : "not ready")
        + chain.cause().map(cause -> ", " + VisibleText.line(cause.reason())).orElse("");
  }

  private static String cause(BlockingCause cause) {
    return """
    %s: %s
    %s

      %s
    """
        .formatted(
            VisibleText.line(cause.reason()),
            VisibleText.line(cause.message()),
            cause.remedy(),
            VisibleText.line(cause.command()));
  }

  private static String mark(LinkState state) {
    return switch (state) {
      case LinkState.Sound _ -> "✓";
      case LinkState.Broken _ -> "✗";
      case LinkState.Untold _ -> "?";
    };
  }

  private static String word(LinkState state) {
    return switch (state) {
      case LinkState.Sound _ -> "Sound";
      case LinkState.Broken _ -> "Broken";
      case LinkState.Untold _ -> "Untold";
    };
  }

  ObjectNode data() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("namespace", chain.resource().namespace())
        .put("name", chain.resource().name())
        .put("ready", chain.ready())
        .put("stalled", chain.stalled());
    chain.nextCheckAt().ifPresent(at -> data.put("nextCheckAt", at.toString()));
    ArrayNode links = data.putArray("links");
    chain
        .links()
        .forEach(link ->
            links
                .addObject()
                .put("link", link.name().key())
                .put("finding", word(link.state()))
                .put("sentence", link.state().sentence()));
    chain
        .cause()
        .ifPresent(cause ->
            data.putObject("cause")
                .put("reason", cause.reason())
                .put("link", cause.link().key())
                .put("meaning", cause.meaning())
                .put("message", cause.message())
                .put("remedy", cause.remedy())
                .put("command", cause.command()));
    return data;
  }
}
