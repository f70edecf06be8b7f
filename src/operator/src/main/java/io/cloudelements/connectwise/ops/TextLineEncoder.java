package io.cloudelements.connectwise.ops;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.cloudelements.connectwise.instance.VisibleText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One log event as one line for people, an exception indented below it. Messages carry words of the
 * service and of the API server: control characters are written as escapes, so that none of them
 * moves a cursor, and a line that begins at the margin is a line of the operator's own.
 */
final class TextLineEncoder extends LineEncoder {
  private static final String HEAD =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{36} [%thread]"
          + " %replace(%X{namespace}/%X{name} ){'^/ $',''}%nopex";

  private Optional<PatternLayout> head = Optional.empty();

  @Override
  String line(ILoggingEvent event) {
    String line =
        VisibleText.line(
            head().doLayout(event) + String.valueOf(event.getFormattedMessage()) + pairs(event));
    IThrowableProxy exception = event.getThrowableProxy();
    String below =
        exception == null
            ? ""
            : VisibleText.lines(ThrowableProxyUtil.asString(exception).replace("\r\n", "\n"))
                .indent(2);
    return line + "\n" + below;
  }

  /** Made for the first line: a command seldom logs one, and would load 90 classes for it. */
  private PatternLayout head() {
    PatternLayout layout = head.orElseGet(this::startedHead);
    head = Optional.of(layout);
    return layout;
  }

  private PatternLayout startedHead() {
    PatternLayout layout = new PatternLayout();
    layout.setContext(getContext());
    layout.setPattern(HEAD);
    layout.start();
    return layout;
  }

  /** Each as {@code key="value"}, so that one with blanks or a quote does not look like two. */
  private static String pairs(ILoggingEvent event) {
    return Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of()).stream()
        .map(pair ->
            " %s=\"%s\""
                .formatted(
                    pair.key,
                    String.valueOf(pair.value).replace("\\", "\\\\").replace("\"", "\\\"")))
        .collect(Collectors.joining());
  }
}
