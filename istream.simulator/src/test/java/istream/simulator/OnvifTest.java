// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cameras answer to those who ask. */
@Timeout(30)
final class OnvifTest {
  private static final String PROFILE = "<x:ProfileToken>%s</x:ProfileToken>";
  private static final String SETUP =
      "<x:StreamSetup><t:Stream xmlns:t=\"http://www.onvif.org/ver10/schema\">RTP-Unicast</t:Stream><t:Transport xmlns:t=\"http://www.onvif.org/ver10/schema\"><t:Protocol>RTSP</t:Protocol></t:Transport></x:StreamSetup>";

  private static Simulator start(String... cameras) throws IOException {
    return Simulator.start(SimulatorSettings.of(cameras).onvif(OnvifSettings.USUAL));
  }

  private static TestCaller caller(Simulator simulator, String service) {
    return new TestCaller(simulator.camera("front")).service(service);
  }

  @Test
  void servicesLeadToTheStream() throws IOException {
    try (Simulator simulator = start("front")) {
      TestCaller caller = new TestCaller(simulator.camera("front"));
      TestCaller.Answer services = caller.ask(Soap.DEVICE, "GetServices");
      assertEquals(200, services.status());
      assertEquals(List.of(Soap.DEVICE, Soap.MEDIA, Soap.MEDIA2), services.texts("Namespace"));
      assertEquals(
          List.of(
              simulator.camera("front").onvifUrl(),
              simulator.camera("front").onvifUrl().replace("device_", "media_"),
              simulator.camera("front").onvifUrl().replace("device_", "media2_")),
          services.texts("XAddr"));
      assertEquals(
          services.texts("XAddr").subList(0, 2),
          caller.ask(Soap.DEVICE, "GetCapabilities").texts("XAddr"));
      assertEquals(simulator.camera("front").url(), stream(simulator, "main").text("Uri"));
      assertEquals(simulator.camera("front").url(), stream2(simulator, "main").text("Uri"));
      assertEquals(
          List.of(simulator.onvifPort() + "", simulator.port() + ""),
          caller.ask(Soap.DEVICE, "GetNetworkProtocols").texts("Port"));
    }
  }

  private static TestCaller.Answer stream(Simulator simulator, String token) throws IOException {
    return caller(simulator, "media_service")
        .ask(TestCaller.question(Soap.MEDIA, "GetStreamUri", SETUP + PROFILE.formatted(token)));
  }

  private static TestCaller.Answer stream2(Simulator simulator, String token) throws IOException {
    String content = "<x:Protocol>RTSP</x:Protocol>" + PROFILE.formatted(token);
    return caller(simulator, "media2_service")
        .ask(TestCaller.question(Soap.MEDIA2, "GetStreamUri", content));
  }

  private static TestCaller.Answer profiles2(Simulator simulator, String type) throws IOException {
    return caller(simulator, "media2_service")
        .ask(TestCaller.question(Soap.MEDIA2, "GetProfiles", type));
  }

  @Test
  void bothMediaServicesTellProfilesAndOnlyTheSecondKnowsH265() throws IOException {
    try (Simulator simulator = start("front:h265", "front-sub:h264small")) {
      TestCaller.Answer old = caller(simulator, "media_service").ask(Soap.MEDIA, "GetProfiles");
      assertTrue(old.body().contains("token=\"main\""), old.body());
      assertEquals(List.of("H264"), old.texts("Encoding"));
      assertEquals(List.of("320"), old.texts("Width"));
      TestCaller.Answer all = profiles2(simulator, "<x:Type>All</x:Type>");
      assertEquals(List.of("H265", "H264"), all.texts("Encoding"));
      assertEquals(List.of("640", "320"), all.texts("Width"));
      assertEquals(List.of("360", "180"), all.texts("Height"));
      assertEquals(List.of(), profiles2(simulator, "").texts("Encoding"));
      assertEquals(simulator.camera("front-sub").url(), stream(simulator, "sub").text("Uri"));
      assertEquals(simulator.camera("front-sub").url(), stream2(simulator, "sub").text("Uri"));
      assertEquals("", simulator.camera("front-sub").onvifUrl());
    }
  }

  @Test
  void anotherClipIsAnotherEncoding() throws IOException {
    try (Simulator simulator = start("front")) {
      simulator.camera("front").play("h264small");
      assertEquals(
          List.of("320"), profiles2(simulator, "<x:Type>VideoEncoder</x:Type>").texts("Width"));
    }
  }

  @Test
  void addressesAreThoseAtWhichTheCameraWasReached() throws IOException {
    SimulatorSettings settings =
        SimulatorSettings.of("front")
            .address(new InetSocketAddress("0.0.0.0", 0))
            .onvif(OnvifSettings.USUAL);
    try (Simulator simulator = Simulator.start(settings)) {
      String url = simulator.camera("front").onvifUrl();
      assertTrue(url.startsWith("http://127.0.0.1:" + simulator.onvifPort() + "/"), url);
      String other = url.replace("127.0.0.1", "127.0.0.9");
      TestCaller.Answer services = new TestCaller(other).ask(Soap.DEVICE, "GetServices");
      assertEquals(other, services.texts("XAddr").get(0));
    }
  }

