package io.cloudelements.connectwise.drift;

import java.util.Locale;

/** In what a listing shows a resource's instance otherwise than expected. */
public enum Difference {
  MISSING,
  ELEMENT,
  NAME,
  TAGS,
  VALID,
  DISABLED,
  DUPLICATES;

  /** The value of a metric's label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
