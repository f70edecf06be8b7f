package io.cloudelements.connectwise.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudelements.connectwise.drift.Orphans.Duplicate;
import io.cloudelements.connectwise.drift.Orphans.Found;
import io.cloudelements.connectwise.drift.Orphans.KnownResource;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a listing has beyond the resources, and how it is told. */
class OrphansTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @Test
  void anInstanceWhoseResourceIsGoneIsAnOrphan() {
    // Given
    AccountInstances listing = DriftSamples.listing(DriftSamples.item(1), DriftSamples.item(2));
    // When
    Found found = Orphans.find(DriftSamples.ACCOUNT, listing, living(1));
    // Then
    assertThat(found.orphans())
        .containsExactly(
            new Orphan(
                DriftSamples.item(2),
                DriftSamples.tag("r2").value(),
                Orphan.OrphanCause.NO_RESOURCE));
    assertThat(found.duplicates()).isEmpty();
  }

  /** Several clusters share an account, and none may count the others' instances. */
  @Test
  void anInstanceOfAnotherClusterIsNoOrphan() {
    // Given
    String others = OwnershipTag.of("other cluster", new ResourceId("integrations", "r1")).value();
    AccountInstances listing = DriftSamples.listing(DriftSamples.item(3, "r1", Set.of(others)));
    // When
    Found found = Orphans.find(DriftSamples.ACCOUNT, listing, Map.of());
    // Then
    assertThat(found.orphans()).isEmpty();
  }

  /** Made by hand in the console, in the same account. */
  @Test
  void anInstanceWithoutAnOwnershipTagIsNoOrphan() {
    // Given
    AccountInstances listing =
        DriftSamples.listing(DriftSamples.item(3, "by hand", Set.of("by hand")));
    // When
    Found found = Orphans.find(DriftSamples.ACCOUNT, listing, Map.of());
    // Then
    assertThat(found.orphans()).isEmpty();
  }

  /** The API forbids users whole ownership tags alone. */
  @Test
  void aUsersTagThatBeginsLikeAnOwnershipTagMakesNoOrphan() {
    // Given
    String begins = DriftSamples.tag("r1").value().substring(0, "cwi-00000000-".length()) + "zzz";
    String goesOn = DriftSamples.tag("r9").value() + "-zzz";
    AccountInstances listing =
        DriftSamples.listing(
            DriftSamples.item(1, "r1", Set.of(DriftSamples.tag("r1").value(), begins, goesOn)));
    // When
    Found found = found(listing, DriftSamples.ACCOUNT, Optional.empty());
    // Then
    assertThat(OwnershipTag.isReserved(begins) || OwnershipTag.isReserved(goesOn)).isFalse();
    assertThat(found.orphans()).isEmpty();
  }

  /** A creation is on its way: the instance is there before the status names it. */
  @Test
  void anInstanceUnderCreationIsNoOrphan() {
    // Given
    AccountInstances listing = DriftSamples.listing(DriftSamples.item(1));
    // When
    Found found = found(listing, DriftSamples.ACCOUNT, Optional.empty());
    // Then
    assertThat(found.orphans()).isEmpty();
  }

  /** Its account may have been recorded under another spelling of the URL. */
  @Test
  void anInstanceInUseIsNoOrphanUnderAnyAccountName() {
    // Given
    AccountInstances listing = DriftSamples.listing(DriftSamples.item(1));
    // When
    Found found = found(listing, "000000000000", Optional.of(1L));
    // Then
    assertThat(found.orphans()).isEmpty();
  }

  /** What a resource left behind in the account that it no longer uses. */
  @Test
  void anInstanceInAFormerAccountIsAnOrphan() {
    // Given
    AccountInstances listing = DriftSamples.listing(DriftSamples.item(1));
    // When
    Found found = found(listing, "000000000000", Optional.of(8L));
    // Then
    assertThat(found.orphans())
        .extracting(Orphan::cause)
        .containsExactly(Orphan.OrphanCause.RESOURCE_IN_OTHER_ACCOUNT);
  }

  @Test
  void furtherInstancesOfAResourceAreDuplicates() {
    // Given
    AccountInstances listing =
        DriftSamples.listing(
            DriftSamples.item(1),
            DriftSamples.item(9, "copy", Set.of(DriftSamples.tag("r1").value())));
    // When
    Found found = Orphans.find(DriftSamples.ACCOUNT, listing, living(1));
    // Then
    assertThat(found.duplicates())
        .containsExactly(
            new Duplicate(new ResourceId("integrations", "r1"), Optional.of(1L), List.of(9L)));
  }

  @Test
  void reportShowsOrphansAndTheirAge() {
    // Given
    OrphanReport report = new OrphanReport(Optional.empty());
    AccountInstances listing =
        DriftSamples.listing(
            DriftSamples.item(1),
            DriftSamples.item(2),
            DriftSamples.item(9, "copy", Set.of(DriftSamples.tag("r1").value())));
    report.found(DriftSamples.ACCOUNT, Orphans.find(DriftSamples.ACCOUNT, listing, living(1)), NOW);
    // When
    String page = report.page(NOW).toJson();
    // Then
    assertThat(page)
        .contains(
            "\"enabled\" : true",
            "\"account\" : \"5f2c0c9a1b7e\"",
            "\"id\" : 2",
            "\"name\" : \"r2\"",
            "\"element\" : \"connectwisehd\"",
            "\"cause\" : \"NoResource\"",
            "\"createdAt\" : \"2026-11-24T09:00:00Z\"",
            "\"ageSeconds\" : 3600",
            "\"inUse\" : 1",
            "\"others\" : [ 9 ]");
    assertThat(report.orphans()).isEqualTo(1);
  }

  /** A tenant who may write a status could hide any orphan of the account by it. */
  @Test
  void aStatusThatNamesAnOrphanIsShownAndHidesNothing() {
    // Given
    OrphanReport report = reportOfOrphan(2);
    // When
    report.compareWith(() -> known("claimant", DriftSamples.ACCOUNT, Optional.of(2L)));
    // Then
    assertThat(shown(report))
        .singleElement()
        .satisfies(orphan -> {
          assertThat(orphan.id()).isEqualTo(2);
          assertThat(orphan.claimedBy()).containsExactly("integrations/claimant");
        });
  }

  /** Nor can it make the page long. */
  @Test
  void atMostThreeClaimantsAreShown() {
    // Given
    OrphanReport report = reportOfOrphan(2);
    Map<String, KnownResource> claimants = new HashMap<>();
    IntStream.range(0, 100)
        .forEach(
            i -> claimants.putAll(known("claimant-" + i, DriftSamples.ACCOUNT, Optional.of(2L))));
    // When
    report.compareWith(() -> claimants);
    // Then
    assertThat(shown(report))
        .singleElement()
        .satisfies(orphan -> assertThat(orphan.claimedBy()).hasSize(3));
  }

  /** Its tag is on the instance, which no status changes. */
  @Test
  void anOrphanThatHasTheResourceOfItsTagAgainIsNotShown() {
    // Given
    OrphanReport report = reportOfOrphan(2);
    // When
    report.compareWith(() -> living(2));
    // Then
    assertThat(shown(report)).isEmpty();
  }

  /** Two platforms give the same ids, and the other one's instance may be in use. */
  @Test
  void anIdInAnotherAccountIsNoClaim() {
    // Given
    OrphanReport report = reportOfOrphan(2);
    // When
    report.compareWith(() -> known("elsewhere", "000000000000", Optional.of(2L)));
    // Then
    assertThat(shown(report))
        .singleElement()
        .satisfies(orphan -> assertThat(orphan.claimedBy()).isNull());
  }

  private static List<OrphanPage.OrphanedInstance> shown(OrphanReport report) {
    return report.page(NOW).accounts().stream()
        .flatMap(account -> account.orphans().stream())
        .toList();
  }

  private static OrphanReport reportOfOrphan(int id) {
    OrphanReport report = new OrphanReport(Optional.empty());
    report.found(
        DriftSamples.ACCOUNT,
        Orphans.find(DriftSamples.ACCOUNT, DriftSamples.listing(DriftSamples.item(id)), Map.of()),
        NOW);
    return report;
  }

  /** A line in the log for each change, not for each listing. */
  @Test
  void unchangedOrphansAreNoChange() {
    // Given
    OrphanReport report = new OrphanReport(Optional.empty());
    Found found =
        Orphans.find(DriftSamples.ACCOUNT, DriftSamples.listing(DriftSamples.item(2)), Map.of());
    boolean first = report.found(DriftSamples.ACCOUNT, found, NOW);
    // When
    boolean again = report.found(DriftSamples.ACCOUNT, found, NOW.plusSeconds(600));
    // Then
    assertThat(first).isTrue();
    assertThat(again).isFalse();
  }

  /** An operator that sees a part of the cluster reports no orphans, and says why. */
  @Test
  void aDisabledReportShowsItsReason() {
    // Given
    OrphanReport report = new OrphanReport(Optional.of("it watches a part of the cluster"));
    // When
    String page = report.page(NOW).toJson();
    // Then
    assertThat(page).contains("\"enabled\" : false", "it watches a part of the cluster");
  }

  private static Map<String, KnownResource> living(long number) {
    String name = "r" + number;
    return Map.of(
        DriftSamples.tag(name).value(),
        new KnownResource(
            new ResourceId("integrations", name),
            Optional.of(DriftSamples.ACCOUNT),
            Optional.of(number)));
  }

  /** Where resource r1 records this account and this instance. */
  private static Found found(
      AccountInstances listing, String recordedAccount, Optional<Long> recordedInstance) {
    return Orphans.find(
        DriftSamples.ACCOUNT, listing, known("r1", recordedAccount, recordedInstance));
  }

  private static Map<String, KnownResource> known(
      String name, String account, Optional<Long> instance) {
    return Map.of(
        DriftSamples.tag(name).value(),
        new KnownResource(new ResourceId("integrations", name), Optional.of(account), instance));
  }
}
