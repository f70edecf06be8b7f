package io.cloudelements.connectwise.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.cloudelements.connectwise.instance.ListedInstance;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a listing must show so that no full check follows. */
class DriftCheckTest {
  private static final ExpectedInstance EXPECTED = DriftSamples.resource(7);

  static Stream<Arguments> items() {
    ListedInstance same = DriftSamples.item(7);
    return Stream.of(
        argumentSet("as expected", Optional.of(same), Set.of()),
        argumentSet("not listed", Optional.empty(), Set.of(Difference.MISSING)),
        argumentSet(
            "renamed by hand",
            Optional.of(DriftSamples.item(7, "other", same.tags().orElseThrow())),
            Set.of(Difference.NAME)),
        argumentSet(
            "a tag of the user's gone",
            Optional.of(DriftSamples.item(7, "r7", DriftSamples.tag("r7").with(Set.of()))),
            Set.of(Difference.TAGS)),
        argumentSet(
            "the ownership tag taken away: whose it is must be seen to",
            Optional.of(DriftSamples.item(7, "r7", Set.of("acme", "connectwise-operator"))),
            Set.of(Difference.TAGS)),
        argumentSet(
            "another element under the id",
            Optional.of(with(same, Optional.of("connectwisecrm"), same.valid(), same.disabled())),
            Set.of(Difference.ELEMENT)),
        argumentSet(
            "invalid since",
            Optional.of(with(same, same.elementKey(), Optional.of(false), same.disabled())),
            Set.of(Difference.VALID)),
        argumentSet(
            "disabled since",
            Optional.of(with(same, same.elementKey(), same.valid(), Optional.of(true))),
            Set.of(Difference.DISABLED)),
        argumentSet(
            "an item that lacks everything says nothing",
            Optional.of(
                new ListedInstance(
                    7,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())),
            Set.of()));
  }

  @ParameterizedTest
  @MethodSource("items")
  void comparesOnlyFieldsThatTheListingShows(Optional<ListedInstance> item, Set<Difference> why) {
    // Given
    AccountInstances listing =
        item.map(DriftSamples::listing).orElseGet(() -> DriftSamples.listing(DriftSamples.item(8)));
    // When
    ListingComparison comparison = DriftCheck.check(EXPECTED, listing);
    // Then
    assertThat(comparison)
        .isEqualTo(
            why.isEmpty()
                ? new ListingComparison.InStep()
                : new ListingComparison.Differs(why, item));
  }

  /** A second instance with the tag is a mistake that costs money. */
  @Test
  void anotherInstanceWithTheTagIsADuplicate() {
    // Given
    AccountInstances listing =
        DriftSamples.listing(
            DriftSamples.item(7),
            DriftSamples.item(9, "copy", Set.of(DriftSamples.tag("r7").value())));
    // When
    ListingComparison comparison = DriftCheck.check(EXPECTED, listing);
    // Then
    assertThat(comparison)
        .isEqualTo(
            new ListingComparison.Differs(
                Set.of(Difference.DUPLICATES), Optional.of(DriftSamples.item(7))));
  }

  /** A state that the status already reports is no difference. */
  @Test
  void ignoresAReportedDuplicate() {
    // Given
    ExpectedInstance reported =
        new ExpectedInstance(
            EXPECTED.resource(),
            EXPECTED.uid(),
            EXPECTED.instanceId(),
            EXPECTED.elementKey(),
            EXPECTED.wanted(),
            EXPECTED.availability(),
            Optional.of(
                new ExpectedInstance.Duplicates(
                    DriftSamples.tag("r7").value(), new TreeSet<>(Set.of(9L)))));
    AccountInstances listing =
        DriftSamples.listing(
            DriftSamples.item(7),
            DriftSamples.item(9, "copy", Set.of(DriftSamples.tag("r7").value())));
    // When
    ListingComparison comparison = DriftCheck.check(reported, listing);
    // Then
    assertThat(comparison).isEqualTo(new ListingComparison.InStep());
  }

  private static ListedInstance with(
      ListedInstance item,
      Optional<String> element,
      Optional<Boolean> valid,
      Optional<Boolean> disabled) {
    return new ListedInstance(
        item.id(), item.name(), element, item.tags(), valid, disabled, item.createdAt());
  }
}
