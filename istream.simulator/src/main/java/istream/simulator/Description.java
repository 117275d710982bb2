// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The description of a camera's stream: SDP (RFC 4566, RFC 6184, RFC 7798, RFC 3640). */
final class Description {
  /** Last part of the address of a track. */
  static final String TRACK = "trackID=";

  private Description() {}

  static String of(SimulatedCamera camera) {
    Clip clip = camera.stream().clip();
    String parameters = camera.has(Fault.BARE_DESCRIPTION) ? "" : parameters(clip);
    String packetization = clip.codec() == Codec.H264 ? "packetization-mode=1" : "";
    String format =
        List.of(packetization, parameters).stream()
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(";"));
    String video =
        """
        v=0
        o=- 1 1 IN IP4 127.0.0.1
        s=simulated camera %s
        c=IN IP4 0.0.0.0
        t=0 0
        a=control:*
        a=range:npt=now-
        m=video 0 RTP/AVP 96
        a=rtpmap:96 %s/90000
        a=framerate:%d
        %sa=control:trackID=0
        """
            .formatted(
                camera.name(),
                clip.codec().encoding(),
                Clip.RATE,
                format.isEmpty() ? "" : "a=fmtp:96 " + format + "\n");
    String audio =
        """
        m=audio 0 RTP/AVP 97
        a=rtpmap:97 MPEG4-GENERIC/%d/1
        a=fmtp:97 streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;\
        indexlength=3;indexdeltalength=3;config=%s
        a=control:trackID=1
        """
            .formatted(Tone.RATE, Tone.config());
    return (camera.sound() ? video + audio : video).replace("\n", "\r\n");
  }

  private static String parameters(Clip clip) {
    List<byte[]> sets = clip.parameterSets();
    Base64.Encoder base64 = Base64.getEncoder();
    if (clip.codec() == Codec.H264) {
      return "profile-level-id="
          + HexFormat.of().formatHex(sets.get(0), 1, 4)
          + ";sprop-parameter-sets="
          + sets.stream().map(base64::encodeToString).collect(Collectors.joining(","));
    }
    List<String> names = List.of("sprop-vps", "sprop-sps", "sprop-pps");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : ";").append(names.get(i)).append('=');
      text.append(base64.encodeToString(sets.get(i)));
    }
    return text.toString();
  }
}
