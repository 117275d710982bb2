// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import istream.api.footage.GapCause;
import istream.recorder.media.StreamFailure;
import istream.recorder.media.StreamFailure.Kind;
import istream.recorder.store.FootageItem.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlameTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final List<Trouble> told = new ArrayList<>();
  private final Blame blame = new Blame(told::add);

  private void fail(Kind kind, String message) {
    blame.failed(new StreamFailure(kind, message, true), 0);
  }

  @Test
  void aStallIsTheCamerasWhenItAnswersTheNextTry() {
    fail(Kind.STALLED, "no frame");
    assertEquals(List.of(), told);
    blame.connected(0);
    assertEquals(List.of(new Trouble(GapCause.CAMERA, "no frame", false)), told);
  }

  @Test
  void aStallIsTheNetworksWhenTheNextTryReachesNobody() {
    fail(Kind.STALLED, "no frame");
    fail(Kind.UNREACHABLE, "no route");
    blame.connected(0);
    assertEquals(List.of(new Trouble(GapCause.NETWORK, "no route", false)), told);
  }

  @Test
  void aStallIsTheNetworksWhenTheNextCallIsNotAnswered() {
    blame.unanswered(0);
    fail(Kind.STALLED, "no frame");
    blame.unanswered(0);
    blame.connected(0);
    Trouble expected = new Trouble(GapCause.NETWORK, "no frame and cannot be reached", false);
    assertEquals(List.of(expected), told);
  }

  @Test
  void aSecondStallIsTheCameras() {
    fail(Kind.STALLED, "no frame");
    fail(Kind.STALLED, "no answer");
    assertEquals(List.of(new Trouble(GapCause.CAMERA, "no answer", false)), told);
  }

  @Test
  void theFirstTroubleStandsUntilFootageGoesOn() {
    fail(Kind.CLOSED, "hung up");
    fail(Kind.UNREACHABLE, "no route");
    fail(Kind.STALLED, "no frame");
    blame.connected(0);
    assertEquals(List.of(new Trouble(GapCause.CAMERA, "hung up", false)), told);
    blame.recording();
    fail(Kind.UNREACHABLE, "no route");
    assertEquals(new Trouble(GapCause.NETWORK, "no route", false), told.get(1));
  }

  @Test
  void troubleThatLastsIsToldOnceMore() {
    fail(Kind.CLOSED, "hung up");
    blame.tick(2 * SECOND - 1);
    assertEquals(1, told.size());
    blame.tick(2 * SECOND);
    blame.tick(9 * SECOND);
    assertEquals(List.of(new Trouble(GapCause.CAMERA, "hung up", true)), told.subList(1, 2));
    assertEquals(2, told.size());
  }

  @Test
  void troubleThatIsOverDoesNotLast() {
    fail(Kind.CLOSED, "hung up");
    blame.recording();
    blame.tick(9 * SECOND);
    assertEquals(1, told.size());
  }

  @ParameterizedTest
  @CsvSource({"UNREACHABLE, NETWORK", "FLOOD, OVERLOAD", "ABSENT, CAMERA", "REFUSED, CAMERA"})
  void eachFailureHasItsCause(Kind kind, GapCause cause) {
    fail(kind, "x");
    assertEquals(cause, told.get(0).cause());
  }
}
