// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import istream.onvif.soap.SoapFailure;
import istream.onvif.soap.SoapFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Speaks HTTP/1.1 over plain sockets: a connection for each request, which goes out in one write.
 * Follows redirects by hand, so that they stay what they were and a login goes to nobody else.
 */
public final class SocketHttpClient implements HttpClient {
  private static final int MOST_REDIRECTS = 3;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Tls tls;

  /** Makes one that knows the servers of HTTPS by their pins. */
  public SocketHttpClient(CertificatePins pins) {
    tls = new Tls(pins);
  }

  @Override
  public HttpAnswer post(HttpRequest request, long deadline) throws SoapFailure {
    Target target = Target.of(request.url()).orElseThrow(SocketHttpClient::nowhere);
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpAnswer answer = new Exchange(target, bytes(request, target), deadline, tls).run();
      Optional<Target> next = redirected(answer, target);
      if (next.isEmpty()) {
        return answer;
      }
      if (carriesLogin(request) && !mayKnow(target, next.get())) {
        throw astray(target, next.get());
      }
      target = next.get();
    }
    String message = target.place() + " sends us on and on, more than 3 times; check the address";
    throw new SoapFailure(Kind.NONSENSE, message, null);
  }

  private static SoapFailure nowhere() {
    // not quoted: who knows what is in it
    String message = "an address is none: it must be like http://192.168.1.9/onvif/device_service";
    return new SoapFailure(Kind.UNREACHABLE, message, null);
  }

  private static Optional<Target> redirected(HttpAnswer answer, Target target) {
    List<String> locations = answer.all("location");
    return REDIRECTS.contains(answer.status()) && !locations.isEmpty()
        ? target.redirected(locations.get(0))
        : Optional.empty();
  }

  private static boolean carriesLogin(HttpRequest request) {
    return request.body().contains("UsernameToken")
        || request.headers().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
  }

  private static boolean mayKnow(Target from, Target to) {
    return from.host().equals(to.host()) && (to.secure() || !from.secure());
  }

  private static SoapFailure astray(Target from, Target to) {
    String message =
        "%s wants us to ask %s://%s instead, which must not learn the login; if that is the camera,"
            + " set its address";
    String scheme = to.secure() ? "https" : "http";
    return new SoapFailure(
        Kind.UNREACHABLE, message.formatted(from.place(), scheme, to.place()), null);
  }

  private static byte[] bytes(HttpRequest request, Target target) {
    byte[] body = request.body().getBytes(UTF_8);
    StringBuilder head = new StringBuilder("POST ").append(target.path()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(target.hostHeader()).append("\r\n");
    head.append("User-Agent: istream\r\n");
    request
        .headers()
        .forEach(
            (name, value) ->
                head.append(line(name)).append(": ").append(line(value)).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n");
    head.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length);
    bytes.writeBytes(head.toString().getBytes(ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  /** A device's words may be in it: they end no line. */
  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
