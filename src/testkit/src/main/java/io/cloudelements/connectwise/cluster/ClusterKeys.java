package io.cloudelements.connectwise.cluster;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secrets of one control plane, made anew for each and written into its directory.
 *
 * @param adminToken bearer token of {@code admin} in {@code system:masters}
 * @param controllersToken bearer token of the controller manager, a user of its own so that audit
 *     logs tell it from tests and operators
 * @param tokenFile both, in kube-apiserver's static token format
 * @param serviceAccountKey private key (PEM) that signs service account tokens
 * @param serviceAccountPublicKey public key (PEM) that verifies them
 */
record ClusterKeys(
    String adminToken,
    String controllersToken,
    Path tokenFile,
    Path serviceAccountKey,
    Path serviceAccountPublicKey) {

  static final String ADMIN = "admin";
  static final String CONTROLLERS = "system:kube-controller-manager";

  static ClusterKeys create(Path directory, SecureRandom random) {
    String admin = token(random);
    String controllers = token(random);
    String tokens =
        """
        %s,%s,1,"system:masters"
        %s,%s,2,"system:masters"
        """
            .formatted(admin, ADMIN, controllers, CONTROLLERS);
    KeyPair pair = signingKeys(random);
    return new ClusterKeys(
        admin,
        controllers,
        PrivateFiles.write(directory.resolve("tokens.csv"), tokens),
        PrivateFiles.write(
            directory.resolve("service-accounts.key"),
            pem("PRIVATE KEY", pair.getPrivate().getEncoded())),
        PrivateFiles.write(
            directory.resolve("service-accounts.pub"),
            pem("PUBLIC KEY", pair.getPublic().getEncoded())));
  }

  private static String token(SecureRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static KeyPair signingKeys(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has P-256", e);
    }
  }

  private static String pem(String what, byte[] encoded) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, lines);
  }
}
