// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static istream.simulator.TestCaller.INFORMATION;
import static istream.simulator.TestCaller.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault is what those see who ask. */
@Timeout(30)
final class OnvifFaultTest {
  private Simulator simulator;
  private SimulatedCamera camera;
  private TestCaller caller;

  @BeforeEach
  void start() throws IOException {
    start(SimulatorSettings.of("front"));
  }

  private void start(SimulatorSettings settings) throws IOException {
    simulator = Simulator.start(settings.onvif(OnvifSettings.USUAL));
    camera = simulator.camera("front");
    caller = new TestCaller(camera);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private void startWithLogin() throws IOException {
    simulator.close();
    start(SimulatorSettings.of("front").login("user", "secret", Login.Scheme.DIGEST));
  }

  @Test
  void refusalsArePages() throws IOException {
    camera.inject(Fault.ONVIF_HTML_401);
    TestCaller.Answer nobody = caller.ask(INFORMATION);
    assertEquals(401, nobody.status());
    assertTrue(nobody.body().startsWith("<!DOCTYPE html>"), nobody.body());
    startWithLogin();
    camera.inject(Fault.ONVIF_HTML_401);
    TestCaller.Answer refused = caller.ask(INFORMATION);
    assertEquals(401, refused.status());
    assertTrue(refused.body().startsWith("<!DOCTYPE html>"), refused.body());
    assertTrue(refused.challenge().startsWith("Digest "));
    assertEquals(200, caller.askWith(token("secret", Instant.now()), INFORMATION).status());
  }

  @Test
  void faultsComeWithStatus200() throws IOException {
    camera.inject(Fault.ONVIF_FAULT_200);
    TestCaller.Answer answer = caller.ask(Soap.DEVICE, "Reboot");
    assertEquals(200, answer.status());
    assertTrue(answer.body().contains("ter:ActionNotSupported"), answer.body());
  }

  @Test
  void addressesAreWrong() throws IOException {
    String right = simulator.camera("front").onvifUrl();
    camera.inject(Fault.ONVIF_WRONG_XADDR);
    assertEquals(right.replace("127.0.0.1", "0.0.0.0"), deviceAddress());
    assertEquals("rtsp://0.0.0.0:" + simulator.port() + "/front", stream());
    camera.inject(Fault.ONVIF_WRONG_XADDR, 2);
    assertEquals("http://203.0.113.7:8899/front/onvif/device_service", deviceAddress());
    assertEquals("rtsp://203.0.113.7:" + simulator.port() + "/front", stream());
    camera.inject(Fault.ONVIF_WRONG_XADDR, 3);
    assertEquals("rtsp://203.0.113.7:8554/front", stream());
    camera.clear(Fault.ONVIF_WRONG_XADDR);
    assertEquals(right, deviceAddress());
  }

  private String deviceAddress() throws IOException {
    return caller.ask(Soap.DEVICE, "GetServices").texts("XAddr").get(0);
  }

  private String stream() throws IOException {
    String content = "<x:Protocol>RTSP</x:Protocol><x:ProfileToken>main</x:ProfileToken>";
    String question = TestCaller.question(Soap.MEDIA2, "GetStreamUri", content);
    return caller.service("media2_service").ask(question).text("Uri");
  }

  @Test
  void theSecondMediaServiceIsMissingOrBroken() throws IOException {
    TestCaller media2 = caller.service("media2_service");
    assertEquals(200, media2.ask(Soap.MEDIA2, "GetProfiles").status());
    camera.inject(Fault.ONVIF_BROKEN_MEDIA2);
    TestCaller.Answer broken = media2.ask(Soap.MEDIA2, "GetProfiles");
    assertEquals(500, broken.status());
    assertTrue(broken.body().startsWith("<!DOCTYPE html>"), broken.body());
    assertTrue(caller.ask(Soap.DEVICE, "GetServices").texts("Namespace").contains(Soap.MEDIA2));
    camera.inject(Fault.ONVIF_NO_MEDIA2);
    assertEquals(404, media2.ask(Soap.MEDIA2, "GetProfiles").status());
    assertEquals(
        List.of(Soap.DEVICE, Soap.MEDIA),
        caller.ask(Soap.DEVICE, "GetServices").texts("Namespace"));
  }

  @Test
  void operationsAreMissing() throws IOException {
    camera.inject(Fault.ONVIF_NO_SERVICES);
    camera.inject(Fault.ONVIF_NO_CLOCK);
    assertEquals(new TestCaller.Answer(0, "", ""), caller.ask(Soap.DEVICE, "GetServices"));
    assertEquals(500, caller.ask(Soap.DEVICE, "GetSystemDateAndTime").status());
    assertEquals(200, caller.ask(Soap.DEVICE, "GetCapabilities").status());
    assertEquals(3, camera.logins().asked());
  }

  @Test
  void lengthsAreWrong() throws IOException {
    TestCaller.Answer good = caller.ask(INFORMATION);
    assertEquals(good.body().length(), length(good));
    camera.inject(Fault.ONVIF_BAD_LENGTH, 7);
    TestCaller.Answer bad = caller.ask(INFORMATION);
    assertEquals(good.body(), bad.body());
    assertEquals(good.body().length() + 7, length(bad));
    camera.clear(Fault.ONVIF_BAD_LENGTH);
    camera.inject(Fault.ONVIF_EARLY_CLOSE);
    TestCaller.Answer half = caller.ask(INFORMATION);
    assertEquals(good.body().length(), length(half));
    assertEquals(good.body().substring(0, length(half) / 2), half.body());
  }

  private static int length(TestCaller.Answer answer) {
    return Integer.parseInt(answer.head().replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
  }

  @Test
  void markupIsDamaged() throws IOException {
    String good = caller.ask(INFORMATION).body();
    camera.inject(Fault.ONVIF_GARBAGE);
    assertTrue(caller.ask(INFORMATION).body().matches("(?s)\0.*\0.*<\\?xml.*"));
    camera.clear(Fault.ONVIF_GARBAGE);
    camera.inject(Fault.ONVIF_UTF16);
    assertEquals(good.replace("UTF-8", "utf-16"), caller.ask(INFORMATION).body());
    camera.clear(Fault.ONVIF_UTF16);
    camera.inject(Fault.ONVIF_UNDECLARED_PREFIX);
    String undeclared = caller.ask(INFORMATION).body();
    assertFalse(undeclared.contains("xmlns:tds="), undeclared);
    assertTrue(undeclared.contains("<tds:Model>"), undeclared);
  }

  @Test
  void anEndlessAnswerDoesNotEnd() throws IOException {
    camera.inject(Fault.ONVIF_ENDLESS);
    try (Socket socket = caller.open(INFORMATION)) {
      int megabytes = 3;
      assertEquals(megabytes << 20, socket.getInputStream().readNBytes(megabytes << 20).length);
    }
  }

  @Test
  void elementsAreInElements() throws IOException {
    camera.inject(Fault.ONVIF_NESTING, 1);
    TestCaller.Answer answer = caller.ask(INFORMATION);
    assertTrue(answer.body().length() >= 1_000_000, "bytes: " + answer.body().length());
    assertTrue(answer.body().endsWith("<tt:In><tt:In>"));
  }

  @Test
  void entitiesUnfold() throws IOException {
    camera.inject(Fault.ONVIF_LAUGHS);
    String body = caller.ask(INFORMATION).body();
    assertTrue(body.contains("<!ENTITY a9 \"&a8;&a8;"), body);
    assertTrue(body.contains(">&a9;</"), body);
  }

  @Test
  void anAnswerDribbles() throws IOException {
    camera.inject(Fault.ONVIF_DRIBBLE, 3600);
    try (Socket socket = caller.open(INFORMATION)) {
      socket.setSoTimeout(10_000);
      assertEquals('H', socket.getInputStream().read());
      socket.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, socket.getInputStream()::read);
    }
    camera.inject(Fault.ONVIF_DRIBBLE, 0);
    assertEquals(200, caller.ask(INFORMATION).status());
  }

  @Test
  void aSilentCameraAnswersNothing() throws IOException {
    camera.inject(Fault.ONVIF_SILENT);
    try (Socket socket = caller.open(INFORMATION)) {
      socket.setSoTimeout(300);
      InputStream in = socket.getInputStream();
      assertThrows(SocketTimeoutException.class, in::read);
      socket.getOutputStream().write("more".getBytes(StandardCharsets.US_ASCII));
      assertThrows(SocketTimeoutException.class, in::read);
    }
  }

  @Test
  void aLockedCameraCountsDown() throws IOException {
    startWithLogin();
    camera.inject(Fault.ONVIF_LOCKED, 2);
    assertEquals(401, caller.ask(INFORMATION).status(), "no login");
    String right = token("secret", Instant.now());
    assertEquals(
        "Authority failure. You still have 1 attempt(s)",
        caller.askWith(right, INFORMATION).text("Text"));
    assertEquals("The account is locked", caller.askWith(right, INFORMATION).text("Text"));
    assertEquals(2, camera.logins().refused());
    camera.clear(Fault.ONVIF_LOCKED);
    assertEquals(200, caller.askWith(right, INFORMATION).status());
  }
}
