package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.instance.ResourceId;

/**
 * One version of one resource: a write that names it fails when the resource has changed since, or
 * is another one under the same name.
 */
public record ResourceRef(ResourceId id, String uid, String version) {
  ResourceRef at(String newVersion) {
    return new ResourceRef(id, uid, newVersion);
  }
}
