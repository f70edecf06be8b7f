package io.cloudelements.connectwise.config;

/** How a log line looks: for machines, or for a person at a terminal. */
public enum LogFormat {
  JSON,
  TEXT
}
