package io.cloudelements.connectwise.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudelements.connectwise.instance.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * One log event as one JSON object in one line, in the shape log collectors expect: {@code
 * timestamp} (RFC 3339, UTC), {@code level}, {@code logger}, {@code thread}, {@code message}, the
 * MDC's entries ({@code namespace}, {@code name}) and key-value pairs beside them, {@code
 * exception}. Logback's own JSON encoder writes milliseconds, the raw pattern and nested frames.
 */
final class JsonLineEncoder extends LineEncoder {
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final JsonFactory json = new JsonFactory();

  @Override
  String line(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = json.createGenerator(line)) {
      generator.writeStartObject();
      for (Map.Entry<String, String> field : fields(event).entrySet()) {
        generator.writeStringField(field.getKey(), field.getValue());
      }
      generator.writeEndObject();
      generator.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written to", e);
    }
    // JSON leaves the controls above ASCII as they are, and a terminal may obey them
    return VisibleText.json(line.toString(StandardCharsets.UTF_8));
  }

  private static Map<String, String> fields(ILoggingEvent event) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("timestamp", RFC_3339.format(event.getInstant()));
    fields.put("level", event.getLevel().toString());
    fields.put("logger", event.getLoggerName());
    fields.put("thread", event.getThreadName());
    fields.put("message", String.valueOf(event.getFormattedMessage()));
    IThrowableProxy exception = event.getThrowableProxy();
    if (exception != null) {
      fields.put("exception", ThrowableProxyUtil.asString(exception));
    }
    // a key of the same name must neither replace a field nor appear twice
    event.getMDCPropertyMap().forEach(fields::putIfAbsent);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> fields.putIfAbsent(pair.key, String.valueOf(pair.value)));
    }
    return fields;
  }
}
