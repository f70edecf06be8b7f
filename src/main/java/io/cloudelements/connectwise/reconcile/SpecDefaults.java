package io.cloudelements.connectwise.reconcile;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.instance.Element;
import io.cloudelements.connectwise.instance.Hub;
import io.cloudelements.connectwise.instance.ManagementPolicy;
import io.cloudelements.connectwise.instance.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a spec asks for without any Secret, with the defaults of what it leaves out. */
public final class SpecDefaults {
  private SpecDefaults() {}

  public static ResourceId id(ConnectWiseInstance resource) {
    return new ResourceId(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
  }

  /** The instance's name. */
  public static String name(ConnectWiseInstance resource) {
    return Optional.ofNullable(resource.getSpec().name()).orElse(resource.getMetadata().getName());
  }

  /** The user's tags. */
  public static Set<String> tags(ConnectWiseInstanceSpec spec) {
    List<String> tags = spec.tags();
    return tags == null ? Set.of() : Set.copyOf(new TreeSet<>(tags));
  }

  /** Empty when the hub has no such element. */
  public static Optional<Element> element(ConnectWiseInstanceSpec spec) {
    return Hub.ofKey(spec.hub())
        .flatMap(hub ->
            spec.element() == null
                ? Optional.of(Element.defaultOf(hub))
                : Element.ofKey(spec.element()).filter(known -> known.hub() == hub));
  }

  /** Empty when this version knows no such policy. */
  public static Optional<ManagementPolicy> policy(ConnectWiseInstanceSpec spec) {
    return spec.managementPolicy() == null
        ? Optional.of(ManagementPolicy.MANAGE)
        : ManagementPolicy.ofKey(spec.managementPolicy());
  }
}
