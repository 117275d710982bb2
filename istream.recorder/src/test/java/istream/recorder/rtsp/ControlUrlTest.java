// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControlUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "rtsp://h/live | trackID=1 | rtsp://h/live/trackID=1",
        "rtsp://h/live/ | trackID=1 | rtsp://h/live/trackID=1",
        "rtsp://h/live/ | /trackID=1 | rtsp://h/live/trackID=1",
        "rtsp://h/live | * | rtsp://h/live",
        "rtsp://h/live/ | '' | rtsp://h/live/",
        "rtsp://h/live | rtsp://10.0.0.9:554/x/../y/track%201 | rtsp://10.0.0.9:554/x/../y/track%201",
        "rtsp://h/cam/realmonitor?channel=1&subtype=0 | trackID=0 | rtsp://h/cam/realmonitor?channel=1&subtype=0/trackID=0",
        "rtsp://h/user=admin_password=tlJ_channel=1_stream=0.sdp?real_stream | trackID=1 | rtsp://h/user=admin_password=tlJ_channel=1_stream=0.sdp?real_stream/trackID=1",
        "rtsp://h | track1?a=b | rtsp://h/track1?a=b",
      })
  void resolves(String base, String control, String expected) {
    assertEquals(expected, ControlUrl.resolve(base, control));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rtsp://h:554/a/b | /other?x=1 | rtsp://h:554/other?x=1",
        "rtsp://h/a/b | rtsp://u:secret@other:8554/c | rtsp://other:8554/c",
        "rtsp://h | c | rtsp://h/c",
      })
  void redirects(String from, String location, String expected) {
    assertEquals(expected, ControlUrl.redirect(from, location));
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://h/user=admin_password=s3cret_channel=1_stream=0.sdp?real_stream",
    "rtsp://h/user=admin&password=s3cret&channel=1&stream=0.sdp?",
    "rtsp://h/live?user=a&pwd=s3cret",
    "rtsp://admin:s3cret@h/live",
    "rtsp://h/live?PASSWORD=s3cret",
  })
  void neverShowsPasswords(String url) {
    String shown = ControlUrl.shown(url);
    assertFalse(shown.contains("s3cret"), shown);
    assertTrue(shown.startsWith("rtsp://h/"), shown);
    RtspTarget target =
        new RtspTarget(
            url,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            new Credentials("u", "s3cret"),
            true);
    assertFalse(target.toString().contains("s3cret"), target.toString());
  }
}
