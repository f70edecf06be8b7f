package io.cloudelements.connectwise.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Where an API server answers and how to trust it.
 *
 * @param port on 127.0.0.1
 * @param certificates PEM file that kube-apiserver writes at its first start: its serving
 *     certificate and the CA that signed it
 */
record ApiServerEndpoint(int port, Path certificates) {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  URI address() {
    return URI.create("https://127.0.0.1:" + port);
  }

  /** A kubeconfig for one user; TLS is verified against the server's CA. */
  Path writeKubeconfig(Path file, String user, String token, String namespace) {
    return PrivateFiles.write(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters:
          - name: local
            cluster:
              server: %s
              certificate-authority-data: %s
        users:
          - name: "%s"
            user:
              token: %s
        contexts:
          - name: local
            context:
              cluster: local
              user: "%s"
              namespace: %s
        current-context: local
        """
            .formatted(address(), certificateData(), user, token, user, namespace));
  }

  /** Whether {@code /readyz} says so; an endpoint that does not answer is not ready. */
  boolean isReady() {
    if (!Files.exists(certificates)) {
      return false;
    }
    try (HttpClient client = HttpClient.newBuilder().sslContext(trust()).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(address().resolve("/readyz")).timeout(PATIENCE).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException | GeneralSecurityException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String certificateData() {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(certificates));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SSLContext trust() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream pem = Files.newInputStream(certificates)) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
