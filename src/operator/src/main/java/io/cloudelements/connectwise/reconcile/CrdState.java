package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.Confirmation;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Optional;

/**
 * What the deletion of a resource has to know of the CRD. The API server deletes every resource of
 * a CRD that is deleted. A user who removes a plain install and applies it again has not asked for
 * the deletion of any instance.
 */
public enum CrdState {
  /** The resource's deletion is its own, or the CRD's was confirmed. */
  IN_USE,
  /** The resource's deletion may come from the CRD's. */
  BEING_DELETED,
  /** The operator lacks the right to read it. */
  FORBIDDEN;

  /** The only CRD that is read. */
  public static final String CRD = "connectwiseinstances.cloudelements.io";

  /** On the CRD: its deletion is meant for the instances too. */
  public static final String CONFIRM_DELETION = Confirmation.DELETE.annotation();

  /**
   * @param crd its metadata, read after the resource's deletion was seen; empty: there is none
   * @param resource metadata of a resource that is being deleted
   */
  public static CrdState of(Optional<ObjectMeta> crd, ObjectMeta resource) {
    boolean confirmed =
        crd.flatMap(found -> Optional.ofNullable(found.getAnnotations()))
            .filter(annotations -> "true".equals(annotations.get(CONFIRM_DELETION)))
            .isPresent();
    boolean kept =
        crd.filter(found -> found.getDeletionTimestamp() == null)
            .filter(found -> !isYounger(found, resource.getDeletionTimestamp()))
            .isPresent();
    return confirmed || kept ? IN_USE : BEING_DELETED;
  }

  /**
   * A CRD whose own finalizer was removed by hand leaves its resources behind; they show again,
   * still being deleted, when a CRD of that name is created.
   */
  private static boolean isYounger(ObjectMeta crd, String deletion) {
    return Optional.ofNullable(crd.getCreationTimestamp())
        .map(Instant::parse)
        .filter(created -> created.isAfter(Instant.parse(deletion)))
        .isPresent();
  }
}
