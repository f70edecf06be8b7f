package io.cloudelements.connectwise.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Reconciles get the cached resource itself. The framework's usual copy, through JSON and back,
 * guards the cache against reconcilers that change what they are given; here spec and status are
 * immutable records, and every write is a fresh object.
 */
final class NoCopyCloner implements Cloner {
  @Override
  public <R extends HasMetadata> R clone(R resource) {
    return resource;
  }
}
