// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.api.recording.ProbeReport;
import istream.api.recording.RecordingException;
import istream.recorder.buffer.ChunkPool;
import istream.recorder.rtsp.ScriptedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a probe asks for, and what it says: never a password, also where a maker puts one. */
class ProbeTest {
  private static final String PATH = "/user=admin_password=s3cret_channel=1.sdp";
  private static final String SHOWN = "/user=admin_password=***_channel=1.sdp";

  private final NetworkLoop loop = new NetworkLoop(System::nanoTime);
  private final AddressBook addresses = new AddressBook();
  private final Equipment equipment =
      new Equipment(
          loop, null, new ChunkPool(1 << 20), null, addresses, Clock.systemUTC(), System::nanoTime);

  @AfterEach
  void close() {
    loop.close();
    addresses.close();
  }

  private String failure(String url) {
    return assertThrows(
            RecordingException.class,
            () -> Probe.run(url, Credentials.NONE, Duration.ofSeconds(1), equipment))
        .getMessage();
  }

  @Test
  void anInterruptedOneShowsNoPassword() throws Exception {
    try (ServerSocket silent = server()) {
      Thread.currentThread().interrupt();
      assertEquals(
          "looking into " + place(silent) + SHOWN + " was interrupted",
          failure(place(silent) + PATH));
      assertTrue(Thread.interrupted(), "whoever interrupts is heard");
    }
  }

  @Test
  void aRedirectedOneShowsNoPassword() throws Exception {
    try (ServerSocket server = server()) {
      CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> redirect(server));
      assertEquals(
          place(server) + SHOWN + " redirects to rtsp://elsewhere" + SHOWN + "; probe that address",
          failure(place(server) + PATH));
      answered.join();
    }
  }

  @Test
  void aProbeOfNoTimeAsksForTheDescriptionAlone() throws Exception {
    ScriptedServer.Script camera =
        (request, reply) -> {
          if (request.method().equals("DESCRIBE") && request.header("Authorization").isEmpty()) {
            reply.status("401 Unauthorized", "WWW-Authenticate: Basic realm=\"cam\"");
          } else {
            ScriptedServer.camera(request, reply);
          }
        };
    try (ScriptedServer server = new ScriptedServer(camera)) {
      Credentials login = new Credentials("joe", "s3cret");
      ProbeReport report = Probe.run(server.url("/live"), login, Duration.ZERO, equipment);
      assertEquals("scripted", report.server());
      assertEquals(
          List.of("H.264", "G.711 µ-law"),
          report.tracks().stream().map(ProbeReport.Track::codec).toList());
      assertEquals(
          List.of(0L, 0L), report.tracks().stream().map(ProbeReport.Track::frames).toList());
      assertEquals(List.of("OPTIONS", "DESCRIBE", "DESCRIBE"), server.methods());
    }
  }

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static String place(ServerSocket server) {
    return "rtsp://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  private static void redirect(ServerSocket server) {
    try (Socket client = server.accept();
        BufferedReader request =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      String number = "";
      for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
        number = line.startsWith("CSeq:") ? line : number;
      }
      String answer =
          "RTSP/1.0 302 Moved\r\n" + number + "\r\nLocation: rtsp://elsewhere" + PATH + "\r\n\r\n";
      client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException("the camera failed", e);
    }
  }
}
