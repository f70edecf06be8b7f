package io.cloudelements.simulator.model;

import java.time.Duration;

/**
 * How far what a call reads may be from the truth. Writes always see the truth.
 *
 * @param hidesYoungerThan lists leave out instances created less long ago
 * @param ignoresTags lists do not look at {@code tags[]}
 * @param dropsPageToken lists do not say that there is a next page
 * @param repeatsPage a call for the next page is answered with the page before it
 * @param age reads see the state as of so long ago
 * @param mutations reads see the state before the last so many changes
 */
public record View(
    Duration hidesYoungerThan,
    boolean ignoresTags,
    boolean dropsPageToken,
    boolean repeatsPage,
    Duration age,
    int mutations) {

  /** Everything is as it is. */
  public static final View TRUE = new View(Duration.ZERO, false, false, false, Duration.ZERO, 0);

  public View hidingYoungerThan(Duration minimumAge) {
    return new View(minimumAge, ignoresTags, dropsPageToken, repeatsPage, age, mutations);
  }

  public View ignoringTags() {
    return new View(hidesYoungerThan, true, dropsPageToken, repeatsPage, age, mutations);
  }

  public View droppingPageToken() {
    return new View(hidesYoungerThan, ignoresTags, true, repeatsPage, age, mutations);
  }

  public View repeatingPage() {
    return new View(hidesYoungerThan, ignoresTags, dropsPageToken, true, age, mutations);
  }

  public View behind(Duration time, int changes) {
    return new View(hidesYoungerThan, ignoresTags, dropsPageToken, repeatsPage, time, changes);
  }
}
