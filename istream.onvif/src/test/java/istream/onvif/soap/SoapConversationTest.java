// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import static istream.onvif.soap.FakeDevice.answer;
import static istream.onvif.soap.FakeDevice.envelope;
import static istream.onvif.soap.FakeDevice.fault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.onvif.soap.SoapFailure.Kind;
import istream.onvif.xml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoapConversationTest {
  private static final String URL = "http://10.0.0.5/onvif/device_service";
  private static final String MEDIA = "http://10.0.0.5/onvif/media";
  private static final Question PROFILES = new Question(Service.MEDIA1, "GetProfiles");

  private final SetClock clock = new SetClock("2026-11-25T04:50:00Z");

  @Test
  void givesTheElementOfTheAnswerWhateverItsStatus() throws Exception {
    String body = envelope("<q:GetProfilesResponse><P token=\"a b\"/></q:GetProfilesResponse>");
    Node node = ask(500, body);
    assertEquals("GetProfilesResponse", node.name());
    assertEquals("a b", node.first("P").orElseThrow().attribute("token"));
  }

  @Test
  void givesTheDocumentIfTheElementIsMissing() throws Exception {
    assertEquals("x", ask(200, envelope("<Damaged><Name>x</Name></Damaged>")).text("Name"));
  }

  @Test
  void asksWithTheParameters() throws Exception {
    FakeDevice device = new FakeDevice(FakeDevice::good);
    Question question = new Question(Service.MEDIA2, "GetStreamUri", "<x:Protocol>R</x:Protocol>");
    open(device).ask(MEDIA, question);
    String body = device.requests.get(1).body();
    assertTrue(body.contains("xmlns:x=\"http://www.onvif.org/ver20/media/wsdl\""), body);
    assertTrue(body.contains("<x:GetStreamUri><x:Protocol>R</x:Protocol></x:GetStreamUri>"), body);
  }

  @ParameterizedTest
  @CsvSource({
    "400, s:Receiver, ter:ActionNotSupported, Optional Action Not Implemented",
    "500, s:Sender, '', Method 'x:GetProfiles' not implemented: name not recognized",
    "200, s:Sender, wsa:ActionNotSupported, ''",
    "403, s:Sender, ter:UnknownAction, unknown action",
  })
  void tellsWhatADeviceDoesNotKnow(int status, String code, String subcode, String reason) {
    SoapFailure failure = failure(status, fault(code, subcode, reason));
    assertEquals(Kind.UNSUPPORTED, failure.kind());
    assertTrue(failure.getMessage().contains("does not know GetProfiles"), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 500, 0})
  void quotesAFault(int status) {
    SoapFailure failure = failure(status, fault("Sender", "ter:InvalidArgVal", "No such\nprofile"));
    assertEquals(Kind.FAULT, failure.kind());
    assertTrue(failure.getMessage().contains("\"No such profile\""), failure.getMessage());
  }

  @Test
  void quotesAFaultOfTheOldKindWithoutEnvelope() {
    String body = "<Fault><faultcode>x</faultcode><faultstring>Broken</faultstring></Fault>";
    SoapFailure failure = failure(200, body);
    assertEquals(Kind.FAULT, failure.kind());
    assertTrue(failure.getMessage().contains("\"Broken\""), failure.getMessage());
  }

  @Test
  void quotesNoMoreThanAPersonReads() {
    String reason = "so much to say ".repeat(5000) + "&#27;[31m&#8238;";
    String message = failure(500, fault("Sender", "ter:X", reason)).getMessage();
    assertTrue(message.length() < 400, message);
  }

  @ParameterizedTest
  @CsvSource({
    "200, '', SILENT",
    "400, ' ', SILENT",
    "200, <html>Welcome</html>, NONSENSE",
    "200, hello, NONSENSE",
    "500, <html>Error</html>, FAULT",
    "500, java.lang.NullPointerException at x.<init>, FAULT",
    "501, <html>Error</html>, UNSUPPORTED",
    "302, <html>Moved</html>, FAULT",
  })
  void goesByTheStatusOfWhatIsNoSoap(int status, String body, Kind kind) {
    assertEquals(kind, failure(status, body).kind());
  }

  @ParameterizedTest
  @CsvSource({
    "401, ''",
    "401, <html>Unauthorized</html>",
    "403, <html>Forbidden</html>",
    "200, <html>401 Unauthorized</html>",
  })
  void needsALogin(int status, String body) {
    SoapFailure failure = failure(status, body);
    assertEquals(Kind.NEEDS_LOGIN, failure.kind());
    assertTrue(failure.getMessage().contains("--user"), failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "ter:NotAuthorized, ''",
    "'', Sender not Authorized",
    "'', Authority failure",
    "ter:SenderNotAuthorized, x",
    "wsse:FailedAuthentication, x",
    "'', The security token could not be authenticated or authorized",
    "'', 401 Unauthorized",
  })
  void needsALoginByTheWordsOfAFault(String subcode, String reason) {
    for (int status : List.of(200, 400, 401, 403, 500)) {
      assertEquals(Kind.NEEDS_LOGIN, failure(status, fault("Sender", subcode, reason)).kind());
    }
  }

  @Test
  void takesALineThatIsClosedAtAQuestionForNotKnowingIt() {
    SoapFailure closed = new SoapFailure(Kind.SILENT, "closed", null);
    SoapFailure failure = failure(FakeDevice.failing(closed));
    assertEquals(Kind.UNSUPPORTED, failure.kind());
  }

  @Test
  void isSilentAtTheDeadline() throws Exception {
    SoapFailure late = new SoapFailure(Kind.SILENT, "late", null);
    FakeDevice device = new FakeDevice(FakeDevice.failing(late));
    long past = System.nanoTime();
    Line line = new Line(device, url -> new Acquaintance(), past);
    ServiceUrl url = ServiceUrl.of(URL);
    assertEquals(late, assertThrows(SoapFailure.class, () -> line.ask(url, PROFILES)));
  }

  @Test
  void asksAtThePathOfTheDeviceIfThereIsNoneOfTheService() throws Exception {
    FakeDevice device =
        new FakeDevice(r -> r.url().equals(URL) ? FakeDevice.good(r) : answer(r, 404, "nothing"));
    open(device).ask(MEDIA, PROFILES);
    assertEquals(List.of(URL, MEDIA, URL), urls(device));
  }

  @Test
  void knowsNoServiceThatIsNowhere() {
    List<String> asked = new ArrayList<>();
    FakeDevice.Behaviour nowhere =
        request -> {
          asked.add(request.url());
          return answer(request, 404, "<html>Not Found</html>");
        };
    assertEquals(Kind.UNSUPPORTED, failure(nowhere).kind());
    assertEquals(List.of(MEDIA, URL), asked);
  }

  @Test
  void asksADeviceOneQuestionAtATime() throws Exception {
    Acquaintance device = new Acquaintance();
    ServiceUrl url = ServiceUrl.of(URL);
    device.take(url, System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
    List<SoapFailure> failures = new ArrayList<>();
    Thread other = new Thread(() -> failures.add(refusedTurn(device, url)));
    other.start();
    other.join();
    assertEquals(Kind.SILENT, failures.get(0).kind());
    assertTrue(failures.get(0).getMessage().contains("busy"), failures.get(0).getMessage());
  }

  private static SoapFailure refusedTurn(Acquaintance device, ServiceUrl url) {
    return assertThrows(SoapFailure.class, () -> device.take(url, System.nanoTime()));
  }

  private static List<String> urls(FakeDevice device) {
    return device.requests.stream().map(r -> r.url()).toList();
  }

  private Node ask(int status, String body) throws SoapFailure {
    return ask(request -> answer(request, status, body));
  }

  private SoapFailure failure(int status, String body) {
    return assertThrows(SoapFailure.class, () -> ask(status, body));
  }

  private SoapFailure failure(FakeDevice.Behaviour behaviour) {
    return assertThrows(SoapFailure.class, () -> ask(behaviour));
  }

  private Node ask(FakeDevice.Behaviour behaviour) throws SoapFailure {
    FakeDevice device =
        new FakeDevice(
            request -> {
              boolean clock = FakeDevice.operation(request).equals("GetSystemDateAndTime");
              return clock ? FakeDevice.good(request) : behaviour.answer(request);
            });
    return open(device).ask(MEDIA, PROFILES);
  }

  private Conversation open(FakeDevice device) throws SoapFailure {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    return new Dialogues(device, clock).open(URL, Credentials.NONE, deadline);
  }
}
