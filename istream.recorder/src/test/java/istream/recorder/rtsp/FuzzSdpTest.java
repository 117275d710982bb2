// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.fuzz.Fuzzing;
import istream.recorder.media.MediaDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Session descriptions of servers that are broken or mean harm. */
@SuppressWarnings("StringConcatToTextBlock") // line ends matter here
final class FuzzSdpTest {
  private static final List<String> GOOD =
      List.of(
          """
          v=0
          o=- 1109162014219182 1109162014219192 IN IP4 192.0.2.7
          s=Media Presentation
          t=0 0
          a=control:rtsp://h/live/
          m=video 0 RTP/AVP 96
          c=IN IP4 0.0.0.0
          a=control:rtsp://h/live/trackID=1
          a=rtpmap:96 H264/90000
          a=fmtp:96 profile-level-id=420029; packetization-mode=1; sprop-parameter-sets=Z0I=,aM4=
          m=audio 0 RTP/AVP 104
          a=control:trackID=2
          a=rtpmap:104 mpeg4-generic/16000/2
          a=fmtp:104 mode=AAC-hbr; config=1410;SizeLength=13; IndexLength=3
          a=sendonly
          """,
          "m=video 0 RTP/AVP 97\r\na=rtpmap:97 H265/90000\r\na=fmtp:97 sprop-vps=QAE=\r\n"
              + "m=audio 0 RTP/AVP 0\r\na=control:*\r\na=recvonly\r\n",
          "m=application 0 RTP/AVP 107\na=rtpmap:107 vnd.onvif.metadata/90000\n");
  private static final List<String> WORDS =
      List.of(
          "\nm=", "\na=", "\na=fmtp:96 ", "\na=rtpmap:96 ", "\na=control:", "://", ";", "/", "\r");

  @Test
  void readsWhateverComes() {
    Fuzzing.tryOut(
        GOOD,
        WORDS,
        damaged -> {
          Sdp sdp = Sdp.parse(new String(damaged, StandardCharsets.ISO_8859_1), "rtsp://h/live");
          assertTrue(sdp.media().size() <= Sdp.MOST_MEDIA, "the number of media");
          for (MediaDescription medium : sdp.media()) {
            assertTrue(medium.clockRate() > 0 && medium.channels() > 0, medium::toString);
            assertTrue(medium.payloadType() >= 0 && medium.payloadType() < 128, medium::toString);
          }
        });
  }
}
