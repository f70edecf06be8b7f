package io.cloudelements.connectwise.platform;

import io.cloudelements.connectwise.instance.ListedInstance;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of an account's instances (contract §3).
 *
 * @param next what asks for the page after it; empty on the last one
 * @param total how many instances there are in all pages, where the service says so
 */
public record InstancePage(
    List<ListedInstance> instances, Optional<String> next, OptionalLong total) {
  public InstancePage {
    instances = List.copyOf(instances);
  }
}
