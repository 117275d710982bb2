// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import static istream.onvif.soap.FakeDevice.LOGIN;
import static istream.onvif.soap.FakeDevice.NOT_AUTHORIZED;
import static istream.onvif.soap.FakeDevice.answer;
import static istream.onvif.soap.FakeDevice.fault;
import static istream.onvif.soap.FakeDevice.good;
import static istream.onvif.soap.FakeDevice.operation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import istream.onvif.http.HttpAnswer;
import istream.onvif.http.HttpRequest;
import istream.onvif.soap.SoapFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private static final String URL = "http://10.0.0.5:8080/onvif/device_service";
  private static final List<Question> QUESTIONS =
      List.of(
          new Question(Service.DEVICE, "GetDeviceInformation"),
          new Question(Service.DEVICE, "GetServices"),
          new Question(Service.MEDIA2, "GetProfiles"),
          new Question(Service.MEDIA1, "GetProfiles"),
          new Question(Service.MEDIA1, "GetStreamUri"));

  private static final String[] NONE = {};

  private final SetClock clock = new SetClock("2026-11-25T04:50:00Z");

  @Test
  void saysWhoWasRefusedWhereAndWhatToDo() {
    String left = "Sender not authorized. You still have 29 attempt(s)";
    FakeDevice device = refusing(r -> answer(r, 400, fault("Sender", "ter:NotAuthorized", left)));
    String message = refusal(new Dialogues(device, clock), LOGIN);
    for (String part :
        List.of(
            "10.0.0.5:8080 refused the user \"ad<min\" for GetDeviceInformation",
            "at 2026-11-25T04:50:00Z",
            "You still have 29 attempt(s)",
            "before 2026-11-25T05:00:00Z",
            "lock the user out",
            "change user and .password",
            "--user")) {
      assertTrue(message.contains(part), message);
    }
    assertFalse(message.contains(LOGIN.password()), message);
  }

  @Test
  void quotesTheAttemptsThatAreLeftWhereverTheyStand() {
    String page = "<html>Unauthorized " + "blah ".repeat(500) + "2 attempts left</html>";
    FakeDevice device = refusing(r -> answer(r, 401, page));
    String message = refusal(new Dialogues(device, clock), LOGIN);
    assertTrue(message.contains("2 attempts left"), message);
    assertTrue(message.length() < 1000, message);
  }

  @Test
  void pausesLongerEachTime() {
    FakeDevice device = refusing(r -> answer(r, 401, "", "Digest realm=\"a\", nonce=\"b\""));
    Dialogues dialogues = new Dialogues(device, clock);
    for (int minutes : new int[] {10, 60, 360, 1440, 1440}) {
      device.requests.clear();
      refusal(dialogues, LOGIN);
      assertEquals(2, device.withPassword().size());
      clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
      refusal(dialogues, LOGIN);
      assertEquals(2, device.withPassword().size());
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void triesAnotherPasswordAtOnceAndForgetsNoneOfThem() {
    FakeDevice device = refusing(r -> answer(r, 401, ""));
    Dialogues dialogues = new Dialogues(device, clock);
    for (String password : List.of("a", "b", "a", "b")) {
      refusal(dialogues, new Credentials("admin", password));
    }
    assertEquals(2, device.withPassword().size());
  }

  @Test
  void beginsAnewAfterASuccess() throws Exception {
    boolean[] refuses = {true};
    FakeDevice device = refusing(r -> refuses[0] ? answer(r, 400, NOT_AUTHORIZED) : good(r));
    Dialogues dialogues = new Dialogues(device, clock);
    refusal(dialogues, LOGIN);
    clock.advance(Duration.ofMinutes(10));
    refuses[0] = false;
    dialogues.open(URL, LOGIN, deadline()).ask(URL, QUESTIONS.get(0));
    refuses[0] = true;
    dialogues.open(URL, LOGIN, deadline());
    refusal(dialogues, LOGIN);
    clock.advance(Duration.ofMinutes(10));
    device.requests.clear();
    refusal(dialogues, LOGIN);
    assertEquals(1, device.withPassword().size());
  }

  @Test
  void asksAgainAfterATimeOfSilence() throws Exception {
    SoapFailure silent = new SoapFailure(Kind.SILENT, "silent", null);
    int[] requests = {0};
    FakeDevice device =
        refusing(
            r -> {
              if (++requests[0] < 9) {
                throw silent;
              }
              return good(r);
            });
    Conversation conversation = new Dialogues(device, clock).open(URL, LOGIN, deadline());
    for (int i = 1; i < 9; i++) {
      assertThrows(SoapFailure.class, () -> conversation.ask(URL, QUESTIONS.get(2)));
    }
    assertEquals("GetProfilesResponse", conversation.ask(URL, QUESTIONS.get(2)).name());
  }

  /** Whatever a device does after its first refusal: two requests, until the pause is over. */
  @Test
  void bringsNoPasswordMoreThanTwiceToADeviceThatRefuses() throws Exception {
    for (int seed = 0; seed < 500; seed++) {
      Random chance = new Random(seed);
      int[] refused = {0};
      FakeDevice device = new FakeDevice(r -> unkind(r, chance, refused));
      Dialogues dialogues = new Dialogues(device, clock);
      for (int i = 0; i < 10; i++) {
        converse(dialogues, chance);
        clock.advance(Duration.ofSeconds(20));
      }
      int requests = device.withPassword().size();
      assertTrue(requests == 1 || requests == 2, requests + " with seed " + seed);
      clock.advance(Duration.ofDays(1));
    }
  }

  @Test
  void noticesThatThePasswordWasChanged() throws Exception {
    String challenge = "Digest realm=\"a\", nonce=\"";
    for (boolean digest : new boolean[] {false, true}) {
      int[] nonce = {0};
      boolean[] changed = {false};
      FakeDevice device =
          refusing(
              r -> {
                boolean fits = r.headers().containsKey("Authorization") == digest;
                return FakeDevice.bearsPassword(r) && fits && !changed[0]
                    ? good(r)
                    : answer(r, 401, "", digest ? new String[] {challenge + nonce[0]++} : NONE);
              });
      Dialogues dialogues = new Dialogues(device, clock);
      dialogues.open(URL, LOGIN, deadline()).ask(URL, QUESTIONS.get(0));
      changed[0] = true;
      device.requests.clear();
      for (Question question : QUESTIONS) {
        ask(dialogues.open(URL, LOGIN, deadline()), question);
      }
      assertEquals(2, device.withPassword().size());
    }
  }

  private static void converse(Dialogues dialogues, Random chance) {
    try {
      Conversation conversation = dialogues.open(URL, LOGIN, deadline());
      for (Question question : QUESTIONS) {
        if (chance.nextBoolean()) {
          ask(conversation, question);
        }
      }
    } catch (SoapFailure none) {
      // it did not even tell the time
    }
  }

  private static void ask(Conversation conversation, Question question) {
    assertThrows(SoapFailure.class, () -> conversation.ask(URL, question));
  }

  /** Refuses a login first, then does as it likes, but for answering. */
  private HttpAnswer unkind(HttpRequest request, Random chance, int[] refused) throws SoapFailure {
    if (!FakeDevice.bearsPassword(request)) {
      boolean greeting = operation(request).equals("GetSystemDateAndTime");
      Duration off = Duration.ofHours(chance.nextInt(3));
      return greeting && chance.nextInt(4) > 0
          ? FakeDevice.clock(request, clock.instant().plus(off))
          : answer(request, 401, "", challenges(chance));
    }
    int kind = refused[0]++ == 0 ? chance.nextInt(4) : chance.nextInt(7);
    return switch (kind) {
      case 0 -> answer(request, 401, "", challenges(chance));
      case 1 -> answer(request, 401, "<html>Unauthorized</html>", challenges(chance));
      case 2 -> answer(request, 200, NOT_AUTHORIZED);
      case 3 -> answer(request, 500, fault("Sender", "", "Authority failure"));
      case 4 -> answer(request, 400, "");
      case 5 -> throw new SoapFailure(Kind.SILENT, "closed", null);
      default -> throw new SoapFailure(Kind.NONSENSE, "without end", null);
    };
  }

  private static String[] challenges(Random chance) {
    List<String> challenges = new ArrayList<>();
    for (String algorithm : List.of("MD5", "SHA-256", "UNKNOWN")) {
      if (chance.nextBoolean()) {
        String nonce = "\", nonce=\"" + chance.nextInt(3) + "\", stale=" + chance.nextBoolean();
        challenges.add("Digest realm=\"a" + nonce + ", algorithm=" + algorithm);
      }
    }
    return challenges.toArray(String[]::new);
  }

  private static FakeDevice refusing(FakeDevice.Behaviour behaviour) {
    return new FakeDevice(
        r -> operation(r).equals("GetSystemDateAndTime") ? good(r) : behaviour.answer(r));
  }

  private static String refusal(Dialogues dialogues, Credentials login) {
    SoapFailure failure =
        assertThrows(
            SoapFailure.class,
            () -> dialogues.open(URL, login, deadline()).ask(URL, QUESTIONS.get(0)));
    assertEquals(Kind.REFUSES_LOGIN, failure.kind());
    return failure.getMessage();
  }

  private static long deadline() {
    return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
  }
}
