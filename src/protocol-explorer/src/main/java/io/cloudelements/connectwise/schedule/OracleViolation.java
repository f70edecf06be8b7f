package io.cloudelements.connectwise.schedule;

/** An oracle's objection, which ends the run. An error, so that nothing on the way catches it. */
final class OracleViolation extends Error {
  private static final long serialVersionUID = 1L;

  private final Oracle oracle;

  OracleViolation(Oracle oracle, String what) {
    super(what, null, false, false);
    this.oracle = oracle;
  }

  Oracle oracle() {
    return oracle;
  }

  @Override
  public String toString() {
    return oracle.label() + ": " + getMessage();
  }
}
