// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers the requests of one connection: RTSP 1.0 (RFC 2326), interleaved over TCP only. */
final class Dialog {
  private static final Pattern INTERLEAVED = Pattern.compile("interleaved=(\\d{1,3})-(\\d{1,3})");
  private static final int ENDLESS_CHUNK = 64 * 1024;

  private final Map<String, SimulatedCamera> cameras;
  private final SimulatorSettings settings;
  private final RandomGenerator random;
  private final String nonce;
  private final String session;
  private final int[] channels = {-1, -1, -1, -1};
  private Viewer viewer;
  private boolean endless;

  Dialog(Map<String, SimulatedCamera> cameras, SimulatorSettings settings, RandomGenerator random) {
    this.cameras = cameras;
    this.settings = settings;
    this.random = random;
    this.nonce = Long.toHexString(random.nextLong());
    this.session = newSession();
  }

  private String newSession() {
    return String.format(Locale.ROOT, "%016x", random.nextLong());
  }

  /** Answers a request. */
  void handle(RtspRequest request, Connection connection, long now) {
    String[] path = request.path().split("/", 3);
    SimulatedCamera camera = path.length < 2 ? null : cameras.get(path[1]);
    if (request.method().equals("OPTIONS")) {
      String methods = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN";
      if (viewer == null || camera == null || !camera.has(Fault.STALL)) {
        connection.send(answer("200 OK", request, "Public: " + methods));
      }
    } else if (camera == null) {
      connection.send(answer("404 Not Found", request, ""));
    } else if (viewer != null && camera.has(Fault.STALL)) {
      return;
    } else if (refused(camera, request)) {
      StringBuilder challenges = new StringBuilder();
      for (String challenge : settings.login().challenges(nonce)) {
        challenges.append(challenges.isEmpty() ? "" : "\r\n");
        challenges.append("WWW-Authenticate: ").append(challenge);
      }
      connection.send(answer("401 Unauthorized", request, challenges.toString()));
    } else {
      serve(camera, request, connection, now);
    }
  }

  private boolean refused(SimulatedCamera camera, RtspRequest request) {
    return camera.has(Fault.REFUSED_LOGIN)
        || !settings.login().accepts(request.method(), request.header("authorization"), nonce);
  }

  private void serve(SimulatedCamera camera, RtspRequest request, Connection connection, long now) {
    switch (request.method()) {
      case "DESCRIBE" -> describe(camera, request, connection);
      case "SETUP" -> connection.send(setUp(camera, request));
      case "PLAY" -> play(camera, request, connection, now);
      case "GET_PARAMETER", "SET_PARAMETER" ->
          connection.send(answer("200 OK", request, sessionHeader(camera)));
      case "TEARDOWN" -> {
        connection.send(answer("200 OK", request, ""));
        connection.close();
      }
      default -> connection.send(answer("501 Not Implemented", request, ""));
    }
  }

  private void describe(SimulatedCamera camera, RtspRequest request, Connection connection) {
    String description = Description.of(camera);
    endless = camera.has(Fault.ENDLESS_DESCRIPTION);
    String headers =
        "Content-Base: %s/\r\nContent-Type: application/sdp\r\nContent-Length: %d"
            .formatted(camera.url(), endless ? Integer.MAX_VALUE : description.length());
    connection.send(answer("200 OK", request, headers) + description);
  }

  private String setUp(SimulatedCamera camera, RtspRequest request) {
    int track = request.path().endsWith(Description.TRACK + "1") ? 1 : 0;
    Matcher matcher = INTERLEAVED.matcher(request.header("transport"));
    boolean tcp = request.header("transport").contains("RTP/AVP/TCP");
    if (!tcp || (track == 1 && !camera.sound()) || viewer != null) {
      String status = viewer != null ? "455 Method Not Valid in This State" : "404 Not Found";
      return answer(tcp ? status : "461 Unsupported Transport", request, "");
    }
    boolean named = matcher.find();
    channels[2 * track] = named ? Integer.parseInt(matcher.group(1)) & 0xff : 2 * track;
    channels[2 * track + 1] = named ? Integer.parseInt(matcher.group(2)) & 0xff : 2 * track + 1;
    RtpTrack rtp = track == 0 ? camera.stream().video() : camera.stream().audio();
    String transport =
        String.format(
            Locale.ROOT,
            "Transport: RTP/AVP/TCP;unicast;interleaved=%d-%d;ssrc=%08X\r\n",
            channels[2 * track],
            channels[2 * track + 1],
            rtp.ssrc());
    return answer("200 OK", request, transport + sessionHeader(camera));
  }

  private String sessionHeader(SimulatedCamera camera) {
    String id = camera.has(Fault.CHANGING_SESSION) ? newSession() : session;
    return "Session: " + id + ";timeout=" + settings.delivery().sessionSeconds();
  }

  private void play(SimulatedCamera camera, RtspRequest request, Connection connection, long now) {
    if (viewer != null || Arrays.stream(channels).allMatch(channel -> channel < 0)) {
      connection.send(answer("455 Method Not Valid in This State", request, ""));
      return;
    }
    viewer = new Viewer(camera, connection, channels, settings.delivery().backlog());
    viewer.play(
        now,
        first -> {
          String headers = sessionHeader(camera) + "\r\nRange: npt=now-" + rtpInfo(camera, first);
          connection.send(answer("200 OK", request, headers));
        });
  }

  private String rtpInfo(SimulatedCamera camera, Optional<LiveStream.Frame> first) {
    if (first.isEmpty()) {
      return "";
    }
    String audio = track(camera, 1, first.get().audio());
    String video = track(camera, 0, first.get().video());
    boolean both = channels[Batch.VIDEO] >= 0 && channels[Batch.AUDIO] >= 0;
    return "\r\nRTP-Info: "
        + (both ? video + "," + audio : channels[Batch.VIDEO] >= 0 ? video : audio);
  }

  private static String track(SimulatedCamera camera, int track, LiveStream.Position at) {
    return "url=%s/%s%d;seq=%d;rtptime=%d"
        .formatted(camera.url(), Description.TRACK, track, at.sequence(), at.time());
  }

  private static String answer(String status, RtspRequest request, String headers) {
    return "RTSP/1.0 "
        + status
        + "\r\nCSeq: "
        + request.header("cseq")
        + "\r\nServer: istream simulator\r\n"
        + (headers.isEmpty() ? "" : headers + "\r\n")
        + "\r\n";
  }

  /** Goes on with an answer without an end. */
  void goOn(Connection connection) {
    if (endless && connection.open() && connection.backlog() < ENDLESS_CHUNK) {
      connection.send("a=x-more:1\r\n".repeat(ENDLESS_CHUNK / 12));
    }
  }

  /** The connection has ended. */
  void end() {
    if (viewer != null) {
      viewer.stop();
      viewer = null;
    }
    endless = false;
  }
}
