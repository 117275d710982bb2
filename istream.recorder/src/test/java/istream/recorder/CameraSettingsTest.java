// SPDX-License-Identifier: Apache-2.0
package istream.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.configuration.ConfigProblem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraSettingsTest {
  private static CameraSettings settings(String... pairs) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "istream.camera~front");
    properties.put("service.factoryPid", "istream.camera");
    properties.put("felix.fileinstall.filename", "file:/etc/istream.camera-front.cfg");
    properties.put("osgi.ds.satisfying.condition.target", "(osgi.condition.id=true)");
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return CameraSettings.of(properties);
  }

  private static List<String> messages(CameraSettings settings) {
    return settings.problems().stream().map(ConfigProblem::message).toList();
  }

  @Test
  void anAddressIsEnough() {
    CameraSettings settings = settings("rtsp.url", "rtsp://10.0.0.1/s");
    assertEquals(List.of(), messages(settings));
    assertEquals("front", settings.camera().id());
    assertEquals(Duration.ofSeconds(60), settings.segment());
    assertTrue(settings.audio());
    assertTrue(settings.enabled());
  }

  @Test
  void aBadValueIsNamedWithFileKeyValueAndWhatIsAllowed() {
    assertEquals(
        List.of(
            "istream.camera-front.cfg: segment.seconds \"soon\" cannot be used; "
                + "allowed: a whole number from 2 to 3600"),
        messages(settings("rtsp.url", "rtsp://10.0.0.1/s", "segment.seconds", "soon")));
  }

  @Test
  void anUnknownKeyIsNamedWithTheKnownOnes() {
    String message =
        messages(settings("rtsp.url", "rtsp://10.0.0.1/s", "segment.secs", "5")).get(0);
    assertTrue(message.startsWith("istream.camera-front.cfg: segment.secs \"5\""), message);
    assertTrue(message.contains("segment.seconds"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://joe:s3cret@10.0.0.1/s",
        "rtsps://joe:s3cret@10.0.0.1/s",
        "http://joe:s3cret@10.0.0.1/s",
        "rtsp://joe:s3cret/x@10.0.0.1",
        "rtsp://joe:s3cret?x@10.0.0.1/s",
        "rtsp://joe:s3cret#x@10.0.0.1/s",
        "rtsps://joe:s3cret/x",
        "joe:s3cret@10.0.0.1/s",
        "joe:s3cret//x@10.0.0.1"
      })
  void aLoginInTheAddressIsRefusedAndNotShown(String url) {
    for (String key : List.of("rtsp.url", "onvif.url")) {
      List<String> messages = messages(settings(key, url));
      assertEquals(1, messages.size(), messages.toString());
      assertFalse(messages.get(0).contains("s3cret"), messages.get(0));
      assertTrue(messages.get(0).contains("user and .password"), messages.get(0));
    }
  }

  @Test
  void anAddressOfAnotherKindIsShown() {
    assertEquals(
        List.of(
            "istream.camera-front.cfg: rtsp.url \"10.0.0.1:554/s\" cannot be used; "
                + "allowed: rtsp://host[:port]/path"),
        messages(settings("rtsp.url", "10.0.0.1:554/s")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.1", "10.0.0.1:8554", "front-door.local.", "[fe80::1%eth0]", "[::1]:8554"})
  void aHostIsANameOrANumberAndMayHaveAPort(String host) {
    assertEquals(List.of(), messages(settings("rtsp.url", "rtsp://" + host + "/s")));
    assertEquals(List.of(), messages(settings("rtsp.url", "RTSP://" + host)));
  }

  @Test
  void aVendorPathWithAnAtSignIsNoLogin() {
    assertEquals(
        List.of(), messages(settings("rtsp.url", "rtsp://10.0.0.1/user=a@b_channel=1.sdp?real")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtsp.url", "onvif.url", "onvif.endpoint"})
  void aVariableWithoutValueIsTheOneProblemOfAnAddress(String key) {
    List<String> messages = messages(settings(key, "rtsp://$[env:FRONT_HOST]/s"));
    assertEquals(1, messages.size(), messages.toString());
    assertTrue(messages.get(0).contains("set it in the environment"), messages.get(0));
  }

  @Test
  void noAddressIsNamed() {
    assertTrue(messages(settings("user", "joe")).get(0).contains("rtsp.url is missing"));
  }

  @Test
  void udpIsRefusedInWords() {
    String message = messages(settings("rtsp.url", "rtsp://10.0.0.1/s", "transport", "udp")).get(0);
    assertTrue(message.contains("tcp; udp is not part of this version"), message);
  }

  @Test
  void aPasswordIsNeverPrinted() {
    CameraSettings settings =
        settings("rtsp.url", "rtsp://10.0.0.1/s", "user", "joe", ".password", "secret");
    assertFalse(settings.toString().contains("secret"), settings.toString());
  }
}
