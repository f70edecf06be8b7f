package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.instance.ListedInstance;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares a resource with the listing of its account. A field that an item lacks is no difference.
 */
public final class DriftCheck {
  private DriftCheck() {}

  public static ListingComparison check(ExpectedInstance expected, AccountInstances account) {
    Optional<ListedInstance> item = account.instance(expected.instanceId());
    Set<Difference> differences = EnumSet.noneOf(Difference.class);
    if (item.isEmpty()) {
      differences.add(Difference.MISSING);
    }
    item.ifPresent(shown -> compare(expected, shown, differences));
    expected
        .duplicates()
        .filter(duplicates -> !duplicates.known().equals(others(expected, duplicates, account)))
        .ifPresent(_ -> differences.add(Difference.DUPLICATES));
    return differences.isEmpty()
        ? new ListingComparison.InStep()
        : new ListingComparison.Differs(differences, item);
  }

  private static void compare(
      ExpectedInstance expected, ListedInstance shown, Set<Difference> differences) {
    note(
        differs(Optional.of(expected.elementKey()), shown.elementKey()),
        Difference.ELEMENT,
        differences);
    note(
        differs(expected.wanted().map(ExpectedInstance.EnforcedFields::name), shown.name()),
        Difference.NAME,
        differences);
    note(
        differs(expected.wanted().map(ExpectedInstance.EnforcedFields::tags), shown.tags()),
        Difference.TAGS,
        differences);
    note(differs(expected.availability().valid(), shown.valid()), Difference.VALID, differences);
    note(
        differs(expected.availability().disabled(), shown.disabled()),
        Difference.DISABLED,
        differences);
  }

  private static void note(boolean differs, Difference what, Set<Difference> differences) {
    if (differs) {
      differences.add(what);
    }
  }

  private static <T> boolean differs(Optional<T> expected, Optional<T> shown) {
    return expected.isPresent() && shown.isPresent() && !expected.equals(shown);
  }

  private static SortedSet<Long> others(
      ExpectedInstance expected, ExpectedInstance.Duplicates duplicates, AccountInstances account) {
    SortedSet<Long> others = new TreeSet<>(account.carrying(duplicates.ownershipTag()));
    others.remove(expected.instanceId());
    return others;
  }
}
