package io.cloudelements.connectwise.instance;

/** What a failed call may have done at the service. */
public enum Effect {
  /** Nothing: the call was not sent, or was refused before it took effect. */
  NONE,
  /** It took effect, although its answer could not be read. */
  APPLIED,
  /** Unknown: it may have taken effect, or may still. */
  UNKNOWN
}
