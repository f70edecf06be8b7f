package io.cloudelements.connectwise.account;

import io.cloudelements.connectwise.api.v1.CloudElementsAccount;
import io.cloudelements.connectwise.instance.ResourceId;
import io.cloudelements.connectwise.secret.SecretEntries;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Account objects as a platform team writes them. */
final class Accounts {
  static final ResourceId NAME = new ResourceId("platform", "acme-production");

  private Accounts() {}

  /**
   * @param lines further ones of the spec, in the flow style of YAML
   */
  static CloudElementsAccount account(String... lines) {
    String manifest =
        """
        apiVersion: cloudelements.io/v1
        kind: CloudElementsAccount
        metadata: {name: acme-production, namespace: platform, uid: u-1, generation: 1}
        spec:
          secretRef: {name: acme-admin}
        """
            + Stream.of(lines).map("  %s\n"::formatted).collect(Collectors.joining());
    return Serialization.unmarshal(manifest, CloudElementsAccount.class);
  }

  static Secret secret(Map<String, String> values) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("platform")
        .withName("acme-admin")
        .endMetadata()
        .withData(SecretEntries.encoded(values))
        .build();
  }

  static Secret secret() {
    return secret(Map.of("userSecret", "user", "organizationSecret", "organization"));
  }
}
