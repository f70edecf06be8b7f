package io.cloudelements.connectwise.reconcile;

/** Versions of one object, which are numbers that grow. */
public final class ResourceVersions {
  private ResourceVersions() {}

  /**
   * Whether the first is newer. Were they something else than numbers one day, none would be, and
   * the guarded writes alone would have to notice an old view, as they do anyway.
   */
  public static boolean isNewer(String version, String than) {
    try {
      return Long.parseLong(version) > Long.parseLong(than);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
