package io.cloudelements.connectwise.config;

/** The least severity that is logged. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR
}
