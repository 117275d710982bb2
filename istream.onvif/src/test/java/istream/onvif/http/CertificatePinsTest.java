// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.onvif.soap.SoapFailure;
import istream.onvif.soap.SoapFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A camera over HTTPS is known by the certificate that it showed first. */
@Timeout(60)
class CertificatePinsTest {
  @TempDir static Path keys;
  private static Path first;
  private static Path second;

  @TempDir Path directory;
  private Path file;
  private CertificatePins pins;

  @BeforeAll
  static void makeKeys() throws Exception {
    first = SelfSignedServer.keys(keys, "first");
    second = SelfSignedServer.keys(keys, "second");
  }

  @BeforeEach
  void begin() {
    file = directory.resolve("onvif").resolve("certificates");
    restart();
  }

  private void restart() {
    pins = new CertificatePins(directory.resolve("onvif"));
  }

  private HttpAnswer post(String url) throws SoapFailure {
    HttpRequest request = new HttpRequest(url, Map.of("Authorization", "x"), "secret");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    return new SocketHttpClient(pins).post(request, deadline);
  }

  private SelfSignedServer server(Path certificate, int port) throws Exception {
    return new SelfSignedServer(certificate, port, "");
  }

  @Test
  void takesTheFirstCertificateAndKeepsIt() throws Exception {
    try (SelfSignedServer server = server(first, 0)) {
      assertEquals(200, post(server.url()).status());
      List<String> lines = Files.readAllLines(file);
      assertEquals(1, lines.size());
      assertTrue(
          lines.get(0).matches("127.0.0.1:" + server.port() + " SHA256:[A-Za-z0-9+/]{43}"),
          lines.get(0));
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      restart();
      assertEquals(200, post(server.url()).status());
      assertEquals(lines, Files.readAllLines(file));
      try (Stream<Path> files = Files.list(file.getParent())) {
        assertEquals(List.of(file), files.toList(), "no drafts are left");
      }
    }
  }

  @Test
  void sendsNothingToAnotherCertificateUntilToldTo() throws Exception {
    int port;
    try (SelfSignedServer server = server(first, 0)) {
      port = server.port();
      post(server.url());
    }
    restart();
    try (SelfSignedServer server = server(second, port)) {
      SoapFailure failure = assertThrows(SoapFailure.class, () -> post(server.url()));
      assertEquals(Kind.UNREACHABLE, failure.kind());
      for (String part : List.of("127.0.0.1:" + port, file.toString(), "delete the line")) {
        assertTrue(failure.getMessage().contains(part), failure.getMessage());
      }
      assertEquals(List.of(), server.requests());
      Files.writeString(file, "# edited by hand\n");
      assertEquals(200, post(server.url()).status(), "the line was deleted");
      assertEquals("# edited by hand", Files.readAllLines(file).get(0));
    }
  }

  @Test
  void trustsNobodyByASpoiltLine() throws Exception {
    try (SelfSignedServer server = server(first, 0)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "127.0.0.1:" + server.port() + "\n");
      assertThrows(SoapFailure.class, () -> post(server.url()));
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  void trustsNobodyWhenTheFileCannotBeRead() throws Exception {
    Files.createDirectories(file);
    try (SelfSignedServer server = server(first, 0)) {
      SoapFailure failure = assertThrows(SoapFailure.class, () -> post(server.url()));
      assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  void remembersUntilTheNextStartWhatCannotBeWritten() throws Exception {
    // not even root makes directories there
    Path blocked = Path.of("/proc", "onvif");
    pins = new CertificatePins(blocked);
    int port;
    try (SelfSignedServer server = server(first, 0)) {
      port = server.port();
      assertEquals(200, post(server.url()).status());
      assertEquals(200, post(server.url()).status());
    }
    try (SelfSignedServer server = server(second, port)) {
      assertThrows(SoapFailure.class, () -> post(server.url()));
      assertFalse(Files.exists(blocked));
    }
  }

  @Test
  void takesNoLoginFromHttpsToHttp() throws Exception {
    try (RawServer plain = new RawServer((socket, out) -> socket.close());
        SelfSignedServer server = new SelfSignedServer(first, 0, plain.url())) {
      SoapFailure failure = assertThrows(SoapFailure.class, () -> post(server.url()));
      assertTrue(failure.getMessage().contains(" http://127.0.0.1"), failure.getMessage());
      assertEquals(List.of(), plain.requests());
    }
  }

  @Test
  void takesTheRequestFromHttpToHttps() throws Exception {
    try (SelfSignedServer server = server(first, 0);
        RawServer plain =
            new RawServer(
                (socket, out) -> {
                  String head = "HTTP/1.1 301 Moved\r\nLocation: " + server.url() + "\r\n\r\n";
                  out.write(RawServer.bytes(head));
                  socket.close();
                })) {
      assertEquals(server.url(), post(plain.url()).url());
      assertEquals(List.of("secret"), server.requests());
    }
  }

  @Test
  void knowsServersApartByTheirPorts() throws Exception {
    try (SelfSignedServer one = server(first, 0);
        SelfSignedServer other = server(second, 0)) {
      assertEquals(200, post(one.url()).status());
      assertEquals(200, post(other.url()).status());
      assertEquals(2, read().size());
    }
  }

  private List<String> read() throws IOException {
    return Files.readAllLines(file);
  }
}
