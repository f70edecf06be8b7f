package io.cloudelements.connectwise.schedule;

import io.cloudelements.connectwise.api.v1.ConnectWiseInstanceSpec;
import io.cloudelements.simulator.model.Instance;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a template asks the token Secret to have, expanded without the code under test. */
final class AskedKeys {
  private AskedKeys() {}

  static Map<String, String> of(ConnectWiseInstanceSpec spec, Instance instance, World world) {
    Map<String, String> keys = new TreeMap<>();
    Map<String, String> template =
        spec.tokenSecret() == null || spec.tokenSecret().template() == null
            ? Map.of()
            : spec.tokenSecret().template();
    template.forEach((key, text) -> keys.put(key, expanded(text, spec, instance, world)));
    return keys;
  }

  private static String expanded(
      String text, ConnectWiseInstanceSpec spec, Instance instance, World world) {
    String user = user(spec, world);
    String organization = organization(spec, world);
    return text.replace(
            "$(authorization)",
            "User " + user + ", Organization " + organization + ", Element " + instance.token())
        .replace("$(userSecret)", user)
        .replace("$(token)", instance.token())
        .replace("$(instanceId)", Long.toString(instance.id()));
  }

  private static String user(ConnectWiseInstanceSpec spec, World world) {
    return decoded(
        spec.accountRef() == null
            ? world.cluster().secret(spec.credentialsSecretRef().name())
            : world.accounts().secret(AccountObjects.APPLICATION).now(),
        "userSecret");
  }

  private static String organization(ConnectWiseInstanceSpec spec, World world) {
    return decoded(
        spec.accountRef() == null
            ? world.cluster().secret(spec.credentialsSecretRef().name())
            : world.accounts().secret(AccountObjects.SECRET).now(),
        "organizationSecret");
  }

  private static String decoded(Optional<Secret> secret, String key) {
    return secret
        .map(found -> found.getData().get(key))
        .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
        .orElse("");
  }
}
