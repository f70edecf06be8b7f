package io.cloudelements.connectwise.cloudelements;

/** An answer that is not what its call promises. The text is the operator's own. */
final class IllTypedAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  IllTypedAnswerException(String what) {
    super(what, null, false, false);
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
