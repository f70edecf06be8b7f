package io.cloudelements.connectwise.instance;

import java.util.Objects;

/**
 * A secret value. It prints as stars, so that a log line, an exception or a record's {@code
 * toString} cannot carry it. Only the HTTP adapter, Secrets that are read or written, fingerprints,
 * comparisons and the mask of support bundles call {@link #reveal}.
 */
public final class SecretValue {
  private final String value;

  private SecretValue(String value) {
    this.value = value;
  }

  public static SecretValue of(String value) {
    return new SecretValue(value);
  }

  /** The secret itself, for the callers that the class names. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretValue redacted && value.equals(redacted.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  @Override
  public String toString() {
    return "********";
  }
}
