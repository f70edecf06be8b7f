package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.connectwise.instance.OwnershipTag;
import io.cloudelements.simulator.model.Instance;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a spec asks for, read without the code under test. */
final class Asked {
  private Asked() {}

  static boolean keepsInstance(ConnectWiseInstanceSpec spec) {
    return "Retain".equals(spec.deletionPolicy()) || passive(spec);
  }

  static boolean passive(ConnectWiseInstanceSpec spec) {
    return spec.managementPolicy() != null && !"Manage".equals(spec.managementPolicy());
  }

  /** In what the instance is not as asked. */
  static Optional<String> differs(ConnectWiseInstanceSpec spec, Instance instance) {
    if (passive(spec)) {
      return Optional.empty();
    }
    String name = spec.name() == null ? Cluster.NAME : spec.name();
    Set<String> tags = new TreeSet<>(spec.tags() == null ? Set.of() : spec.tags());
    tags.add(OwnershipTag.MARKER);
    tags.add(ScheduledService.TAG.value());
    boolean disabled = spec.enabled() == null ? instance.disabled() : !spec.enabled();
    if (!instance.name().equals(name)) {
      return Optional.of("ready, and its name is " + instance.name());
    }
    if (!new TreeSet<>(instance.tags()).equals(tags)) {
      return Optional.of("ready, and its tags are " + instance.tags());
    }
    if (instance.disabled() != disabled) {
      return Optional.of("ready, and disabled is " + instance.disabled());
    }
    return Optional.empty();
  }

  static Optional<String> configurationDiffers(
      ConnectWiseInstanceSpec spec, Instance instance, Cluster cluster) {
    Map<String, String> configuration =
        spec.configuration() == null ? Map.of() : spec.configuration();
    boolean asAsked =
        passive(spec)
            || (instance.configuration().entrySet().containsAll(configuration.entrySet())
                && instance.configuration().containsValue(password(spec, cluster)));
    return asAsked
        ? Optional.empty()
        : Optional.of("ready, and its configuration is an earlier one");
  }

  private static String password(ConnectWiseInstanceSpec spec, Cluster cluster) {
    Map<String, String> data =
        cluster.secret(spec.credentialsSecretRef().name()).orElseThrow().getData();
    String encoded = data.getOrDefault("password", data.get("privateKey"));
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }
}
