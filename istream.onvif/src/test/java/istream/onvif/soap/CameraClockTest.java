// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import istream.onvif.http.HttpAnswer;
import istream.onvif.xml.LenientXml;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraClockTest {
  private static final String DATE = "Wed, 25 Nov 2026 04:50:00 GMT";
  private static final String BY_HTTP = "2026-11-25T04:50:00Z";

  @ParameterizedTest
  @CsvSource({
    "2026|11|25|4|50|7, 2026-11-25T04:50:07Z",
    "2026|11|25|4|61|61, 2026-11-25T05:02:01Z",
    "2026|0|25|4|50|7, 2026-01-25T04:50:07Z",
    "2025|13|32|24|0|0, 2026-02-02T00:00:00Z",
    "1970|1|1|0|0|5, 1970-01-01T00:00:05Z",
    "2485|12|31|23|59|60, 2486-01-01T00:00:00Z",
    "'2026|\n 11 |25||x|7.5', 2026-11-25T00:00:07Z",
  })
  void countsOnWhereACameraCountsTooFar(String stated, String time) throws Exception {
    String[] names = {"Year", "Month", "Day", "Hour", "Minute", "Second"};
    String[] values = stated.split("\\|", -1);
    StringBuilder xml = new StringBuilder("<a:UTCDateTime>");
    for (int i = 0; i < names.length; i++) {
      xml.append("<" + names[i] + ">" + values[i] + "</" + names[i] + ">");
    }
    assertEquals(time, read(xml + "</a:UTCDateTime>"));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-08-17-12:30:45Z, 2024-08-17T12:30:45Z",
    "2485-13-13T01:02:03, 2486-01-13T01:02:03Z",
    "2024/8/7 2:03, 2024-08-07T02:03:00Z",
  })
  void readsATimeThatIsOneText(String text, String time) throws Exception {
    assertEquals(time, read("<UTCDateTime>" + text + "</UTCDateTime>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no markup",
        "<UTCDateTime/>",
        "<UTCDateTime><Year>99999999999999</Year><Day>1</Day></UTCDateTime>",
        "<UTCDateTime><Year>0</Year><Month>0</Month><Day>0</Day></UTCDateTime>",
        "<UTCDateTime><Year>-5</Year><Day>NAN</Day></UTCDateTime>",
        "<UTCDateTime>yesterday</UTCDateTime>"
      })
  void goesByHttpWhereTheCameraStatesNoTime(String xml) throws Exception {
    assertEquals(BY_HTTP, read(xml));
  }

  @Test
  void prefersUniversalTimeToLocalTime() throws Exception {
    String local = "<LocalDateTime>1979-01-02T03:04:05</LocalDateTime>";
    assertEquals("1979-01-02T03:04:05Z", read(local));
    String both = local + "<UTCDateTime>2001-01-02T03:04:05</UTCDateTime>";
    assertEquals("2001-01-02T03:04:05Z", read(both));
  }

  private static String read(String xml) throws Exception {
    byte[] bytes = ("<r>" + xml + "</r>").getBytes(StandardCharsets.UTF_8);
    List<HttpAnswer.Header> headers =
        List.of(new HttpAnswer.Header("date", "soon"), new HttpAnswer.Header("date", DATE));
    HttpAnswer answer = new HttpAnswer("http://camera/", 200, headers, bytes);
    return CameraClock.read(LenientXml.read(bytes), answer).map(Instant::toString).orElse("");
  }
}
