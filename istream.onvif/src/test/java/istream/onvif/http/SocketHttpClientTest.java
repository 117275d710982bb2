// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import static istream.onvif.http.Misbehaviour.CHUNKED;
import static istream.onvif.http.Misbehaviour.LENGTH;
import static istream.onvif.http.Misbehaviour.OK;
import static istream.onvif.http.Misbehaviour.XML;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.onvif.soap.SoapFailure;
import istream.onvif.soap.SoapFailure.Kind;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers do wrong, and what is made of it. */
@Timeout(60)
class SocketHttpClientTest {
  @TempDir Path directory;

  static Stream<Misbehaviour> misbehaviour() {
    return Misbehaviour.all();
  }

  @ParameterizedTest
  @MethodSource("misbehaviour")
  void readsWhatCame(Misbehaviour server) throws Exception {
    try (RawServer raw = new RawServer(server.behaviour())) {
      HttpAnswer answer = post(raw.url(), 20_000);
      String body = new String(answer.body(), ISO_8859_1);
      // what is left of broken chunking does not matter around the document
      boolean whole = body.contains("</s:Envelope>") ? body.contains(server.body()) : false;
      assertTrue(whole || body.equals(server.body()), body);
      assertEquals(server.status(), answer.status());
      assertEquals(raw.url(), answer.url());
      assertEquals(1, raw.requests().size());
    }
  }

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

  @Test
  void sendsAPlainRequest() throws Exception {
    try (RawServer raw = new RawServer((s, out) -> out.write(RawServer.bytes(OK + "\r\n" + XML)))) {
      post(raw.url().replace("//", "//admin:geheim@") + "?a=b c&d\u00E9#e", 20_000);
      String request = raw.requests().get(0);
      String host = "Host: 127.0.0.1:" + raw.port() + "\r\n";
      assertTrue(
          request.startsWith("POST /onvif/device_service?a=b%20c&d%C3%A9 HTTP/1.1\r\n" + host),
          request);
      assertTrue(request.contains("\r\nContent-Length: 5\r\nConnection: close\r\n\r\n"), request);
      assertTrue(request.endsWith(new String("<é/>".getBytes(UTF_8), ISO_8859_1)), request);
      assertFalse(request.matches("(?s).*(geheim|admin|Expect|Upgrade).*"), request);
    }
  }

  @Test
  void letsNoHeaderEndItsLine() throws Exception {
    try (RawServer raw = new RawServer((s, out) -> out.write(RawServer.bytes(OK + "\r\n" + XML)))) {
      post(new HttpRequest(raw.url(), Map.of("A", "b\r\nEvil: yes"), ""), 20_000);
      assertFalse(raw.requests().get(0).contains("\nEvil"), raw.requests().get(0));
    }
  }

  @Test
  void triesAgainWhenNoByteCame() throws Exception {
    AtomicInteger count = new AtomicInteger();
    RawServer.Behaviour second =
        (socket, out) -> {
          if (count.incrementAndGet() == 2) {
            out.write(RawServer.bytes(OK + "\r\n" + XML));
          }
          socket.close();
        };
    try (RawServer raw = new RawServer(second)) {
      assertEquals(200, post(raw.url(), 20_000).status());
      assertEquals(2, raw.requests().size());
    }
  }

  @Test
  void triesOnlyOnceAgain() throws Exception {
    try (RawServer raw = new RawServer((socket, out) -> socket.close())) {
      SoapFailure failure = failure(raw.url(), 20_000);
      assertEquals(Kind.SILENT, failure.kind());
      assertTrue(failure.getMessage().contains("127.0.0.1:" + raw.port()), failure.getMessage());
      assertEquals(2, raw.requests().size());
    }
  }

  @Test
  void endsWhenNothingComes() throws Exception {
    try (RawServer raw = new RawServer((socket, out) -> out.flush())) {
      assertEquals(Kind.SILENT, failure(raw.url(), 300).kind());
    }
  }

