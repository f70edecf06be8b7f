package io.cloudelements.connectwise.controller;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Bounds the questions that are open at once: per account, and in all. Where all places are taken,
 * a namespace that has at least two fewer gets one of the namespace that has the most, and an
 * account likewise within its namespace. So a tenant never displaces the question of a namespace
 * that has fewer, with any number of accounts.
 *
 * @param <Q> a question; each is another object
 */
final class QuestionPlaces<Q> {
  private final int mostOfAccount;
  private final int mostInAll;

  /** The oldest first. */
  private final Map<Q, Asker> open = new LinkedHashMap<>();

  /**
   * For whom a question is asked.
   *
   * @param namespace of the resource
   * @param account fingerprint of the account that is asked
   */
  record Asker(String namespace, String account) {}

  QuestionPlaces(int mostOfAccount, int mostInAll) {
    this.mostOfAccount = mostOfAccount;
    this.mostInAll = mostInAll;
  }

  /**
   * Takes a place for a question.
   *
   * @return the question that has lost its place by it, if one had to; empty: no place is left for
   *     this asker
   */
  synchronized Optional<Set<Q>> take(Asker asker, Q question) {
    Predicate<Asker> ofAccount = other -> other.account().equals(asker.account());
    boolean accountIsFull = open.values().stream().filter(ofAccount).count() >= mostOfAccount;
    if (!accountIsFull && open.size() < mostInAll) {
      open.put(question, asker);
      return Optional.of(Set.of());
    }
    Optional<Q> displaced = displacedBy(asker, accountIsFull ? ofAccount : _ -> true);
    displaced.ifPresent(other -> {
      open.remove(other);
      open.put(question, asker);
    });
    return displaced.map(Set::of);
  }

  /** A question is answered; one that has lost its place has none to give back. */
  synchronized void release(Q question) {
    open.remove(question);
  }

  private Optional<Q> displacedBy(Asker asker, Predicate<Asker> among) {
    Predicate<Asker> ofNamespace = other -> other.namespace().equals(asker.namespace());
    return oldestOfFullest(asker, among, Asker::namespace)
        .or(() -> oldestOfFullest(asker, among.and(ofNamespace), Asker::account));
  }

  /** Only of one that still has as many as the asker afterwards, so that no two take turns. */
  private Optional<Q> oldestOfFullest(
      Asker asker, Predicate<Asker> among, Function<Asker, String> share) {
    Map<String, Long> sizes =
        open.values().stream()
            .filter(among)
            .collect(Collectors.groupingBy(share, TreeMap::new, Collectors.counting()));
    long own = sizes.getOrDefault(share.apply(asker), 0L);
    return sizes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(fullest -> fullest.getValue() > own + 1)
        .flatMap(fullest -> oldest(among, share, fullest.getKey()));
  }

  private Optional<Q> oldest(
      Predicate<Asker> among, Function<Asker, String> share, String fullest) {
    return open.entrySet().stream()
        .filter(place -> among.test(place.getValue()))
        .filter(place -> share.apply(place.getValue()).equals(fullest))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
