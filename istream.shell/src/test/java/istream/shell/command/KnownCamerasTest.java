// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import istream.api.camera.FoundCamera;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownCamerasTest {
  private final List<ConfiguredCamera> files = new ArrayList<>();
  private final FoundCamera front =
      Found.camera("192.0.2.1")
          .endpoint("urn:uuid:f{1}")
          .profile("main", "H.264", 1920, 1080, "rtsp://192.0.2.1:554/s?channel=1&stream=0")
          .get();

  private Optional<String> id(FoundCamera camera, FoundCamera... others) {
    List<FoundCamera> found = new ArrayList<>(List.of(others));
    found.add(camera);
    return new KnownCameras(files, found).id(camera);
  }

  private void file(String id, String text) {
    files.add(ConfiguredCamera.of(id, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "onvif.endpoint = urn:uuid:f\\\\{1\\\\}",
        "onvif.endpoint=urn:uuid:f{1}\nonvif.url=http://198.51.100.9/moved",
        "onvif.url = HTTP://192.0.2.1:80/onvif/device_service",
        "rtsp.url = rtsp://192.0.2.1/s?channel=1&stream=0",
        "rtsp.url = rtsp://192.0.2.1:5540/elsewhere",
        "rtsp.url = rtsp\\://192.0.2.1/\\u0073\nnote = \\u00",
      })
  void oneFileIsRecognised(String text) {
    file("entrance", text);
    assertEquals(Optional.of("entrance"), id(front));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "rtsp.url = rtsp://192.0.2.9/s",
        "onvif.url = http://192.0.2.1:8080/onvif/device_service",
        "onvif.endpoint = urn:uuid:other",
        "# onvif.endpoint = urn:uuid:f{1}",
      })
  void othersAreNot(String text) {
    file("entrance", text);
    assertEquals(Optional.empty(), id(front));
  }

  @Test
  void anEndpointThatRepeatsIsToldByTheHost() {
    FoundCamera twin = Found.camera("192.0.2.2").endpoint(front.endpoint()).get();
    file("entrance", "onvif.url=http://192.0.2.1/x\nonvif.endpoint=urn:uuid:f{1}");
    assertEquals(Optional.of("entrance"), id(front, twin));
    assertEquals(Optional.empty(), id(twin, front));
  }

  @Test
  void whoHasTakenTheAddressOfAnotherIsNotThatOne() {
    FoundCamera moved = Found.camera("192.0.2.8").endpoint("urn:uuid:moved").get();
    file(
        "garden", "onvif.url=http://192.0.2.1/onvif/device_service\nonvif.endpoint=urn:uuid:moved");
    assertEquals(Optional.of("garden"), id(moved, front));
    assertEquals(Optional.empty(), id(front, moved));
  }

  @Test
  void aStreamAtAHostWithSeveralCamerasIsNotGuessed() {
    FoundCamera second =
        Found.camera("192.0.2.1").endpoint("urn:2").url("http://192.0.2.1:81/").get();
    file("entrance", "rtsp.url = rtsp://192.0.2.1/elsewhere");
    assertEquals(Optional.empty(), id(front, second));
    assertEquals(Optional.empty(), id(second, front));
  }

  @Test
  void aRouteIsAPlaceOfTheCamera() {
    FoundCamera both = Found.camera("192.0.2.3").route("wlan0", "198.51.100.3").endpoint("").get();
    file("entrance", "rtsp.url = rtsp://198.51.100.3/s");
    assertEquals(Optional.of("entrance"), id(both, front));
  }
}
