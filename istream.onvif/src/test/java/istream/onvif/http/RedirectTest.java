// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import static istream.onvif.http.Misbehaviour.OK;
import static istream.onvif.http.Misbehaviour.XML;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.onvif.soap.SoapFailure;
import istream.onvif.soap.SoapFailure.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a request is sent on to, and where not. */
@Timeout(60)
class RedirectTest {
  @TempDir Path directory;

  private HttpAnswer post(String url, long millis) throws SoapFailure {
    return post(
        new HttpRequest(url, Map.of("Content-Type", "application/soap+xml"), "<é/>"), millis);
  }

  private HttpAnswer post(HttpRequest request, long millis) throws SoapFailure {
    HttpClient client = new SocketHttpClient(new CertificatePins(directory));
    return client.post(request, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private SoapFailure failure(String url, long millis) {
    return assertThrows(SoapFailure.class, () -> post(url, millis));
  }

  private static RawServer.Behaviour redirecting(String location) {
    return (socket, out) -> {
      out.write(RawServer.bytes("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n"));
      socket.close();
    };
  }

  @Test
  void followsARedirectWithTheSameRequest() throws Exception {
    try (RawServer to = new RawServer((s, out) -> out.write(RawServer.bytes(OK + "\r\n" + XML)));
        RawServer from = new RawServer(redirecting("http://127.0.0.1:" + to.port() + "/b"))) {
      HttpAnswer answer =
          post(new HttpRequest(from.url(), Map.of("Authorization", "x"), "body"), 20_000);
      assertEquals("http://127.0.0.1:" + to.port() + "/b", answer.url());
      String request = to.requests().get(0);
      assertTrue(request.startsWith("POST /b HTTP/1.1\r\n"), request);
      assertTrue(request.contains("Authorization: x") && request.endsWith("\r\n\r\nbody"), request);
    }
  }

  @Test
  void takesNoLoginToAnotherHost() throws Exception {
    try (RawServer to = new RawServer((s, out) -> out.write(RawServer.bytes(OK + "\r\n" + XML)));
        RawServer from = new RawServer(redirecting("http://localhost:" + to.port() + "/b"))) {
      HttpRequest header = new HttpRequest(from.url(), Map.of("authorization", "secret"), "");
      HttpRequest token = new HttpRequest(from.url(), Map.of(), "<w:UsernameToken/>");
      for (HttpRequest request : List.of(header, token)) {
        SoapFailure failure = assertThrows(SoapFailure.class, () -> post(request, 20_000));
        assertEquals(Kind.UNREACHABLE, failure.kind());
        assertTrue(failure.getMessage().contains("localhost:" + to.port()), failure.getMessage());
      }
      assertEquals(List.of(), to.requests());
      assertEquals(200, post(from.url(), 20_000).status(), "without a login it may");
    }
  }

  @Test
  void followsNoMoreThanThreeRedirects() throws Exception {
    try (RawServer raw = new RawServer(redirecting("again?x"))) {
      assertEquals(Kind.NONSENSE, failure(raw.url(), 20_000).kind());
      assertEquals(4, raw.requests().size());
      assertTrue(raw.requests().get(3).startsWith("POST /onvif/again?x "));
    }
  }

  @Test
  void leavesARedirectToNowhereAsItIs() throws Exception {
    try (RawServer raw = new RawServer(redirecting("ftp://a/"))) {
      assertEquals(302, post(raw.url(), 20_000).status());
    }
  }
}
