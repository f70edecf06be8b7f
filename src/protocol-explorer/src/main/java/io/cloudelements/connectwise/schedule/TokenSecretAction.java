package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstance;
import io.cloudelements.connectwise.reconcile.SpecDefaults;
import java.util.Map;
import java.util.TreeMap;

/** What others do to a token Secret. */
final class TokenSecretAction {
  private TokenSecretAction() {}

  static ScheduledAction corruptTokenSecret() {
    return new ScheduledAction(
        "edit the token Secret",
        world -> {
          ConnectWiseInstance resource = world.cluster().resource().orElseThrow();
          String name = SpecDefaults.of(resource).tokenSecretName();
          world
              .cluster()
              .putSecret(name, ScheduledAction.encoded(Map.of("token", "something else")));
        });
  }

  /** The token stays; a Secret that is lost is not edited. */
  static ScheduledAction editFurtherKeys() {
    return new ScheduledAction(
        "edit the further keys of the token Secret",
        world -> {
          ConnectWiseInstance resource = world.cluster().resource().orElseThrow();
          String name = SpecDefaults.of(resource).tokenSecretName();
          world
              .cluster()
              .secret(name)
              .ifPresent(secret -> {
                Map<String, String> data = new TreeMap<>(secret.getData());
                Setups.HEADER
                    .keySet()
                    .forEach(key -> data.putAll(ScheduledAction.encoded(Map.of(key, "edited"))));
                world.cluster().putSecret(name, data);
              });
        });
  }
}
