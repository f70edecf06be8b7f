package io.cloudelements.connectwise.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudelements.connectwise.audit.AuditTrail;
import io.cloudelements.connectwise.config.LogFormat;
import io.cloudelements.connectwise.config.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.event.Level;

class LoggingTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  /** Collectors index these fields by name and the timestamp by its format. */
  @Test
  void jsonLineHasTimeLoggerAndResource() throws IOException {
    // Given
    Logger log = logger(LogFormat.JSON, LogLevel.INFO);
    mdc.put(Logging.NAMESPACE, "integrations");
    mdc.put(Logging.NAME, "acme");

    // When
    log.atInfo().addKeyValue("instanceId", 1234).log("created {}", "it");

    // Then
    Map<String, String> line = onlyLine();
    assertThat(Instant.parse(line.get("timestamp"))).isAfter(Instant.EPOCH);
    assertThat(line.get("timestamp")).hasSize("2026-11-24T00:00:00.000Z".length());
    assertThat(line)
        .containsOnlyKeys(
            "timestamp", "level", "logger", "thread", "message", "namespace", "name", "instanceId")
        .containsEntry("level", "INFO")
        .containsEntry("logger", "io.cloudelements.Test")
        .containsEntry("thread", Thread.currentThread().getName())
        .containsEntry("message", "created it")
        .containsEntry("namespace", "integrations")
        .containsEntry("name", "acme")
        .containsEntry("instanceId", "1234");
  }

  /** A message with a line break could otherwise forge a second entry. */
  @Test
  void aMultilineMessageStaysOneLine() throws IOException {
    // Given
    Logger log = logger(LogFormat.JSON, LogLevel.INFO);
    String nasty = "a \"quoted\" \\ text\r\n{\"level\":\"ERROR\"}\t\u0000\u001b[31m é 😀";

    // When
    log.info(nasty);

    // Then
    assertThat(onlyLine()).containsEntry("message", nasty);
  }

  /** Without cause and frames in the entry, an exception cannot be searched for. */
  @Test
  void anExceptionIsOneFieldWithItsCauses() throws IOException {
    // Given
    Logger log = logger(LogFormat.JSON, LogLevel.INFO);

    // When
    log.error("reconcile failed", new IllegalStateException("outer", new IOException("inner")));

    // Then
    assertThat(onlyLine().get("exception"))
        .startsWith("java.lang.IllegalStateException: outer")
        .contains("Caused by: java.io.IOException: inner")
        .contains("LoggingTest");
  }

  /** Two fields of one name are a line that parsers reject or read differently. */
  @Test
  void anMdcEntryCannotReplaceAField() throws IOException {
    // Given
    Logger log = logger(LogFormat.JSON, LogLevel.INFO);
    mdc.put("level", "forged");

    // When
    log.atInfo().addKeyValue("message", "forged").log("true");

    // Then
    assertThat(onlyLine()).containsEntry("level", "INFO").containsEntry("message", "true");
  }

  /** At a terminal, a person reads: time, level, where, about whom, what. */
  @Test
  void textLineHasTimeLevelAndResource() {
    // Given
    Logger log = logger(LogFormat.TEXT, LogLevel.INFO);
    mdc.put(Logging.NAMESPACE, "integrations");
    mdc.put(Logging.NAME, "acme");

    // When
    log.warn("slow");

    // Then
    assertThat(text())
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\S+ WARN  io.cloudelements.Test .*integrations/acme slow\n");
  }

  /** A service that answers with these could clear the screen, hide its words, or forge a line. */
  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void escapesControlCharacters(LogFormat format) {
    // Given
    Logger log = logger(format, LogLevel.INFO);
    String hostile = "a\u001b[2J\u009b31m\u202edrow\u2066\u200b\u2028\r\n2026 ERROR forged";

    // When
    log.info(hostile, new IOException(hostile, new IllegalStateException(hostile)));

    // Then
    assertThat(text())
        .containsIgnoringCase("a\\u001b[2J\\u009b31m\\u202edrow\\u2066\\u200b\\u2028\\");
    assertThat(text().replace("\n", "").replace("\t", ""))
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    assertThat(text().lines()).noneMatch(line -> line.startsWith("2026 ERROR"));
  }

  /** What JSON has in keys of its own a person reads too; a value must not look like a key. */
  @Test
  void textLineHasThePairs() {
    // Given
    Logger log = logger(LogFormat.TEXT, LogLevel.INFO);

    // When
    log.atInfo().addKeyValue("kind", "create").addKeyValue("fields", "a\" b=\"\n").log("done");

    // Then
    assertThat(text()).endsWith("] done kind=\"create\" fields=\"a\\\" b=\\\"\\u000a\"\n");
  }

  /** The audit log must be complete at every level. */
  @ParameterizedTest
  @EnumSource(LogLevel.class)
  void writesAuditLinesAtEveryLevel(LogLevel level) {
    // Given
    logger(LogFormat.TEXT, level);

    // When
    context.getLogger(AuditTrail.LOGGER).info("create at the service: success");

    // Then
    assertThat(text()).contains("create at the service");
  }

  /** A line about no resource must not carry the empty frame of one. */
  @Test
  void textLineWithoutResourceHasNoResourceField() {
    // Given
    Logger log = logger(LogFormat.TEXT, LogLevel.INFO);

    // When
    log.info("started");

    // Then
    assertThat(text()).endsWith("] started\n");
  }

  /** A lower level writes more lines, a higher one fewer. */
  @ParameterizedTest(name = "at {0} a line of {1} is written: {2}")
  @CsvSource({
    "TRACE, TRACE, true",
    "DEBUG, TRACE, false",
    "INFO,  INFO,  true",
    "INFO,  DEBUG, false",
    "ERROR, WARN,  false"
  })
  void levelFiltersEntries(LogLevel level, Level line, boolean written) {
    // Given
    Logger log = logger(LogFormat.TEXT, level);

    // When
    log.atLevel(line).log("hello");

    // Then
    assertThat(text().contains("hello")).isEqualTo(written);
  }

  /** Below INFO the transport prints headers and bodies: passwords, secrets and tokens. */
  @ParameterizedTest
  @CsvSource({
    "io.netty.handler.logging.LoggingHandler, DEBUG",
    "io.netty.handler.codec.http2.Http2FrameLogger, TRACE",
    "io.vertx.core.net.impl.NetClientImpl, DEBUG",
    "io.fabric8.kubernetes.client.http.HttpLoggingInterceptor, TRACE",
    "io.fabric8.kubernetes.client.http.HttpLoggingInterceptor, DEBUG",
    "io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource, TRACE",
  })
  void neverLogsTheTransport(String logger, Level level) {
    // Given
    logger(LogFormat.TEXT, LogLevel.TRACE);

    // When
    context.getLogger(logger).atLevel(level).log("Authorization: hunter2");

    // Then
    assertThat(text()).isEmpty();
  }

  /** A library's lowest level must not lower a higher {@code LOG_LEVEL}. */
  @Test
  void librariesFollowAHigherLevel() {
    // Given
    logger(LogFormat.TEXT, LogLevel.ERROR);

    // When
    context.getLogger("io.netty.util.internal.PlatformDependent").info("hello");

    // Then
    assertThat(text()).isEmpty();
  }

  private Logger logger(LogFormat format, LogLevel level) {
    context.setMDCAdapter(mdc);
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setOutputStream(out);
    Logging.configure(context, appender, format, level);
    return context.getLogger("io.cloudelements.Test");
  }

  private Map<String, String> onlyLine() throws IOException {
    assertThat(text()).endsWith("\n");
    assertThat(text().lines()).hasSize(1);
    return new ObjectMapper().readValue(text(), new TypeReference<>() {});
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
