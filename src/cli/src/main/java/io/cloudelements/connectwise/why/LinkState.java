package io.cloudelements.connectwise.why;

/** What is known of a link, with a sentence for people. It never quotes a secret. */
public sealed interface LinkState {
  /** A whole sentence. */
  String sentence();

  /** Nothing is wrong with it. */
  record Sound(String sentence) implements LinkState {}

  /** It is broken. */
  record Broken(String sentence) implements LinkState {}

  /** It cannot be told: it may not be read, was not asked, or is not decided yet. */
  record Untold(String sentence) implements LinkState {}
}
