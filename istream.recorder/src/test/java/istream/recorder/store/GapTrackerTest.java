// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import static istream.recorder.store.Footage.at;
import static istream.recorder.store.Footage.fragment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.FootageException;
import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.Unit;
import istream.recorder.mp4.AssembledFragment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which gaps there are when the clock goes back and forth. */
class GapTrackerTest {
  private static final double DECADE = 10 * 365.0 * 86_400;

  private final MemoryArchive archive = new MemoryArchive();
  private final GapTracker gaps = new GapTracker("front");

  private void recordedUntil(double second) {
    gaps.restore(GapHistory.unknown(at(second)));
  }

  private void store(double second) {
    Unit unit = fragment(second, true).fragment().unit();
    gaps.ends(unit);
    gaps.stored(unit);
  }

  private void trouble(GapCause cause) {
    gaps.trouble(cause, "told");
    gaps.lasts();
  }

  private List<Gap> ledger() throws FootageException {
    gaps.write(archive);
    return List.copyOf(archive.ledger.values());
  }

  private static Gap gap(double from, double to, GapCause cause) {
    return new Gap("front", at(from), Optional.of(at(to)), cause, "told");
  }

  @Test
  void aHoleInTheMiddleIsWrittenDownOnce() throws FootageException {
    store(0);
    gaps.hole(new AssembledFragment.Hole(at(1.2), at(1.7)));
    gaps.hole(new AssembledFragment.Hole(at(1.2), at(1.7)));
    assertEquals(
        List.of(
            new Gap("front", at(1.2), Optional.of(at(1.7)), GapCause.NETWORK, "packets were lost")),
        ledger());
    store(1);
    assertEquals(1, ledger().size(), "footage goes on without a gap");
  }

  @Test
  void aClockThatWasBehindAfterABootMakesNoRecordedTimeMissing() throws FootageException {
    recordedUntil(0);
    store(-2400);
    store(-2399);
    gaps.trouble(GapCause.CLOCK, "told");
    gaps.lasts();
    store(600);
    store(601);
    assertEquals(List.of(gap(0, 600, GapCause.CLOCK)), ledger());
  }

  @Test
  void aGapThatLastedWhenTheClockWasBehindEndsNoEarlierThanItBegan() throws FootageException {
    Gap open = new Gap("front", at(0), Optional.empty(), GapCause.NETWORK, "told");
    gaps.restore(new GapHistory(at(0), List.of(open), List.of()));
    store(-2400);
    assertEquals(List.of(gap(0, 0, GapCause.NETWORK)), ledger());
    trouble(GapCause.CLOCK);
    store(600);
    assertEquals(List.of(gap(0, 600, GapCause.CLOCK)), ledger());
  }

  @Test
  void whileTheClockIsBehindAHoleIsWrittenDownWithItsEnd() throws FootageException {
    recordedUntil(0);
    store(-2400);
    trouble(GapCause.CAMERA);
    assertEquals(List.of(), ledger());
    store(-2300);
    assertEquals(List.of(gap(-2399, -2300, GapCause.CAMERA)), ledger());
  }

  @Test
  void footageThatCatchesUpIsAsBefore() throws FootageException {
    recordedUntil(0);
    store(-1);
    store(0);
    trouble(GapCause.CAMERA);
    store(10);
    assertEquals(List.of(gap(1, 10, GapCause.CAMERA)), ledger());
  }

  @Test
  void aClockThatWasAheadIsToldOnceAndLeavesNoFalseGap() throws FootageException {
    recordedUntil(DECADE);
    String said =
        said(
            () -> {
              store(0);
              store(1);
              store(2);
            });
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.contains("camera front"), said);
    assertTrue(said.contains(at(0).toString()), said);
    assertTrue(said.contains(at(DECADE).toString()), said);
    assertEquals(List.of(), ledger());
    trouble(GapCause.NETWORK);
    store(10);
    assertEquals(List.of(gap(3, 10, GapCause.NETWORK)), ledger());
  }

  /** What goes to the log, which in tests is standard error. */
  private static String said(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLittleJitterIsNoGap() throws FootageException {
    recordedUntil(0);
    store(0.15);
    store(1.0);
    store(2.1);
    assertEquals(List.of(), ledger());
  }
}
