// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every replica owes the replicator. */
public abstract class ReplicaStoreContract {
  /** A segment's name. */
  protected static final SegmentKey KEY =
      new SegmentKey("front", Instant.parse("2026-03-01T10:59:58.500Z"));

  private static final int[] SIZES = {70_000, 300, 40_000, 500_000, 1_000};

  /** For our copies. */
  @TempDir protected Path here;

  private ReplicaSession session;

  /** The store under test. */
  protected abstract ReplicaStore store() throws Exception;

  /** What lies there under a segment's name, or null. */
  protected abstract byte[] there(SegmentKey key) throws Exception;

  /** Puts something there behind the store's back. */
  protected abstract void put(SegmentKey key, byte[] bytes) throws Exception;

  /** What was set aside of a segment, or null. */
  protected abstract byte[] aside(SegmentKey key) throws Exception;

  /** The connection of this test. */
  protected final ReplicaSession session() throws Exception {
    if (session == null) {
      session = store().connect();
    }
    return session;
  }

  /** Ends the connection; the next call makes a new one. */
  protected final void disconnect() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  @AfterEach
  final void end() {
    disconnect();
  }

  private OurCopy ours() throws IOException {
    return new OurCopy(here, KEY, SIZES);
  }

  @Test
  void aSegmentGrowsUnitByUnit() throws Exception {
    try (OurCopy ours = ours()) {
      List<Fragment> units = ours.units();
      ReplicaFile file = session().open(KEY, units.subList(0, 2), ours.channel());
      assertEquals(KEY, file.key());
      assertEquals(0, file.length());
      file.append(units.get(0), ours.channel());
      file.append(units.get(1), ours.channel());
      assertEquals(ours.boundary(2), file.commit().await());
      assertArrayEquals(ours.first(ours.boundary(2)), there(KEY));
      for (Fragment unit : units.subList(2, units.size())) {
        file.append(unit, ours.channel());
      }
      assertEquals(ours.all().length, file.length());
      ReplicaFile.Receipt receipt = file.commit();
      assertEquals(ours.all().length, receipt.await());
      file.close();
      assertArrayEquals(ours.all(), there(KEY));
    }
  }

  @Test
  void anEmptySegmentBearsNoName() throws Exception {
    assumeTrue(session().capabilities().deletes());
    try (OurCopy ours = ours()) {
      ReplicaFile file = session().open(KEY, ours.units().subList(0, 1), ours.channel());
      file.append(ours.units().get(0), ours.channel());
      file.commit().await();
      assertEquals(Map.of(), session().sizes(List.of(KEY)));
      file.close();
      ours.ship(session());
      assertArrayEquals(ours.all(), there(KEY));
    }
  }

  @Test
  void sizesAreOfWhatWasAskedFor() throws Exception {
    SegmentKey other = new SegmentKey("front", KEY.start().plusSeconds(1));
    SegmentKey third = new SegmentKey("front", KEY.start().plusMillis(1));
    assertEquals(Map.of(), session().sizes(List.of(KEY, other, third)));
    try (OurCopy ours = ours();
        OurCopy second = new OurCopy(here, other, 10)) {
      ours.ship(session());
      second.ship(session());
      Map<SegmentKey, Long> both =
          Map.of(KEY, (long) ours.all().length, other, (long) second.all().length);
      assertEquals(both, session().sizes(List.of(other, KEY)));
      assertEquals(both, session().sizes(List.of(third, other, KEY)));
      assertEquals(Map.of(KEY, (long) ours.all().length), session().sizes(List.of(third, KEY)));
    }
  }

  @Test
  void afterABreakItGoesOn() throws Exception {
    try (OurCopy ours = ours()) {
      for (int count = 2; count <= ours.units().size(); count++) {
        assertEquals(ours.boundary(count), ours.ship(session(), count));
        disconnect();
      }
      assertArrayEquals(ours.all(), there(KEY));
    }
  }

  @Test
  void whatIsThereIsNotSentAgain() throws Exception {
    assumeTrue(session().capabilities().reads());
    try (OurCopy ours = ours()) {
      ours.ship(session());
      disconnect();
      try (ReplicaFile file = session().open(KEY, ours.units(), ours.channel())) {
        assertEquals(ours.all().length, file.length());
      }
    }
  }

  @Test
  void aTruncatedCopyIsCompleted() throws Exception {
    assumeTrue(session().capabilities().appends());
    try (OurCopy ours = ours()) {
      long past = ours.boundary(4) + 40_000;
      for (long size : new long[] {0, ours.boundary(1), ours.boundary(3), past}) {
        put(KEY, ours.first(size));
        ours.ship(session());
        assertArrayEquals(ours.all(), there(KEY), "truncated to " + size);
      }
    }
  }

  @Test
  void holesWhereHeadsAreMissingAreFilled() throws Exception {
    assumeTrue(session().capabilities().appends() && session().capabilities().reads());
    try (OurCopy ours = ours()) {
      byte[] torn = ours.first(ours.boundary(5));
      for (int unit : new int[] {3, 4}) {
        Arrays.fill(torn, (int) ours.boundary(unit), (int) ours.boundary(unit) + 308, (byte) 0);
      }
      put(KEY, torn);
      ours.ship(session());
      assertArrayEquals(ours.all(), there(KEY));
    }
  }

  @Test
  void aLongerCopyIsLeft() throws Exception {
    assumeTrue(session().capabilities().appends());
    try (OurCopy ours = ours();
        OurCopy longer = new OurCopy(here, KEY, 70_000, 300, 40_000, 500_000, 1_000, 9_000)) {
      put(KEY, longer.all());
      try (ReplicaFile file = session().open(KEY, ours.units(), ours.channel())) {
        assertTrue(file.length() >= ours.all().length);
        file.commit().await();
      }
      assertArrayEquals(longer.all(), there(KEY));
    }
  }

  @Test
  void whatIsNotOursIsSetAsideAndNeverOverwritten() throws Exception {
    assumeTrue(session().capabilities().reads());
    byte[] foreign = new byte[100_000];
    Arrays.fill(foreign, (byte) 'x');
    put(KEY, foreign);
    try (OurCopy ours = ours()) {
      if (session().capabilities().deletes()) {
        ours.ship(session());
        assertArrayEquals(ours.all(), there(KEY));
        assertArrayEquals(foreign, aside(KEY));
      } else {
        ReplicaException refused = assertThrows(ReplicaException.class, () -> ours.ship(session()));
        assertEquals(Kind.FOREIGN, refused.kind());
        assertTrue(refused.getMessage().contains(KEY.fileName()), refused.getMessage());
        assertArrayEquals(foreign, there(KEY));
      }
    }
  }

  @Test
  void aForeignEndBehindOurBeginningIsNoticed() throws Exception {
    assumeTrue(session().capabilities().reads() && session().capabilities().deletes());
    try (OurCopy ours = ours()) {
      byte[] foreign = ours.first(ours.boundary(4) + 100_000);
      Arrays.fill(foreign, (int) ours.boundary(4) + 50_000, foreign.length, (byte) 'x');
      put(KEY, foreign);
      ours.ship(session());
      assertArrayEquals(ours.all(), there(KEY));
      assertArrayEquals(foreign, aside(KEY));
    }
  }

  @Test
  void itGivesSignsOfLifeUntilItIsClosed() throws Exception {
    session().ping();
    session().close();
    session().close();
    ReplicaException ended = assertThrows(ReplicaException.class, () -> session().ping());
    assertEquals(Kind.LINK, ended.kind());
  }
}
