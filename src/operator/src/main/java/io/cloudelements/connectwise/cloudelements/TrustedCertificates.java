package io.cloudelements.connectwise.cloudelements;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Trust in the JDK's public roots and in a bundle besides. Vert.x' own PEM options would trust the
 * bundle alone, and a company's proxy CA must not lock out the service's public certificate.
 */
final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * @throws IllegalArgumentException when the bundle cannot be read or holds no certificate
   */
  static TrustOptions publicRootsAnd(Path bundle) {
    try {
      List<Certificate> trusted = new ArrayList<>(publicRoots());
      trusted.addAll(certificates(bundle));
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < trusted.size(); i++) {
        store.setCertificateEntry("trusted-" + i, trusted.get(i));
      }
      TrustManagerFactory factory = defaultFactory();
      factory.init(store);
      return TrustOptions.wrap(factory);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the CA bundle " + bundle + " cannot be read", e);
    }
  }

  private static List<X509Certificate> publicRoots() throws GeneralSecurityException {
    TrustManagerFactory factory = defaultFactory();
    factory.init((KeyStore) null);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
        .toList();
  }

  private static List<Certificate> certificates(Path bundle)
      throws GeneralSecurityException, IOException {
    try (InputStream pem = Files.newInputStream(bundle)) {
      List<Certificate> certificates =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(pem));
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("the CA bundle " + bundle + " holds no certificate");
      }
      return certificates;
    }
  }

  private static TrustManagerFactory defaultFactory() throws GeneralSecurityException {
    return TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
  }
}
