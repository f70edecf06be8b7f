package io.cloudelements.connectwise.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import io.cloudelements.connectwise.audit.AuditTrail;
import io.cloudelements.connectwise.config.LogFormat;
import io.cloudelements.connectwise.config.LogLevel;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go and how they look. Configured in code: reading Logback's XML would be a large
 * part of the operator's start.
 */
public final class Logging {
  /** MDC key: namespace of the resource that a line is about. */
  public static final String NAMESPACE = "namespace";

  /** MDC key: name of the resource that a line is about. */
  public static final String NAME = "name";

  /**
   * The lowest level of libraries, for every {@code LOG_LEVEL}: below INFO the transport prints
   * headers and bodies, that is passwords and tokens, and below DEBUG JOSDK prints whole resources.
   */
  private static final Map<String, Level> LIMITS =
      Map.of(
          "io.netty", Level.INFO,
          "io.vertx", Level.INFO,
          "io.fabric8.kubernetes.client", Level.INFO,
          "io.javaoperatorsdk", Level.DEBUG);

  private Logging() {}

  /** Sends everything to standard output. Call it before anything else runs. */
  public static void start(LogFormat format, LogLevel level) {
    start(new ConsoleAppender<>(), format, level);
  }

  /** Sends everything to standard error as text: standard output has what a command results in. */
  public static void startBesideResult(LogLevel level) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    start(appender, LogFormat.TEXT, level);
  }

  private static void start(
      ConsoleAppender<ILoggingEvent> appender, LogFormat format, LogLevel level) {
    // Log lines name the resource themselves, by two keys instead of the framework's seven.
    System.setProperty("JAVA_OPERATOR_SDK_USE_MDC", "false");
    configure((LoggerContext) LoggerFactory.getILoggerFactory(), appender, format, level);
    // the JVM itself would print it raw and in many lines, which no collector reads as one
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
        LoggerFactory.getLogger(Logging.class)
            .error("Thread {} ended by an exception", thread.getName(), failure));
  }

  static void configure(
      LoggerContext context,
      OutputStreamAppender<ILoggingEvent> appender,
      LogFormat format,
      LogLevel level) {
    context.reset();
    Encoder<ILoggingEvent> encoder = encoder(format);
    encoder.setContext(context);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();

    Level least = Level.valueOf(level.name());
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(least);
    root.addAppender(appender);
    LIMITS.forEach((name, limit) ->
        context.getLogger(name).setLevel(least.isGreaterOrEqual(limit) ? least : limit));
    // who wants less noise does not want to lose what was changed
    context.getLogger(AuditTrail.LOGGER).setLevel(Level.INFO);
  }

  private static Encoder<ILoggingEvent> encoder(LogFormat format) {
    return switch (format) {
      case JSON -> new JsonLineEncoder();
      case TEXT -> new TextLineEncoder();
    };
  }
}
