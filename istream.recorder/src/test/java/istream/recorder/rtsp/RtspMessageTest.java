// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
}
