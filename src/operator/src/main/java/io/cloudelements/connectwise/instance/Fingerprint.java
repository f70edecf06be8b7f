package io.cloudelements.connectwise.instance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests as lower-case hex. Parts are separated by a zero byte, so that no two lists collide. */
public final class Fingerprint {
  private Fingerprint() {}

  public static String sha256(String... parts) {
    try {
      return hex(MessageDigest.getInstance("SHA-256").digest(joined(List.of(parts))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String hmacSha256(SecretValue key, List<String> parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return hex(mac.doFinal(joined(parts)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] joined(List<String> parts) {
    return String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
