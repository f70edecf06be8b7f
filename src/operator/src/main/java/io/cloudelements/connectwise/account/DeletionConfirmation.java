package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.api.v1.HeldDeletions;
import io.cloudelements.connectwise.instance.Confirmation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The deletions of an account's resources that are held, and how its owner lets all of them go: by
 * an annotation with their number. It is followed once, and for those that wait then: the status
 * records it, and until when their deletions had been asked for. A value that stands there while
 * none is held is recorded too, since it cannot be about an incident that is still to come.
 */
final class DeletionConfirmation {
  private final CloudElementsAccount account;
  private final Optional<HeldDeletions> before;

  DeletionConfirmation(CloudElementsAccount account) {
    this.account = account;
    this.before = AccountFacts.of(account).use().deletions();
  }

  /**
   * What the status says next.
   *
   * @param held when the deletions that are held were asked for
   * @param counted whether their number may be written; a confirmation is followed anyway
   */
  Optional<HeldDeletions> next(Collection<Instant> held, boolean counted) {
    Optional<Instant> until = before.flatMap(DeletionConfirmation::confirmedUntil);
    List<Instant> open =
        held.stream().filter(asked -> until.isEmpty() || asked.isAfter(until.get())).toList();
    Optional<String> given = given();
    Optional<String> handled =
        given.filter(value ->
            open.isEmpty() || given.equals(before.map(HeldDeletions::lastHandledConfirmation)));
    boolean confirmed =
        handled.isEmpty() && given.equals(Optional.of(Integer.toString(open.size())));
    if (confirmed) {
      Instant last = open.stream().max(Comparator.naturalOrder()).orElseThrow();
      return Optional.of(new HeldDeletions(null, given.get(), last.toString()));
    }
    Optional<Integer> number =
        counted
            ? Optional.of(open.size()).filter(some -> some > 0)
            : before.map(HeldDeletions::number);
    HeldDeletions next =
        new HeldDeletions(
            number.orElse(null), handled.orElse(null), until.map(Instant::toString).orElse(null));
    return Optional.of(next).filter(some -> !some.equals(new HeldDeletions(null, null, null)));
  }

  /** Until when the deletions were asked for that are confirmed. */
  static Optional<Instant> confirmedUntil(HeldDeletions deletions) {
    try {
      return Optional.ofNullable(deletions.confirmedUntil()).map(Instant::parse);
    } catch (DateTimeException e) {
      // Only another writer leaves such a date, which confirms nothing.
      return Optional.empty();
    }
  }

  /** What the owner should know and do, behind what else is said of the account. */
  String message(Optional<HeldDeletions> deletions) {
    return deletions
        .map(HeldDeletions::number)
        .filter(Objects::nonNull)
        .map(number ->
            " "
                + number
                + (number == 1 ? " deletion of a resource is" : " deletions of resources are")
                + " held, since many were asked for at once. Look at them (reason DeletionHeld);"
                + " to let all of them go, "
                + howToConfirm(deletions.get(), number))
        .orElse("");
  }

  private String howToConfirm(HeldDeletions deletions, int number) {
    String value = Integer.toString(number);
    String names =
        "-n " + account.getMetadata().getNamespace() + " " + account.getMetadata().getName();
    String annotate =
        "annotate this account with %s: \"%s\" (kubectl annotate cea %s --overwrite %s=%s)."
            .formatted(
                Confirmation.DELETE.annotation(),
                value,
                names,
                Confirmation.DELETE.annotation(),
                value);
    return value.equals(deletions.lastHandledConfirmation())
        ? "remove the annotation, whose value is about others, and then " + annotate
        : annotate;
  }

  private Optional<String> given() {
    return Optional.ofNullable(account.getMetadata().getAnnotations())
        .map(all -> all.get(Confirmation.DELETE.annotation()));
  }
}
