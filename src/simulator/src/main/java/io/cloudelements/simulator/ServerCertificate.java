package io.cloudelements.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What the server shows to TLS clients.
 *
 * @param key for Vert.x
 * @param pem the certificate, for the trust of a client
 */
public record ServerCertificate(KeyCertOptions key, String pem) {
  private static final String ALIAS = "simulator";

  // protects a key that lives for one run and only on this machine
  private static final String STORE_PASSWORD = "simulator";

  /** Key and certificate given as PEM texts. */
  public static ServerCertificate of(String privateKeyPem, String certificatePem) {
    return new ServerCertificate(
        new PemKeyCertOptions()
            .setKeyValue(Buffer.buffer(privateKeyPem))
            .setCertValue(Buffer.buffer(certificatePem)),
        certificatePem);
  }

  /**
   * A new self-signed certificate for {@code localhost} and {@code 127.0.0.1}, made by the JDK's
   * keytool: the JDK has no public API for it.
   *
   * @throws IllegalStateException when keytool is missing or fails
   */
  public static ServerCertificate selfSigned() {
    try {
      Path directory = Files.createTempDirectory("simulator-tls");
      Path store = directory.resolve("simulator.p12");
      try {
        generate(store);
        byte[] bytes = Files.readAllBytes(store);
        return new ServerCertificate(
            new PfxOptions().setValue(Buffer.buffer(bytes)).setPassword(STORE_PASSWORD),
            certificate(store));
      } finally {
        Files.deleteIfExists(store);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For a client that trusts this certificate and no other. */
  public SSLContext trust() {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          ALIAS,
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes(UTF_8))));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("The certificate cannot be trusted", e);
    }
  }

  private static void generate(Path store) throws IOException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-validity",
                    "7",
                    "-dname",
                    "CN=localhost, O=Cloud Elements simulator",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    STORE_PASSWORD))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    try {
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool made no certificate: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while keytool made a certificate", e);
    }
  }

  private static String certificate(Path store) throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
      byte[] encoded = keys.getCertificate(ALIAS).getEncoded();
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keytool made an unreadable certificate", e);
    }
  }
}