  @Test
  void theClockIsOffAsTold() throws IOException {
    Duration offset = Duration.ofDays(-40 * 365);
    SimulatorSettings settings =
        SimulatorSettings.of("front").onvif(OnvifSettings.USUAL.clockOffset(offset));
    try (Simulator simulator = Simulator.start(settings)) {
      Instant before = Instant.now().minusSeconds(1);
      TestCaller.Answer answer =
          new TestCaller(simulator.camera("front")).ask(Soap.DEVICE, "GetSystemDateAndTime");
      Instant time =
          LocalDateTime.of(
                  number(answer, "Year"),
                  number(answer, "Month"),
                  number(answer, "Day"),
                  number(answer, "Hour"),
                  number(answer, "Minute"),
                  number(answer, "Second"))
              .toInstant(ZoneOffset.UTC);
      assertFalse(time.isBefore(before.plus(offset)), time + " is too early");
      assertFalse(time.isAfter(Instant.now().plus(offset)), time + " is too late");
    }
  }

  private static int number(TestCaller.Answer answer, String name) {
    return Integer.parseInt(answer.text(name));
  }

  @Test
  void namesAndEndpointsAreAsTold() throws IOException {
    try (Simulator simulator = start("front", "yard");
        Simulator same = start("front");
        Simulator titled =
            Simulator.start(
                SimulatorSettings.of("front")
                    .onvif(OnvifSettings.USUAL.identity("b").title("Vörne & Tür")));
        Simulator named =
            Simulator.start(
                SimulatorSettings.of("front").onvif(OnvifSettings.USUAL.endpoint("uuid:<1>")))) {
      String endpoint = endpoint(simulator, "front");
      assertTrue(endpoint.startsWith("urn:uuid:"), endpoint);
      assertEquals(endpoint, endpoint(same, "front"));
      assertFalse(endpoint.equals(endpoint(simulator, "yard")));
      assertFalse(endpoint.equals(endpoint(titled, "front")));
      assertEquals("uuid:&lt;1&gt;", endpoint(named, "front"));
      assertTrue(scopes(simulator).contains("onvif://www.onvif.org/name/front"));
      assertTrue(scopes(titled).contains("onvif://www.onvif.org/name/V%C3%B6rne%20%26%20T%C3%BCr"));
    }
  }

  private static String endpoint(Simulator simulator, String camera) throws IOException {
    return new TestCaller(simulator.camera(camera))
        .ask(Soap.DEVICE, "GetEndpointReference")
        .text("GUID");
  }

  private static List<String> scopes(Simulator simulator) throws IOException {
    return new TestCaller(simulator.camera("front"))
        .ask(Soap.DEVICE, "GetScopes")
        .texts("ScopeItem");
  }

  @Test
  void whatIsAskedInAWrongWayIsRefused() throws IOException {
    try (Simulator simulator = start("front")) {
      TestCaller device = new TestCaller(simulator.camera("front"));
      assertEquals(400, device.send("POST", "", "<not well-formed").status());
      assertEquals(400, device.send("POST", "", "").status());
      String type = "<!DOCTYPE x [<!ENTITY e \"e\">]>";
      assertEquals(
          400,
          device.send("POST", "", type + TestCaller.envelope("", TestCaller.INFORMATION)).status());
      assertEquals(405, device.send("GET", "", "").status());
      assertEquals(404, device.service("events").ask(TestCaller.INFORMATION).status());
      assertEquals(404, device.service("/attic/onvif/device_service").ask("").status());
      assertFault("ActionNotSupported", 500, device.ask(Soap.DEVICE, "Reboot"));
      assertFault("ActionNotSupported", 500, device.ask(Soap.MEDIA, "GetProfiles"));
      assertFault("NoProfile", 400, stream(simulator, "other"));
      assertFault("NoProfile", 400, stream2(simulator, ""));
      TestCaller media = caller(simulator, "media_service");
      assertFault("ActionNotSupported", 500, media.ask(Soap.MEDIA, "GetSnapshotUri"));
      String bare = TestCaller.question(Soap.MEDIA, "GetStreamUri", PROFILE.formatted("main"));
      assertFault("InvalidStreamSetup", 400, media.ask(bare));
    }
  }

  private static void assertFault(String subcode, int status, TestCaller.Answer answer) {
    assertEquals(status, answer.status());
    assertEquals("ter:" + subcode, answer.texts("Value").get(1));
  }

  @Test
  void withoutOnvifThereIsNone() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorSettings.of("front"))) {
      assertEquals(0, simulator.onvifPort());
      assertEquals("", simulator.camera("front").onvifUrl());
    }
  }

  @Test
  void nothingStaysOpenIfItCannotStart() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress rtsp = freePort();
      OnvifSettings onvif = OnvifSettings.USUAL.port(taken.getLocalPort());
      SimulatorSettings settings = SimulatorSettings.of("front").address(rtsp);
      String message =
          assertThrows(IOException.class, () -> Simulator.start(settings.onvif(onvif)))
              .getMessage();
      assertTrue(message.contains("ONVIF at /127.0.0.1:" + taken.getLocalPort()), message);
      String missing = "nic" + UUID.randomUUID().toString().substring(0, 8);
      OnvifSettings lost = OnvifSettings.USUAL.discovery(missing);
      message =
          assertThrows(IOException.class, () -> Simulator.start(settings.onvif(lost))).getMessage();
      assertEquals("--discovery " + missing + ": no such network interface", message);
      Simulator.start(settings).close();
    }
  }

  private static InetSocketAddress freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }
  }

  @Test
  void closingEndsEveryConnection() throws IOException {
    Simulator simulator = start("front");
    simulator.camera("front").inject(Fault.ONVIF_SILENT);
    try (Socket waiting = new TestCaller(simulator.camera("front")).open(TestCaller.INFORMATION)) {
      waiting.setSoTimeout(10_000);
      simulator.close();
      assertEquals(-1, ended(waiting));
    }
  }

  /** What comes of reading: a connection that nobody had accepted yet is reset, not closed. */
  private static int ended(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }
}
