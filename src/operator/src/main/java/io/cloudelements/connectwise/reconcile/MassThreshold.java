package io.cloudelements.connectwise.reconcile;

/**
 * Whether so many of an account's resources are affected at once that an accident is likelier than
 * intent: more than the limit, and more than a fifth of them. Used by {@link RecreationGuard},
 * {@link DeletionGuard} and {@code DriftSampler}.
 *
 * @param limit how many may be affected in any account
 */
public record MassThreshold(int limit) {
  private static final long PART = 5;

  /**
   * @param affected of them
   * @param all resources of the account
   */
  public boolean isExceeded(long affected, long all) {
    return affected >= leastBeyond(all);
  }

  /** The least number of affected ones that exceeds it: a count need not go on beyond that. */
  long leastBeyond(long all) {
    return Math.max(limit, all / PART) + 1;
  }
}
