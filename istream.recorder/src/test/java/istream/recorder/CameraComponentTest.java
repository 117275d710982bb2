// SPDX-License-Identifier: Apache-2.0
package istream.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.recording.RecorderState;
import istream.api.recording.RecorderStatus;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recorder says that has nothing to record. */
class CameraComponentTest {
  @ParameterizedTest
  @CsvSource({
    "istream.camera, istream.camera",
    "istream.camera~, istream.camera-",
    "istream.camera~Front, Front"
  })
  void aFileWithoutAUsableIdIsMisconfiguredAndShown(String pid, String shown) {
    RecorderStatus status = status(Map.of("service.pid", pid, "rtsp.url", "rtsp://h/1"));
    assertEquals(RecorderState.MISCONFIGURED, status.state());
    assertEquals(shown, status.camera());
    assertTrue(status.reason().contains("istream.camera-ID.cfg"), status.reason());
  }

  private static RecorderStatus status(Map<String, Object> properties) {
    return new CameraComponent(null, properties, null).status();
  }
}
