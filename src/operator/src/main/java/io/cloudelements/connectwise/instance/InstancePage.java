package io.cloudelements.connectwise.instance;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of an account's instances (contract §3).
 *
 * @param next what asks for the page after it; empty on the last one
 * @param total how many instances there are in all pages, where the service says so
 * @param tooLarge whether the page was larger than an answer may be: a smaller one may not be
 */
public record InstancePage(
    List<ListedInstance> instances, Optional<String> next, OptionalLong total, boolean tooLarge) {

  /** An answer that was larger than one may be, of which nothing is known. */
  public static final InstancePage TOO_LARGE =
      new InstancePage(List.of(), Optional.empty(), OptionalLong.empty(), true);

  public InstancePage(List<ListedInstance> instances, Optional<String> next, OptionalLong total) {
    this(instances, next, total, false);
  }

  public InstancePage {
    instances = List.copyOf(instances);
  }
}
