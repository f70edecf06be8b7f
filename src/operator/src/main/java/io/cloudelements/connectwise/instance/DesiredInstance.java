package io.cloudelements.connectwise.instance;

import java.util.Optional;
import java.util.Set;

/**
 * What a resource asks for, with its credentials resolved and every default applied.
 *
 * @param definition with all tags that the instance shall carry, the operator's too
 */
public record DesiredInstance(
    ResourceId resource,
    OwnershipTag ownershipTag,
    InstanceDefinition definition,
    AccountAccess access,
    Policies policies,
    Confirmations confirmations) {

  /**
   * What the operator may do, and is to do, with the instance.
   *
   * @param enabled empty: only report; else enforce
   * @param adoptInstanceId an existing instance to take over
   */
  public record Policies(
      Optional<Boolean> enabled,
      Optional<Long> adoptInstanceId,
      ManagementPolicy management,
      DeletionPolicy deletion,
      boolean takesUnmarked) {

    /** Of a resource that may take any instance of its account. */
    public Policies(
        Optional<Boolean> enabled,
        Optional<Long> adoptInstanceId,
        ManagementPolicy management,
        DeletionPolicy deletion) {
      this(enabled, adoptInstanceId, management, deletion, true);
    }
  }

  /**
   * What a person allows by annotations.
   *
   * @param takeOver the value of {@code take-over}: the id of the instance that may be taken
   *     although it does not show to be free, or {@link Confirmation#toTakeFrom}
   * @param recreate the value of {@code confirm-recreate}: the id of the instance that may be
   *     replaced, or {@link Confirmation#toBeginAnew}
   * @param deletion the value of {@code confirm-deletion}: the id of the instance that may be
   *     deleted although many are being deleted at once
   */
  public record Confirmations(
      Optional<String> takeOver, Optional<String> recreate, Optional<String> deletion) {}

  /** The same, as far as it need be kept: a configuration may have 256 KiB. */
  public DesiredInstance withoutConfiguration() {
    return new DesiredInstance(
        resource,
        ownershipTag,
        new InstanceDefinition(element(), name(), tags(), Configuration.EMPTY),
        AccountAccess.to(account()),
        policies,
        confirmations);
  }

  public Account account() {
    return access.account();
  }

  public Element element() {
    return definition.element();
  }

  public String name() {
    return definition.name();
  }

  /** The user's tags, the marker and the ownership tag: what the instance shall carry. */
  public Set<String> tags() {
    return definition.tags();
  }

  public Configuration configuration() {
    return definition.configuration();
  }

  public Optional<Boolean> enabled() {
    return policies.enabled();
  }

  public Optional<Long> adoptInstanceId() {
    return policies.adoptInstanceId();
  }

  public ManagementPolicy policy() {
    return policies.management();
  }

  public DeletionPolicy deletionPolicy() {
    return policies.deletion();
  }

  /** Whether it may use an instance without an ownership tag. */
  public boolean takesUnmarked() {
    return policies.takesUnmarked();
  }

  public Optional<String> takeOver() {
    return confirmations.takeOver();
  }

  /** Whether a person named this instance as one to take; {@code "true"} names none. */
  public boolean namesToTake(long id) {
    return takeOver()
        .filter(value -> value.equals(Long.toString(id)) || namesWithOwner(value, id))
        .isPresent();
  }

  private static boolean namesWithOwner(String value, long id) {
    String before = Confirmation.toTakeFrom(id, "");
    return value.startsWith(before)
        && OwnershipTag.SHAPE.matcher(value.substring(before.length())).matches();
  }

  /** The same, and where the value names an owner too, that one still has it, and no other one. */
  boolean takesOver(long id, Ownership whose) {
    return takeOver().equals(Optional.of(Long.toString(id)))
        || (whose instanceof Ownership.Anothers(String tag, boolean alone)
            && alone
            && takeOver().equals(Optional.of(Confirmation.toTakeFrom(id, tag))));
  }

  /** Whether a person named this instance as one to replace. */
  boolean replaces(long id) {
    return confirmations.recreate().equals(Optional.of(Long.toString(id)));
  }

  /** Whether a person named this instance as one to delete. */
  boolean deletes(long id) {
    return confirmations.deletion().equals(Optional.of(Long.toString(id)));
  }
}
