// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static istream.recorder.rtsp.ScriptedServer.camera;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // line ends matter here
final class RtspSessionTest {
  @Test
  void playsFirstVideoAndFirstAudio() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::camera)) {
      Viewer viewer = Viewer.of(server).untilPacket();
      assertEquals(List.of("0 first packet"), viewer.packets);
      assertEquals("scripted", viewer.server);
      assertTrue(viewer.session.playing());
      assertEquals(1, viewer.plays);
      assertEquals(List.of("OPTIONS", "DESCRIBE", "SETUP", "SETUP", "PLAY"), server.methods());
      assertEquals(server.url("/live/trackID=1"), server.last("SETUP").url());
      assertEquals("12345", server.last("PLAY").header("Session"));
    }
  }

  @Test
  void leavesAudioOutWhenToldTo() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::camera)) {
      Viewer viewer = new Viewer(server.url("/x"), server.address(), Credentials.NONE, false);
      viewer.untilPacket();
      assertEquals(List.of("OPTIONS", "DESCRIBE", "SETUP", "PLAY"), server.methods());
    }
  }

  @Test
  void goesOnWithoutAudioThatTheServerRefuses() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              if (request.url().endsWith("trackID=1")) {
                reply.status("500 No");
              } else {
                camera(request, reply);
              }
            })) {
      Viewer viewer = Viewer.of(server).untilPacket();
      assertEquals(List.of("0 first packet"), viewer.packets);
      assertEquals(List.of("1 audio PCMU is refused by the camera: 500 No"), viewer.refusals);
    }
  }

  @Test
  void takesTheChannelsTheServerChooses() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              switch (request.method()) {
                case "SETUP" -> {
                  boolean video = request.url().endsWith("trackID=0");
                  reply.ok(
                      "Session: 1",
                      "Transport: RTP/AVP/TCP;interleaved=" + (video ? "200-201" : "9"));
                }
                case "PLAY" -> {
                  reply.ok();
                  reply.packet(0, "stray one");
                  reply.packet(10, "audio rtcp");
                  reply.packet(201, "video rtcp");
                  reply.packet(9, "audio");
                  reply.packet(200, "video");
                }
                default -> camera(request, reply);
              }
            })) {
      Viewer viewer = Viewer.of(server);
      viewer.until("packets", () -> viewer.packets.size() == 4);
      assertEquals(List.of("1c audio rtcp", "0c video rtcp", "1 audio", "0 video"), viewer.packets);
      assertEquals(1, viewer.session.strayPackets());
    }
  }

  @Test
  void keepsTracksApartThatTheServerPutsOnTheSameChannels() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              if (request.method().equals("SETUP")) {
                reply.ok("Session: 1", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
              } else {
                camera(request, reply);
              }
              if (request.method().equals("PLAY")) {
                reply.packet(2, "audio packet");
              }
            })) {
      Viewer viewer = Viewer.of(server);
      viewer.until("both tracks", () -> viewer.packets.size() == 2);
      assertEquals(List.of("0 first packet", "1 audio packet"), viewer.packets);
    }
  }

  @Test
  void sendsAddressesAsTheyStand() throws Exception {
    String path = "/user=admin_password=tl%4AJ_channel=1_stream=0.sdp?real_stream/../x";
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::camera)) {
      new Viewer(server.url(path), server.address(), Credentials.NONE, false).untilPacket();
      assertEquals(server.url(path), server.last("DESCRIBE").url());
      assertEquals(server.url(path + "/trackID=0"), server.last("SETUP").url());
      assertEquals(server.url(path), server.last("PLAY").url());
    }
  }

  @Test
  void deliversPacketsBeforeTheAnswerToPlay() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              if (request.method().equals("PLAY")) {
                reply.packet(0, "early");
              } else {
                camera(request, reply);
              }
            })) {
      Viewer viewer = Viewer.of(server).untilPacket();
      assertTrue(viewer.session.playing());
      assertEquals(0, viewer.plays);
      viewer.skip(11, TimeUnit.SECONDS).tick();
      assertEquals(1, viewer.plays);
    }
  }

  @Test
  void usesTheLatestSessionAndPassesOverRtpInfo() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              switch (request.method()) {
                case "SETUP" -> reply.ok("Session: of " + request.url());
                case "PLAY" -> {
                  reply.ok("RTP-Info: url=a,url=b,url=c,url=d;seq=5;rtptime=6,url=;seq=x");
                  reply.packet(2, "default channels");
                }
                default -> camera(request, reply);
              }
            })) {
      Viewer viewer = Viewer.of(server).untilPacket();
      viewer.until("it plays", () -> viewer.plays == 1);
      viewer.session.close();
      viewer.until("goodbye", () -> server.methods().contains("TEARDOWN"));
      String latest = "of " + server.url("/live/trackID=1");
      assertEquals(latest, server.last("TEARDOWN").header("Session"));
      assertEquals(List.of("1 default channels"), viewer.packets);
    }
  }

  @Test
  void understandsSloppyServers() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              switch (request.method()) {
                case "OPTIONS" -> reply.raw("\r\nRTSP/1.0 404 no options here\n\n");
                case "DESCRIBE" -> {
                  reply.raw("rtsp/1.0 200 OK\ncseq: 99\nContent-Base:  rtsp://other/");
                  reply.raw("base \nContent-Length: 57\n\nm=video 0 RTP/AVP 96\na=control:");
                  reply.raw("t1\na=rtpmap:96 H265/90000\n");
                  reply.raw("   ");
                }
                case "SETUP" -> reply.raw("RTSP/1.0 200 OK\r\nSession : 5 ; timeout = 4\r\n\r\n");
                default -> camera(request, reply);
              }
            })) {
      Viewer viewer = Viewer.of(server).untilPacket();
      assertEquals("H265", viewer.media.get(0).encoding());
      assertEquals("rtsp://other/base/t1", server.last("SETUP").url());
      assertEquals("5", server.last("PLAY").header("Session"));
    }
  }

  @Test
  void answersRequestsOfTheServer() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              camera(request, reply);
              if (request.method().equals("PLAY")) {
                reply.raw("OPTIONS * RTSP/1.0\r\nCSeq: 71\r\n\r\n");
                reply.raw("RECORD * RTSP/1.0\r\nCSeq: 72\r\n\r\n");
                reply.packet(0, "last packet");
              }
            })) {
      Viewer viewer = Viewer.of(server);
      viewer.until("answers", () -> server.methods().size() == 7);
      assertTrue(server.requests().get(5).text().startsWith("RTSP/1.0 200 OK\r\nCSeq: 71\r\n"));
      assertTrue(server.requests().get(6).text().startsWith("RTSP/1.0 501 "));
    }
  }

  @Test
  void showsSignsOfLifeAsAdvertised() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              camera(request, reply);
              if (request.method().equals("GET_PARAMETER")) {
                reply.packet(0, "still here");
              }
            })) {
      Viewer viewer = Viewer.of(server).untilPacket();
      viewer.skip(5, TimeUnit.SECONDS).tick();
      assertFalse(server.methods().contains("GET_PARAMETER"));
      for (int i = 0; i < 3; i++) {
        int known = viewer.packets.size();
        keepFlowing(viewer, server, 30);
        viewer.until("a sign of life", () -> viewer.packets.size() > known);
      }
      assertEquals("12345", server.last("GET_PARAMETER").header("Session"));
      assertEquals(List.of(), viewer.failures);
    }
  }

  /** Lets time pass in steps that the watch for silence does not mind. */
  private static void keepFlowing(Viewer viewer, ScriptedServer server, int seconds)
      throws IOException {
    for (int i = 0; i < seconds; i += 5) {
      int known = viewer.packets.size();
      server.packet(0, "flowing");
      viewer.until("packets flow", () -> viewer.packets.size() > known);
      viewer.skip(5, TimeUnit.SECONDS).tick();
    }
  }

  @Test
  void triesAnotherSignOfLifeWhenOneIsUnknownAndNeedsNoAnswer() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              switch (request.method()) {
                case "SETUP" -> reply.ok("Session: 1;timeout=10");
                case "GET_PARAMETER" -> {
                  reply.status("501 Not Implemented");
                  reply.packet(0, "behind the answer");
                }
                case "OPTIONS" -> {
                  if (!request.text().contains("Session")) {
                    camera(request, reply);
                  }
                }
                default -> camera(request, reply);
              }
            })) {
      Viewer viewer = Viewer.of(server).untilPacket();
      keepFlowing(viewer, server, 5);
      viewer.until("the answer", () -> viewer.packets.contains("0 behind the answer"));
      keepFlowing(viewer, server, 60);
      viewer.until("a sign of life", () -> server.last("OPTIONS").text().contains("Session: 1"));
      assertEquals(List.of(), viewer.failures);
      assertEquals(1, server.methods().stream().filter("GET_PARAMETER"::equals).count());
    }
  }

  @Test
  void logsInForTheNextSignOfLifeWhenOneIsRefusedAgainAndAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              if (!request.method().equals("GET_PARAMETER")) {
                camera(request, reply);
              } else if (asked.incrementAndGet() > 3 && request.text().contains("\"right\"")) {
                reply.ok();
                reply.packet(0, "alive");
              } else {
                String nonce = asked.get() > 3 ? "right" : "wrong" + asked;
                reply.status("401 No", "WWW-Authenticate: Digest realm=x, nonce=\"" + nonce + '"');
              }
            })) {
      Viewer viewer = Viewer.of(server, "joe", "s3cret").untilPacket();
      keepFlowing(viewer, server, 35);
      viewer.until("it is refused", () -> asked.get() == 3);
      keepFlowing(viewer, server, 35);
      viewer.until("it logs in", () -> viewer.packets.contains("0 alive"));
      assertEquals(5, asked.get());
      assertEquals(List.of(), viewer.failures);
    }
  }

  @Test
  void saysGoodbyeOnce() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::camera)) {
      Viewer viewer = Viewer.of(server).untilPacket();
      viewer.session.close();
      viewer.session.close();
      viewer.until("goodbye", () -> server.methods().contains("TEARDOWN"));
      assertTrue(viewer.session.ended());
      assertEquals(List.of(), viewer.failures);
      assertEquals(1, server.methods().stream().filter("TEARDOWN"::equals).count());
      new RtspSession(
              new RtspTarget(server.url("/"), server.address(), Credentials.NONE, true),
              viewer,
              ByteBuffer.allocate(RtspSession.LEAST_BUFFER_BYTES))
          .close();
    }
  }

  @Test
  void sendsReceiverReports() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::camera)) {
      Viewer viewer = Viewer.of(server).untilPacket();
      viewer.session.sendRtcp(1, ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) 201, 0, 1}));
      viewer.until(
          "a report",
          () -> {
            return server.reports().contains("3:4");
          });
    }
  }

  @Test
  void survivesAFloodWithinItsBounds() throws Exception {
    byte[] big = ScriptedServer.frame(0, "z".repeat(60_000));
    try (ScriptedServer server =
        new ScriptedServer(
            (request, reply) -> {
              camera(request, reply);
              for (int i = 0; i < 200 && request.method().equals("PLAY"); i++) {
                reply.raw(big);
              }
            })) {
      Viewer viewer = Viewer.of(server);
      viewer.keepText = false;
      viewer.until("all packets", () -> viewer.packets.size() == 201);
      assertEquals(200 * 60_001L + 13, viewer.bytes);
      assertEquals(0, viewer.session.garbageBytes());
    }
  }
}
