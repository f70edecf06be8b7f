package io.cloudelements.connectwise.cli;

import java.nio.ByteBuffer;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * Makes the first TLS handshake of the process shorter. Its classes, and its key pairs computed by
 * code that is not compiled yet, take over a tenth of a second, for which a second processor is
 * free while the kubeconfig is read.
 */
final class TlsWarmUp {
  private TlsWarmUp() {}

  /**
   * Makes the first message of a handshake, which nothing sends.
   *
   * @throws IllegalStateException this JDK has no TLS
   */
  static void sayHello() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      // it trusts no certificate: reading those of the JDK would take as long again
      context.init(null, new TrustManager[0], null);
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(true);
      engine.wrap(
          ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
    } catch (NoSuchAlgorithmException | KeyManagementException | SSLException e) {
      throw new IllegalStateException("no TLS", e);
    }
  }
}
