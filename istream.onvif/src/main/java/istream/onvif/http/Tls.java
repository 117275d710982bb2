// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS as cameras speak it: old, and with certificates that nobody signed. Who a server is, its pin
 * says, before a byte is sent to it; so nothing else of the certificate is looked at.
 */
final class Tls {
  private final SSLContext context;
  private final CertificatePins pins;

  Tls(CertificatePins pins) {
    this.pins = pins;
    try {
      context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new LeftToThePin()}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /** Begins TLS on a connection; the server is the one it was before, or the first one there. */
  Socket over(Socket socket, Target target) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, target.host(), target.port(), true);
    tls.setEnabledProtocols(chosen(tls.getSupportedProtocols(), "SSLv2Hello", "SSLv3"));
    // a suite without a certificate would have nothing to pin
    tls.setEnabledCipherSuites(
        chosen(tls.getSupportedCipherSuites(), "_anon_", "_NULL_", "_EXPORT_", "KRB5"));
    tls.startHandshake();
    pins.check(target.place(), tls.getSession().getPeerCertificates()[0]);
    return tls;
  }

  private static String[] chosen(String[] supported, String... without) {
    return Arrays.stream(supported)
        .filter(name -> Arrays.stream(without).noneMatch(name::contains))
        .toArray(String[]::new);
  }

  /** Objects to nothing. */
  private static final class LeftToThePin extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
