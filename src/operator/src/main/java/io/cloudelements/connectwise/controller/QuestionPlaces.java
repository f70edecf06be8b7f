package io.cloudelements.connectwise.controller;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Bounds the questions that are open at once: per account, so that none takes the places of others,
 * and in all. When all places are taken, an account that asks anew gets those of the account that
 * has had one for the longest time without a break.
 *
 * @param <Q> a question; each is another object
 */
final class QuestionPlaces<Q> {
  private final int mostOfAccount;
  private final int mostInAll;

  /** The account that has had an open question for the longest time first. */
  private final Map<String, Set<Q>> open = new LinkedHashMap<>();

  /**
   * @param mostInAll more than {@code mostOfAccount}
   */
  QuestionPlaces(int mostOfAccount, int mostInAll) {
    this.mostOfAccount = mostOfAccount;
    this.mostInAll = mostInAll;
  }

  /**
   * Takes a place for a question.
   *
   * @return the questions that have lost theirs by it; empty: the account has no place left
   */
  synchronized Optional<Set<Q>> take(String account, Q question) {
    if (open.getOrDefault(account, Set.of()).size() >= mostOfAccount) {
      return Optional.empty();
    }
    Set<Q> dropped = inAll() < mostInAll ? Set.of() : dropOldestBut(account);
    open.computeIfAbsent(account, _ -> new LinkedHashSet<>()).add(question);
    return Optional.of(dropped);
  }

  /** A question is answered; one that has lost its place has none to give back. */
  synchronized void release(String account, Q question) {
    open.computeIfPresent(
        account,
        (_, questions) -> {
          questions.remove(question);
          return questions.isEmpty() ? null : questions;
        });
  }

  private int inAll() {
    return open.values().stream().mapToInt(Set::size).sum();
  }

  private Set<Q> dropOldestBut(String account) {
    String oldest =
        open.keySet().stream().filter(other -> !other.equals(account)).findFirst().orElseThrow();
    return Objects.requireNonNull(open.remove(oldest));
  }
}
