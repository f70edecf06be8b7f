package io.cloudelements.connectwise.controller;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import java.util.Objects;

/** What a resource's next pass is about, as far as the resource itself tells. */
enum Errand {
  /** It has no instance yet. */
  CREATION,
  CHANGE,
  /** Only whether all is well. */
  LOOK;

  static Errand of(ConnectWiseInstance resource) {
    boolean deleting = resource.getMetadata().getDeletionTimestamp() != null;
    boolean isNew = resource.getStatus() == null || resource.getStatus().instanceId() == null;
    if (isNew && !deleting) {
      return CREATION;
    }
    boolean changed =
        deleting
            || !Objects.equals(
                resource.getStatus().observedGeneration(), resource.getMetadata().getGeneration());
    return changed ? CHANGE : LOOK;
  }
}
