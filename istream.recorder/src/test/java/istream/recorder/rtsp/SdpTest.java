// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.recorder.media.MediaDescription;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // line ends matter here
final class SdpTest {
  private static final String BASE = "rtsp://h/live/";

  private static Sdp sdp(String text) {
    return Sdp.parse(text, BASE);
  }

  private static MediaDescription medium(String text) {
    return sdp(text).media().get(0);
  }

  @Test
  void readsWhatAnOrdinaryCameraSays() {
    Sdp sdp =
        sdp(
            """
            v=0
            o=- 1109162014219182 1109162014219192 IN IP4 192.0.2.7
            s=Media Presentation
            b=AS:5100
            t=0 0
            a=control:rtsp://h/live/
            m=video 0 RTP/AVP 96
            c=IN IP4 0.0.0.0
            b=AS:5000
            a=recvonly
            a=x-dimensions:1920,1080
            a=control:rtsp://h/live/trackID=1
            a=rtpmap:96 H264/90000
            a=fmtp:96 profile-level-id=420029; packetization-mode=1; sprop-parameter-sets=Z00AKZpkA8ARPy4C3AQEBQAAAwPoAADDUOhgBGMAAEZQu8uNDACMYAAIyhd5cKA=,aO48gA==
            m=audio 0 RTP/AVP 104
            a=recvonly
            a=control:rtsp://h/live/trackID=2
            a=rtpmap:104 mpeg4-generic/16000/2
            a=fmtp:104 profile-level-id=15; streamtype=5; mode=AAC-hbr; config=1410;SizeLength=13; IndexLength=3; IndexDeltaLength=3;
            m=application 0 RTP/AVP 107
            a=control:rtsp://h/live/trackID=3
            a=rtpmap:107 vnd.onvif.metadata/90000
            """);
    assertEquals("rtsp://h/live/", sdp.aggregate());
    assertEquals(List.of("video", "audio", "application"), kinds(sdp));
    MediaDescription video = sdp.media().get(0);
    assertEquals("H264", video.encoding());
    assertEquals(90_000, video.clockRate());
    assertEquals("1", video.fmtp().get("packetization-mode"));
    assertTrue(video.fmtp().get("sprop-parameter-sets").endsWith("cKA=,aO48gA=="));
    MediaDescription audio = sdp.media().get(1);
    assertEquals("MPEG4-GENERIC", audio.encoding());
    assertEquals(16_000, audio.clockRate());
    assertEquals(2, audio.channels());
    assertEquals("1410", audio.fmtp().get("config"));
    assertEquals("13", audio.fmtp().get("sizelength"));
    assertEquals("rtsp://h/live/trackID=2", audio.control());
  }

  private static List<String> kinds(Sdp sdp) {
    return sdp.media().stream().map(MediaDescription::kind).toList();
  }

  @Test
  void knowsStaticPayloadTypes() {
    String text =
        "m=audio 0 RTP/AVP 0\rm=audio 0 RTP/AVP 8\nm=audio 0 RTP/AVP 14\r\nm=video 0 RTP/AVP 26\n"
            + "m=audio 0 RTP/AVP 10\n";
    List<MediaDescription> media = sdp(text).media();
    assertEquals(
        List.of("PCMU", "PCMA", "MPA", "JPEG", "L16"),
        media.stream().map(MediaDescription::encoding).toList());
    assertEquals(
        List.of(8000, 8000, 90_000, 90_000, 44_100),
        media.stream().map(MediaDescription::clockRate).toList());
    assertEquals(2, media.get(4).channels());
  }

  @Test
  void takesAMediumWithoutMapWithADefaultClock() {
    MediaDescription video = medium("m=video 0 RTP/AVP 96\n");
    assertEquals("", video.encoding());
    assertEquals(90_000, video.clockRate());
    assertEquals("rtsp://h/live/", video.control());
  }

  @Test
  void takesAMapOfAnotherPayloadTypeIfItIsTheOnlyOne() {
    MediaDescription video =
        medium("m=video 0 RTP/AVP 96\na=rtpmap:97 h265/90000\na=fmtp:97 sprop-vps=QAE=\n");
    assertEquals("H265", video.encoding());
    assertEquals("QAE=", video.fmtp().get("sprop-vps"));
    assertEquals(96, video.payloadType());
  }

  @Test
  void readsOddParameters() {
    Map<String, String> fmtp =
        medium(
                "m=video 0 RTP/AVP 96 97\na=rtpmap:96 H264/90000\n"
                    + "A=FMTP:96   Packetization-Mode = 1 ;;SPROP-PARAMETER-SETS=Z0I=,aM4= ;flag;\n"
                    + "a=fmtp:96 profile-level-id=42001f\n")
            .fmtp();
    assertEquals(
        Map.of(
            "packetization-mode", "1",
            "sprop-parameter-sets", "Z0I=,aM4=",
            "flag", "",
            "profile-level-id", "42001f"),
        fmtp);
  }

  @Test
  void tellsTheWayBackFromAudio() {
    Sdp sdp =
        sdp(
            "m=video 0 RTP/AVP 96\na=recvonly\nm=audio 0 RTP/AVP 0\na=sendonly\n"
                + "m=audio 0 RTP/AVP 8\na=recvonly\n");
    assertEquals(List.of("video", RtspListener.BACKCHANNEL, "audio"), kinds(sdp));
  }

  @Test
  void believesServersThatCallWhatTheySendSendonly() {
    Sdp sdp = sdp("m=video 0 RTP/AVP 96\na=sendonly\nm=audio 0 RTP/AVP 0\na=sendonly\n");
    assertEquals(List.of("video", "audio"), kinds(sdp));
  }

  @Test
  void resolvesAgainstAnAbsoluteControlOfTheSession() {
    Sdp sdp = sdp("a=control:rtsp://10.1.1.1/x\nm=video 0 RTP/AVP 96\na=control:t1\n");
    assertEquals("rtsp://10.1.1.1/x", sdp.aggregate());
    assertEquals("rtsp://10.1.1.1/x/t1", sdp.media().get(0).control());
    sdp = sdp("a=control:*\nm=video 0 RTP/AVP 96\na=control:t1\n");
    assertEquals(BASE, sdp.aggregate());
    assertEquals("rtsp://h/live/t1", sdp.media().get(0).control());
  }

  @Test
  void boundsTheNumberOfMedia() {
    assertEquals(Sdp.MOST_MEDIA, sdp("m=video 0 RTP/AVP 96\n".repeat(1000)).media().size());
  }

  @Test
  void neverFailsOnNonsense() {
    Random random = new Random(7);
    String alphabet = "m=a:video 0RTP/AVP96\r\n;=,fmtprmapcontrol*/\t\0é";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "m=video 0 RTP/AVP 96\n" : "");
      for (int j = random.nextInt(60); j > 0; j--) {
        int kind = random.nextInt(12);
        text.append(
            kind == 0 ? "\na=rtpmap:" : kind == 1 ? "\na=fmtp:96 " : kind == 2 ? "\nm=" : "");
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      for (MediaDescription medium : sdp(text.toString()).media()) {
        assertTrue(medium.clockRate() >= 1 && medium.channels() >= 1, text.toString());
        assertTrue(medium.payloadType() >= 0 && medium.payloadType() < 128, text.toString());
      }
    }
  }
}
