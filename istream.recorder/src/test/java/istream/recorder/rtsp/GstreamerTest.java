// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.recorder.Peers;
import istream.recorder.media.MediaDescription;
import istream.recorder.media.StreamFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that others wrote: gst-rtsp-server, open and with Digest. */
final class GstreamerTest {
  private static final String SERVER =
      """
      import gi, sys
      gi.require_version('Gst', '1.0')
      gi.require_version('GstRtspServer', '1.0')
      from gi.repository import Gst, GstRtspServer, GLib
      Gst.init(None)
      def serve(login):
          server = GstRtspServer.RTSPServer()
          server.set_address('127.0.0.1')
          server.set_service('0')
          factory = GstRtspServer.RTSPMediaFactory()
          factory.set_launch('( videotestsrc is-live=1 ! video/x-raw,width=160,height=120,'
              'framerate=25/1 ! x264enc tune=zerolatency key-int-max=25 ! '
              'rtph264pay name=pay0 pt=96 config-interval=1 audiotestsrc is-live=1 ! '
              'audio/x-raw,rate=8000,channels=1 ! mulawenc ! rtppcmupay name=pay1 )')
          factory.set_shared(True)
          if login:
              auth = GstRtspServer.RTSPAuth()
              auth.set_supported_methods(2)
              token = GstRtspServer.RTSPToken()
              token.set_string('media.factory.role', 'user')
              auth.add_digest('joe', 's3cret', token)
              server.set_auth(auth)
              permissions = GstRtspServer.RTSPPermissions()
              permissions.add_permission_for_role('user', 'media.factory.access', True)
              permissions.add_permission_for_role('user', 'media.factory.construct', True)
              factory.set_permissions(permissions)
          server.get_mount_points().add_factory('/live', factory)
          server.attach(None)
          return server
      servers = [serve(False), serve(True)]
      print('ports', servers[0].get_bound_port(), servers[1].get_bound_port(), flush=True)
      loop = GLib.MainLoop()
      GLib.io_add_watch(0, GLib.IO_HUP, lambda *_: loop.quit())
      loop.run()
      """;

  @TempDir static Path directory;
  private static Process process;
  private static int open;
  private static int locked;

  @BeforeAll
  static void start() throws IOException {
    Path python = Path.of("/usr/bin/python3");
    Peers.require(Files.isExecutable(python), python + " is missing (Debian package python3)");
    Path script = Files.writeString(directory.resolve("server.py"), SERVER);
    process =
        new ProcessBuilder(python.toString(), script.toString())
            .redirectError(directory.resolve("server.log").toFile())
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    Peers.require(
        line != null && line.startsWith("ports "),
        "GStreamer's RTSP server is missing (Debian packages python3-gi"
            + " gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-ugly): "
            + line);
    List<String> words = List.of(line.split(" ", -1));
    open = Integer.parseInt(words.get(1));
    locked = Integer.parseInt(words.get(2));
  }

  @AfterAll
  static void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private static Viewer viewer(int port, String path, Credentials credentials) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Viewer viewer = new Viewer("rtsp://127.0.0.1:" + port + path, address, credentials, true);
    viewer.keepText = false;
    return viewer;
  }

  private static void watch(Viewer viewer) {
    viewer.until("packets", () -> viewer.packets.size() >= 60);
    assertEquals(
        List.of("H264", "PCMU"), viewer.media.stream().map(MediaDescription::encoding).toList());
    assertEquals(List.of(), viewer.failures);
    assertEquals(1, viewer.plays);
    assertEquals(0, viewer.session.garbageBytes());
    assertEquals(0, viewer.session.strayPackets());
    viewer.session.close();
  }

  @Test
  void plays() {
    watch(viewer(open, "/live", Credentials.NONE));
  }

  @Test
  void logsIn() {
    watch(viewer(locked, "/live", new Credentials("joe", "s3cret")));
  }

  @Test
  void isRefusedWithAWrongPassword() {
    StreamFailure failure = viewer(locked, "/live", new Credentials("joe", "wrong")).untilEnd();
    assertEquals(StreamFailure.Kind.REFUSED, failure.kind());
    assertTrue(failure.message().contains("joe"), failure.message());
  }

  @Test
  void findsNoStreamOfAnotherName() {
    StreamFailure failure = viewer(open, "/nowhere", Credentials.NONE).untilEnd();
    assertEquals(StreamFailure.Kind.NOT_FOUND, failure.kind());
  }
}
