// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class MainTest {
  @Test
  void optionsAreRead() {
    SimulatorSettings settings =
        Main.settings(
            "--port",
            "9000",
            "--camera",
            "front:h265:silent",
            "--camera",
            "yard",
            "--kilobits",
            "4000",
            "--login",
            "user:pass:word",
            "--auth",
            "sha256,digest");
    assertEquals(9000, settings.address().getPort());
    assertTrue(settings.address().getAddress().isLoopbackAddress());
    assertEquals(
        List.of(new CameraSpec("front", "h265", false), new CameraSpec("yard", "h264", true)),
        settings.cameras());
    assertEquals("pass:word", settings.login().password());
    assertFalse(settings.toString().contains("pass"), settings.toString());
    assertEquals(List.of(Login.Scheme.SHA256, Login.Scheme.DIGEST), settings.login().schemes());
  }

  @Test
  void optionsOfOnvifAreRead() {
    assertTrue(Main.settings("--camera", "front").onvif().isEmpty());
    assertEquals(
        Optional.of(OnvifSettings.USUAL), Main.settings("--onvif", "--camera", "front").onvif());
    SimulatorSettings settings =
        Main.settings(
            ("--camera front:h265:silent --sub --onvif-port 9001 --discovery lo --discovery eth7"
                    + " --onvif-login wsse --clock-offset -60 --endpoint e --identity i --title t")
                .split(" ", -1));
    assertEquals(
        List.of(
            new CameraSpec("front", "h265", false),
            new CameraSpec("front-sub", "h264small", false)),
        settings.cameras());
    assertEquals(
        OnvifSettings.USUAL
            .port(9001)
            .discovery("lo", "eth7")
            .logins(OnvifSettings.Logins.WSSE)
            .clockOffset(Duration.ofMinutes(-1))
            .endpoint("e")
            .identity("i")
            .title("t"),
        settings.onvif().orElseThrow());
  }

  @Test
  void wrongOptionsAreRefused() {
    for (String[] wrong :
        new String[][] {
          {},
          {"--camera", "Front Door"},
          {"--camera", "a", "--camera", "a"},
          {"--camera", "a", "--kilobits", "-1"},
          {"--camera", "a", "--login", "user"},
          {"--camera", "a", "--nonsense", "1"},
          {"--camera", "a", "--onvif-port", "65536"},
          {"--camera", "a", "--onvif-login", "basic"},
          {"--camera", "a", "--discovery"},
          {"--camera"}
        }) {
      assertThrows(IllegalArgumentException.class, () -> Main.settings(wrong));
    }
  }

  @Test
  void aLineMakesACameraMisbehave() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorSettings.of("front", "yard"));
        TestReader reader = new TestReader(simulator, "front")) {
      ControlLine control = new ControlLine(simulator);
      assertEquals("ok", control.obey("front refused-login"));
      assertEquals(401, reader.request("DESCRIBE", reader.url()).status());
      assertEquals("ok", control.obey("all refused-login off"));
      assertEquals(200, reader.request("DESCRIBE", reader.url()).status());
      assertEquals("ok", control.obey("front loss 0.5"));
      assertEquals("ok", control.obey("front clip h264small"));
      assertEquals("ok", control.obey("logins"), "no camera answers ONVIF");
      assertTrue(control.obey("status").startsWith("ok front next="));
      for (String wrong :
          List.of("", "front", "front fly", "attic stall", "front loss much", "front clip x")) {
        assertTrue(control.obey(wrong).startsWith("error "), wrong);
      }
    }
  }

  @Test
  void everyFaultIsExplained() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    for (Fault fault : Fault.values()) {
      assertTrue(readme.contains("| `front " + fault.word()), "README.md: " + fault.word());
      assertTrue(ControlLine.SYNTAX.contains(fault.word()), "usage: " + fault.word());
    }
    for (String word : OptionReader.USAGE.split("\\s+", -1)) {
      if (OptionReader.USAGE.indexOf(word) > OptionReader.USAGE.indexOf("--onvif-port")
          && word.startsWith("--")) {
        assertTrue(readme.contains("`" + word), "README.md: " + word);
      }
    }
    assertTrue(readme.contains(FrameNumber.ID.toString()), "README.md: the UUID");
  }
}
