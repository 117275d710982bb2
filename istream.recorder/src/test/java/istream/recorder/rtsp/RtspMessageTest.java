// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // line ends matter here
final class RtspMessageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "RTSP/1.0 404 Not Found\r\nCSeq: 3\r\n",
        "rtsp/1.0 404 Not Found\nCSEQ:3\n",
        "RTSP/2.0  404  Not Found \r\ncseq : 3\r\n",
        "RTSP / 1.0 404 Not Found\r\ncseq :3\r\nCSeq: 3\r\nno colon here\r\n: no name\r\n",
      })
  void readsWhatCamerasCallAnAnswer(String text) throws SessionEnd {
    RtspMessage message = RtspMessage.head(text);
    assertEquals(404, message.status());
    assertEquals("Not Found", message.reason());
    assertEquals("3", message.first("cseq"));
  }

  @Test
  void joinsFoldedLinesAndKeepsDuplicates() throws SessionEnd {
    RtspMessage message =
        RtspMessage.head(
            "RTSP/1.0 200\r\nPublic: OPTIONS,\r\n\tPLAY\r\nWWW-Authenticate: a\r\n"
                + "WWW-Authenticate: b\r\nSession:\r\nSession: 7\r\nContent-Length: x\r\n");
    assertEquals("OPTIONS, PLAY", message.first("public"));
    assertEquals(List.of("a", "b"), message.all("www-authenticate"));
    assertEquals("7", message.first("session"));
    assertEquals(-1, message.contentLength());
    assertEquals("", message.reason());
  }

  @Test
  void refusesWhatIsNoStatusLine() {
    assertThrows(SessionEnd.class, () -> RtspMessage.head("RTSP/1.0 OK\r\n"));
    assertThrows(SessionEnd.class, () -> RtspMessage.head("RTSP/1.0 20 OK\r\n"));
    assertThrows(SessionEnd.class, () -> RtspMessage.head("nonsense"));
  }

  @Test
  void readsRtpInfo() {
    Map<Integer, String> controls = new java.util.LinkedHashMap<>();
    controls.put(0, "rtsp://h/live/trackID=1");
    controls.put(2, "rtsp://h/live/trackID=2");
    assertEquals(
        List.of(new RtpInfo(2, 7, 4294967295L), new RtpInfo(0, 65535, 0)),
        RtpInfo.parse(
            "url=rtsp://h/live/trackID=2;seq=7;rtptime=4294967295,"
                + " url=trackID=1;rtptime=0;seq=65535",
            controls));
    assertEquals(
        List.of(new RtpInfo(0, 1, -1), new RtpInfo(2, -1, 5)),
        RtpInfo.parse("url=rtsp://10.0.0.1/a,b/x;seq=1,url=;rtptime=5", controls));
    assertEquals(List.of(), RtpInfo.parse("", controls));
    assertEquals(List.of(), RtpInfo.parse("url=x;seq=99999;rtptime=99999999999", controls));
  }
}