  @Test
  void endsWhileBytesDribbleForEver() throws Exception {
    RawServer.Behaviour dribbles =
        (socket, out) -> {
          out.write(RawServer.bytes(OK + "Content-Length: 400000\r\n\r\n"));
          while (!socket.isClosed()) {
            out.write('x');
            LockSupport.parkNanos(20_000_000);
          }
        };
    try (RawServer raw = new RawServer(dribbles)) {
      assertEquals(Kind.SILENT, failure(raw.url(), 500).kind());
    }
  }

  @Test
  void endsWhileEncryptionDribbles() throws Exception {
    RawServer.Behaviour dribbles =
        (socket, out) -> {
          // the head of the longest record
          out.write(new byte[] {0x16, 3, 3, 0x40, 0});
          while (!socket.isClosed()) {
            out.write('x');
            LockSupport.parkNanos(20_000_000);
          }
        };
    try (RawServer raw = new RawServer(dribbles, false)) {
      SoapFailure failure = failure(raw.url().replace("http:", "https:"), 500);
      assertEquals(Kind.UNREACHABLE, failure.kind());
    }
  }

  @Test
  void endsWhenABodyStops() throws Exception {
    String half = OK + LENGTH + "\r\n" + XML.substring(0, 40);
    try (RawServer raw = new RawServer((s, out) -> out.write(RawServer.bytes(half)))) {
      assertEquals(Kind.SILENT, failure(raw.url(), 300).kind());
    }
  }

  @Test
  void endsWhenTooMuchComes() throws Exception {
    for (String head : List.of(OK + "\r\n", CHUNKED + "FFFFFFF\r\n", "", OK)) {
      RawServer.Behaviour endless =
          (socket, out) -> {
            out.write(RawServer.bytes(head));
            while (true) {
              out.write(RawServer.bytes("x: yyyyyyyyyyyyyyyyyyyyy\n".repeat(100)));
            }
          };
      try (RawServer raw = new RawServer(endless)) {
        assertEquals(Kind.NONSENSE, failure(raw.url(), 20_000).kind(), head);
      }
    }
  }

  @Test
  void endsWhenTooMuchIsUnzipped() throws Exception {
    try (RawServer raw = new RawServer((s, out) -> Misbehaviour.zipped(s, out, 100_000_000))) {
      assertEquals(Kind.NONSENSE, failure(raw.url(), 20_000).kind());
    }
  }

  @Test
  void saysThatNothingListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    SoapFailure failure = failure("http://user:geheim@127.0.0.1:" + port + "/", 20_000);
    assertEquals(Kind.UNREACHABLE, failure.kind());
    assertTrue(failure.getMessage().startsWith("127.0.0.1:" + port + " refuses the connection"));
    assertFalse(failure.getMessage().contains("geheim"));
  }

  @Test
  void saysThatAnAddressIsNone() {
    for (String url :
        List.of("", "rtsp://a/", "http://", "http://a:99999/", "http://a b/", "a:b@c")) {
      SoapFailure failure = failure(url, 20_000);
      assertEquals(Kind.UNREACHABLE, failure.kind(), url);
    }
  }

  @Test
  void saysThatNobodyKnowsAName() {
    SoapFailure failure = failure("http://camera.invalid/", 20_000);
    assertEquals(Kind.UNREACHABLE, failure.kind());
    assertTrue(failure.getMessage().startsWith("camera.invalid:80 cannot be reached: "));
  }

  @Test
  void saysWhenPlainHttpAnswersToHttps() throws Exception {
    try (RawServer raw = new RawServer((s, out) -> out.write(RawServer.bytes(OK)), false)) {
      SoapFailure failure = failure(raw.url().replace("http:", "https:"), 20_000);
      assertEquals(Kind.UNREACHABLE, failure.kind());
      assertTrue(failure.getMessage().contains("try http://"), failure.getMessage());
    }
  }
}
