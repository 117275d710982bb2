// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import static istream.onvif.soap.FakeDevice.LOGIN;
import static istream.onvif.soap.FakeDevice.NOT_AUTHORIZED;
import static istream.onvif.soap.FakeDevice.answer;
import static istream.onvif.soap.FakeDevice.answerFits;
import static istream.onvif.soap.FakeDevice.bearsPassword;
import static istream.onvif.soap.FakeDevice.good;
import static istream.onvif.soap.FakeDevice.operation;
import static istream.onvif.soap.FakeDevice.tokenFits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.onvif.http.HttpAnswer;
import istream.onvif.http.HttpRequest;
import istream.onvif.soap.SoapFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginsTest {
  private static final String URL = "http://10.0.0.5/onvif/device_service";
  private static final Question MAKE = new Question(Service.DEVICE, "GetDeviceInformation");
  private static final Question PROFILES = new Question(Service.MEDIA1, "GetProfiles");
  private static final Question URI = new Question(Service.MEDIA1, "GetStreamUri");
  private static final Question SERVICES = new Question(Service.DEVICE, "GetServices");
  private static final String MD5 = "Digest realm=\"a\", nonce=\"n1\", qop=\"auth,auth-int\"";
  private static final String SHA256 =
      "Digest realm=\"a\", nonce=\"n2\", qop=\"auth\", algorithm=SHA-256, opaque=\"\"";

  private final SetClock clock = new SetClock("2026-11-25T04:50:00Z");
  private Instant theirs = clock.instant();

  @ParameterizedTest
  @ValueSource(strings = {"1986-11-25T04:50:00Z", "2026-11-25T05:50:00Z", "2066-01-01T00:00:00Z"})
  void makesTokensByTheClockOfTheDevice(String time) throws Exception {
    theirs = Instant.parse(time);
    FakeDevice device =
        device(r -> tokenFits(r, theirs) ? good(r) : answer(r, 400, NOT_AUTHORIZED));
    Conversation conversation = new Dialogues(device, clock).open(URL, LOGIN, deadline());
    conversation.ask(URL, MAKE);
    conversation.ask(URL, PROFILES);
    assertEquals(2, device.withPassword().size());
    assertNotEquals(nonce(device, 0), nonce(device, 1));
  }

  private static String nonce(FakeDevice device, int i) {
    return FakeDevice.part(device.withPassword().get(i).body(), "Base64Binary\">(.*?)<");
  }

  @Test
  void goesByOurClockIfTheDeviceStatesAnotherThanItGoesBy() throws Exception {
    theirs = clock.instant().plus(Duration.ofHours(8));
    FakeDevice device =
        device(r -> tokenFits(r, clock.instant()) ? good(r) : answer(r, 400, NOT_AUTHORIZED));
    Dialogues dialogues = new Dialogues(device, clock);
    dialogues.open(URL, LOGIN, deadline()).ask(URL, MAKE);
    assertEquals(2, device.withPassword().size());
    dialogues.open(URL, LOGIN, deadline()).ask(URL, PROFILES);
    assertEquals(3, device.withPassword().size());
  }

  @Test
  void answersTheStrongestChallengeAndRemembersIt() throws Exception {
    int[] count = {0};
    FakeDevice device =
        device(
            r ->
                answerFits(r, SHA256, count[0] + 1)
                    ? countedGood(r, count)
                    : answer(r, 401, "", MD5, SHA256));
    Dialogues dialogues = new Dialogues(device, clock);
    dialogues.open(URL, LOGIN, deadline()).ask(URL, MAKE);
    dialogues.open(URL, LOGIN, deadline()).ask(URL, PROFILES);
    assertEquals(2, count[0]);
    assertEquals(3, device.withPassword().size());
  }

  private static HttpAnswer countedGood(HttpRequest request, int[] count) {
    count[0]++;
    return good(request);
  }

  @Test
  void answersAtOnceWhatTheDeviceOfferedWhenItWasGreeted() throws Exception {
    FakeDevice device =
        new FakeDevice(r -> answerFits(r, MD5, 1) ? good(r) : answer(r, 401, "", MD5));
    new Dialogues(device, clock).open(URL, LOGIN, deadline()).ask(URL, MAKE);
    assertEquals(1, device.withPassword().size());
  }

  @Test
  void answersANewNonceOnceMore() throws Exception {
    String[] nonce = {"n1"};
    FakeDevice device =
        device(
            r -> {
              String challenge = "Digest realm=\"a\", nonce=\"" + nonce[0] + "\"";
              return answerFits(r, challenge, 1) ? good(r) : answer(r, 401, "", challenge);
            });
    Conversation conversation = new Dialogues(device, clock).open(URL, LOGIN, deadline());
    for (int i = 1; i < 9; i++) {
      nonce[0] = "n" + i;
      conversation.ask(URL, i % 2 == 0 ? MAKE : PROFILES);
    }
    assertEquals(16, device.withPassword().size());
  }

  @Test
  void refusesToSendAPasswordInClear() throws Exception {
    FakeDevice device = device(r -> answer(r, 401, "", "Basic realm=\"a\""));
    Conversation conversation = new Dialogues(device, clock).open(URL, LOGIN, deadline());
    SoapFailure failure = assertThrows(SoapFailure.class, () -> conversation.ask(URL, MAKE));
    assertEquals(Kind.REFUSES_LOGIN, failure.kind());
    assertTrue(failure.getMessage().contains("in clear"), failure.getMessage());
    assertTrue(device.requests.stream().noneMatch(r -> r.headers().containsKey("Authorization")));
  }

  @Test
  void sendsAPasswordInClearWhereNobodyElseCanReadIt() throws Exception {
    String url = URL.replace("http:", "https:");
    FakeDevice device =
        device(
            r ->
                r.headers().getOrDefault("Authorization", "").startsWith("Basic ")
                    ? good(r)
                    : answer(r, 401, "", "Basic realm=\"a\""));
    new Dialogues(device, clock).open(url, LOGIN, deadline()).ask(url, MAKE);
    assertEquals(2, device.withPassword().size());
  }

  @Test
  void asksWithoutALoginWhereTokensAreUnknown() throws Exception {
    String stranger = FakeDevice.fault("MustUnderstand", "", "no such header");
    FakeDevice device = device(r -> bearsPassword(r) ? answer(r, 500, stranger) : good(r));
    Conversation conversation = new Dialogues(device, clock).open(URL, LOGIN, deadline());
    conversation.ask(URL, MAKE);
    conversation.ask(URL, PROFILES);
    assertEquals(1, device.withPassword().size());
  }

  @Test
  void takesAFaultOfAnotherKindForNoRefusal() throws Exception {
    FakeDevice device =
        device(
            r ->
                answerFits(r, MD5, 1)
                    ? answer(r, 500, FakeDevice.fault("Sender", "ter:ActionNotSupported", ""))
                    : answerFits(r, MD5, 2) ? good(r) : answer(r, 401, "", MD5));
    Conversation conversation = new Dialogues(device, clock).open(URL, LOGIN, deadline());
    SoapFailure failure = assertThrows(SoapFailure.class, () -> conversation.ask(URL, SERVICES));
    assertEquals(Kind.UNSUPPORTED, failure.kind());
    conversation.ask(URL, PROFILES);
    assertEquals(3, device.withPassword().size());
  }

  @Test
  void leavesOutOnlyTheQuestionThatTheUserHasTooFewRightsFor() throws Exception {
    FakeDevice device =
        device(
            r ->
                bearsPassword(r) && !operation(r).equals("GetProfiles")
                    ? good(r)
                    : answer(r, 400, NOT_AUTHORIZED));
    Dialogues dialogues = new Dialogues(device, clock);
    dialogues.open(URL, LOGIN, deadline()).ask(URL, MAKE);
    Conversation conversation = dialogues.open(URL, LOGIN, deadline());
    for (int i = 0; i < 3; i++) {
      SoapFailure failure = assertThrows(SoapFailure.class, () -> conversation.ask(URL, PROFILES));
      assertEquals(Kind.REFUSES_LOGIN, failure.kind());
    }
    conversation.ask(URL, URI);
    assertEquals(3, device.withPassword().size());
  }

  @Test
  void triesTheOtherWayIfTheDeviceDidNotLookAtTheLoginBefore() throws Exception {
    FakeDevice device =
        device(
            r ->
                operation(r).equals("GetDeviceInformation") || answerFits(r, MD5, 1)
                    ? good(r)
                    : answer(r, 401, "", MD5));
    Conversation conversation = new Dialogues(device, clock).open(URL, LOGIN, deadline());
    conversation.ask(URL, MAKE);
    conversation.ask(URL, PROFILES);
    assertEquals(3, device.withPassword().size());
  }

  private FakeDevice device(FakeDevice.Behaviour behaviour) {
    return new FakeDevice(
        r ->
            operation(r).equals("GetSystemDateAndTime")
                ? FakeDevice.clock(r, theirs)
                : behaviour.answer(r));
  }

  private static long deadline() {
    return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
  }
}
