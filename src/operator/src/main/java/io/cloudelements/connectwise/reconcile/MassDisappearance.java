package io.cloudelements.connectwise.reconcile;

/**
 * Whether so many of an account's instances differ at once that a fault, or a lost privilege, is
 * likelier than deletions: more than the limit, and more than a fifth of them.
 *
 * @param limit so many may differ in any account
 */
public record MassDisappearance(int limit) {
  private static final long PART = 5;

  /**
   * @param differing of them
   * @param all resources of the account
   */
  public boolean isLikely(long differing, long all) {
    return differing > limit && differing * PART > all;
  }
}
