// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import static istream.onvif.soap.FakeDevice.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.onvif.http.HttpAnswer;
import istream.onvif.http.HttpRequest;
import istream.onvif.soap.SoapFailure.Kind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingTest {
  private static final String URL = "http://10.0.0.5/onvif/device_service";
  private static final String PAGE =
      "<!DOCTYPE html><html><body>Access Error: 401 -- Unauthorized</body></html>";

  private final SetClock clock = new SetClock("2026-11-25T04:50:00Z");

  @Test
  void asksForTheClockWithoutALogin() throws Exception {
    FakeDevice device = new FakeDevice(request -> FakeDevice.clock(request, clock.instant()));
    assertEquals(URL, open(device, URL).deviceUrl());
    HttpRequest request = device.requests.get(0);
    assertEquals(1, device.requests.size());
    assertFalse(FakeDevice.bearsPassword(request));
    String action = "\"http://www.onvif.org/ver10/device/wsdl/GetSystemDateAndTime\"";
    assertEquals(action, request.headers().get("SOAPAction"));
    assertEquals(
        "application/soap+xml; charset=utf-8; action=" + action,
        request.headers().get("Content-Type"));
    assertEquals(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
            + "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
            + " xmlns:x=\"http://www.onvif.org/ver10/device/wsdl\""
            + " xmlns:tt=\"http://www.onvif.org/ver10/schema\">"
            + "<s:Body><x:GetSystemDateAndTime/></s:Body></s:Envelope>",
        request.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/onvif/device", "/wrong?x=1"})
  void findsTheDeviceAtAnotherUsualPath(String path) throws Exception {
    FakeDevice device =
        new FakeDevice(
            request ->
                request.url().equals(URL)
                    ? FakeDevice.good(request)
                    : answer(request, 404, "<html>Not Found</html>"));
    assertEquals(URL, open(device, "http://10.0.0.5" + path).deviceUrl());
    assertTrue(device.requests.size() <= 6);
  }

  @Test
  void passesByAWebPageThatWantsALogin() throws Exception {
    FakeDevice device =
        new FakeDevice(
            request ->
                request.url().equals(URL)
                    ? FakeDevice.good(request)
                    : answer(request, 401, PAGE, "Basic realm=\"web\""));
    assertEquals(URL, open(device, "http://10.0.0.5/").deviceUrl());
  }

  @Test
  void takesAnyAnswerThatADeviceMayGive() throws Exception {
    for (FakeDevice.Behaviour behaviour : devices()) {
      FakeDevice device = new FakeDevice(behaviour);
      assertEquals(URL, open(device, URL).deviceUrl());
      assertEquals(1, device.requests.size());
    }
  }

  private static List<FakeDevice.Behaviour> devices() {
    return List.of(
        request -> answer(request, 401, ""),
        request -> answer(request, 401, PAGE),
        request -> answer(request, 400, FakeDevice.NOT_AUTHORIZED),
        request -> answer(request, 500, FakeDevice.fault("Receiver", "ter:Action", "broken")),
        request -> answer(request, 500, "<Fault><faultstring>no envelope</faultstring></Fault>"),
        request -> answer(request, 200, FakeDevice.envelope("")),
        request -> answer(request, 0, "<SOAP-ENV:Envelope><SOAP-ENV:Body><x:GetSystemDate"));
  }

  @Test
  void goesOnWithADeviceThatBreaksAtThisQuestion() throws Exception {
    FakeDevice device = new FakeDevice(r -> answer(r, 500, "<html>Internal Server Error</html>"));
    assertEquals(URL, open(device, URL).deviceUrl());
  }

  @Test
  void isAtTheAddressThatAServerLedTo() throws Exception {
    String secure = "https://10.0.0.5/onvif/device_service";
    FakeDevice device = new FakeDevice(r -> from(secure, FakeDevice.good(r)));
    assertEquals(secure, open(device, URL).deviceUrl());
  }

  @Test
  void isNotLedToAnotherHost() throws Exception {
    FakeDevice device = new FakeDevice(r -> from("http://10.0.0.66/x", FakeDevice.good(r)));
    assertEquals(URL, open(device, URL).deviceUrl());
  }

  private static HttpAnswer from(String url, HttpAnswer answer) {
    return new HttpAnswer(url, answer.status(), List.of(), answer.body());
  }

  @Test
  void speaksTheOldDialectToADeviceThatIsMuteInTheNewOne() throws Exception {
    FakeDevice device =
        new FakeDevice(
            request ->
                request.headers().get("Content-Type").startsWith("text/xml")
                    ? FakeDevice.good(request)
                    : answer(request, 200, ""));
    Conversation conversation = open(device, URL);
    conversation.ask(URL, new Question(Service.DEVICE, "GetDeviceInformation"));
    assertEquals(3, device.requests.size());
    assertTrue(device.requests.get(2).body().contains("schemas.xmlsoap.org/soap/envelope/"));
  }

  @Test
  void saysThatThereIsNoDevice() {
    FakeDevice device = new FakeDevice(r -> answer(r, 200, "<html>My router\u0007</html>"));
    SoapFailure failure = assertThrows(SoapFailure.class, () -> open(device, URL));
    assertEquals(Kind.NONSENSE, failure.kind());
    assertTrue(failure.getMessage().contains(URL + " is no ONVIF device"), failure.getMessage());
    assertTrue(failure.getMessage().contains("\"My router\""), failure.getMessage());
    assertEquals(5, device.requests.size());
  }

  @Test
  void isSilentIfNothingHasContent() {
    FakeDevice device = new FakeDevice(r -> answer(r, 200, " \r\n"));
    assertEquals(Kind.SILENT, assertThrows(SoapFailure.class, () -> open(device, URL)).kind());
  }

  @Test
  void doesNotTryOtherPathsOfAServerThatCannotBeReached() {
    SoapFailure unreachable = new SoapFailure(Kind.UNREACHABLE, "no route", null);
    FakeDevice device = new FakeDevice(FakeDevice.failing(unreachable));
    assertEquals(unreachable, assertThrows(SoapFailure.class, () -> open(device, URL)));
    assertEquals(1, device.requests.size());
  }

  private Conversation open(FakeDevice device, String url) throws SoapFailure {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    return new Dialogues(device, clock).open(url, Credentials.NONE, deadline);
  }
}
