package io.cloudelements.connectwise.schedule;

import java.util.Optional;

/** Many resources of the account that are deleted at once, and whether a person wanted that. */
final class MassDeletion {
  private final AccountObjects others;
  private boolean begun;
  private boolean confirmed;

  MassDeletion(AccountObjects others) {
    this.others = others;
  }

  void begins() {
    begun = true;
  }

  /** A person named the instance, or the number of all. */
  void isConfirmed() {
    confirmed = true;
  }

  /**
   * What is wrong with a step.
   *
   * @param statusLost once the others are gone only the status tells that there were so many
   */
  Optional<String> fault(Step step, boolean statusLost) {
    boolean deletes =
        step instanceof Step.RequestSent(String method, String target, boolean _)
            && method.equals("DELETE")
            && !target.endsWith("/enabled");
    boolean unknowable = statusLost && others.neighbours().isEmpty();
    return deletes && begun && !confirmed && !unknowable
        ? Optional.of("an instance is deleted as one of many, without a confirmation")
        : Optional.empty();
  }
}
