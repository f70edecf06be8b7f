package io.cloudelements.connectwise.drift;

import io.cloudelements.connectwise.instance.Availability;
import io.cloudelements.connectwise.instance.ListedInstance;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.connectwise.instance.ResourceId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Converged resources and what a listing shows of their instances. */
final class DriftSamples {
  static final String CLUSTER = "test";
  static final String ACCOUNT = "5f2c0c9a1b7e";

  private DriftSamples() {}

  static OwnershipTag tag(String resource) {
    return OwnershipTag.of(CLUSTER, new ResourceId("integrations", resource));
  }

  /** The resource {@code r<number>}, whose instance has the id {@code number}. */
  static ExpectedInstance resource(int number) {
    String name = "r" + number;
    return new ExpectedInstance(
        new ResourceId("integrations", name),
        "uid-%05d".formatted(number),
        number,
        "connectwisehd",
        Optional.of(new ExpectedInstance.EnforcedFields(name, tag(name).with(Set.of("acme")))),
        new Availability(Optional.of(true), Optional.of(false)),
        Optional.of(new ExpectedInstance.Duplicates(tag(name).value(), new TreeSet<>())));
  }

  /** The item that says what is expected of it. */
  static ListedInstance item(int number) {
    String name = "r" + number;
    return item(number, name, tag(name).with(Set.of("acme")));
  }

  static ListedInstance item(int number, String name, Set<String> tags) {
    return new ListedInstance(
        number,
        Optional.of(name),
        Optional.of("connectwisehd"),
        Optional.of(tags),
        Optional.of(true),
        Optional.empty(),
        Optional.of(Instant.parse("2026-11-24T09:00:00Z")));
  }

  static AccountInstances listing(ListedInstance... items) {
    return listing(Arrays.asList(items));
  }

  static AccountInstances listing(Collection<ListedInstance> items) {
    return new AccountInstances(List.copyOf(items), OwnershipTag.clusterPart(CLUSTER));
  }
}
