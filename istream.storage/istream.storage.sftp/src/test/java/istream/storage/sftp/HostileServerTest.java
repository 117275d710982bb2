// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.footage.StoreStatus;
import istream.api.replication.OurCopy;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import istream.api.replication.ReplicaFile;
import istream.api.replication.ReplicaSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that die, refuse, are full, or hold what is not ours. */
class HostileServerTest {
  private static final SegmentKey KEY =
      new SegmentKey("front", Instant.parse("2026-03-01T10:59:58.500Z"));

  @TempDir Path directory;

  private SshServer server;
  private SftpStorage storage;

  private void start(String path, String... configuration) throws IOException {
    server = SshServer.start(directory, configuration);
    TestLinks links = new TestLinks(server, directory);
    storage = new SftpStorage(links.settings(path), links, Clock.systemUTC(), List::of);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      storage.close();
      server.close();
    }
  }

  private Path file() {
    return server.home().resolve("footage").resolve(KEY.path());
  }

  private static int[] sizes(int count, int size) {
    int[] sizes = new int[count];
    Arrays.fill(sizes, size);
    return sizes;
  }

  @Test
  void killedInTheMidstItHoldsWholeUnitsAndIsCompleted() throws Exception {
    start("footage");
    try (OurCopy ours = new OurCopy(directory, KEY, sizes(60, 400_000))) {
      for (int round = 1; round <= 5; round++) {
        try (ReplicaSession session = storage.replica().connect();
            ReplicaFile there = session.open(KEY, ours.units(), ours.channel())) {
          long until = ours.boundary(round * 10);
          for (Fragment unit : ours.units()) {
            if (unit.offset() >= there.length()) {
              if (unit.offset() == until) {
                server.dropConnections();
              }
              there.append(unit, ours.channel());
              if (unit.offset() < until) {
                there.commit().await();
              }
            }
          }
          there.commit().await();
          fail("nobody answers any more");
        } catch (ReplicaException e) {
          assertEquals(Kind.LINK, e.kind(), e.getMessage());
        }
        assertTrue(holdsWholeUnits(ours, Files.readAllBytes(file())));
      }
      try (ReplicaSession session = storage.replica().connect()) {
        assertEquals(ours.all().length, ours.ship(session));
      }
      assertArrayEquals(ours.all(), Files.readAllBytes(file()));
    }
  }

  private static boolean holdsWholeUnits(OurCopy ours, byte[] there) {
    int playable = OurCopy.playable(there);
    return ours.units().stream().anyMatch(unit -> unit.offset() == playable)
        && Arrays.equals(ours.first(playable), Arrays.copyOf(there, playable));
  }

  @Test
  void aSilentServerIsGivenUp() throws Exception {
    start("footage");
    TestLinks links = new TestLinks(server, Files.createDirectories(directory.resolve("silent")));
    SftpReplicaStore store =
        new SftpReplicaStore(
            new Shared(links.settings("footage"), Clock.systemUTC()), links, () -> {});
    try (OurCopy ours = new OurCopy(directory, KEY, sizes(30, 400_000));
        ReplicaSession session = store.connect()) {
      ReplicaFile there = session.open(KEY, ours.units(), ours.channel());
      server.freeze();
      ReplicaException silent =
          assertThrows(
              ReplicaException.class,
              () -> {
                for (Fragment unit : ours.units()) {
                  there.append(unit, ours.channel());
                }
              });
      assertEquals(Kind.LINK, silent.kind());
      there.close();
    } finally {
      server.thaw();
    }
  }

  @Test
  void aReadOnlyServerSaysSo() throws Exception {
    start("footage", "ForceCommand internal-sftp -R -d " + directory.resolve("home"));
    ReplicaException refused =
        assertThrows(ReplicaException.class, () -> storage.replica().connect());
    assertEquals(Kind.REFUSED, refused.kind());
    for (String word : List.of("offsite", "127.0.0.1", "footage", "permission")) {
      assertTrue(refused.getMessage().contains(word), refused.getMessage());
    }
    assertEquals(StoreStatus.State.UNAVAILABLE, storage.footage().status().state());
    assertEquals(refused.getMessage(), storage.footage().status().lastError());
  }

  @Test
  void aDirectoryInPlaceOfAFileIsSetAside() throws Exception {
    start("footage");
    Files.createDirectories(file());
    try (OurCopy ours = new OurCopy(directory, KEY, 1_000);
        ReplicaSession session = storage.replica().connect()) {
      ours.ship(session);
      assertArrayEquals(ours.all(), Files.readAllBytes(file()));
    }
    assertTrue(storage.footage().status().lastError().contains(KEY.fileName()));
    assertEquals(StoreStatus.State.READY, storage.footage().status().state());
    try (Stream<Path> all = Files.list(file().getParent())) {
      assertTrue(all.anyMatch(it -> it.toString().contains(".foreign-") && Files.isDirectory(it)));
    }
  }

  @Test
  void aLinkIsNeverFollowed() throws Exception {
    start("footage");
    Path other = Files.writeString(directory.resolve("other"), "precious");
    Files.createDirectories(file().getParent());
    Files.createSymbolicLink(file(), other);
    try (OurCopy ours = new OurCopy(directory, KEY, 1_000);
        ReplicaSession session = storage.replica().connect()) {
      ours.ship(session);
      assertArrayEquals(ours.all(), Files.readAllBytes(file()));
      assertFalse(Files.isSymbolicLink(file()));
    }
    assertEquals("precious", Files.readString(other));
  }

  @Test
  void aLostMountIsNotWrittenBelow() throws Exception {
    start("footage");
    storage.replica().connect().close();
    Files.delete(server.home().resolve("footage"));
    ReplicaException refused =
        assertThrows(ReplicaException.class, () -> storage.replica().connect());
    assertEquals(Kind.REFUSED, refused.kind());
    assertFalse(Files.exists(server.home().resolve("footage")));
  }

  @Test
  void aFullDiskIsToldFromOtherFailures() throws Exception {
    Path disk = Files.createDirectories(directory.resolve("disk"));
    Peers.require("root".equals(System.getProperty("user.name")), "only root mounts a disk");
    SshServer.run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString());
    try (OurCopy ours = new OurCopy(directory, KEY, sizes(10, 400_000))) {
      start(disk.toString());
      try (ReplicaSession session = storage.replica().connect()) {
        ReplicaException full = assertThrows(ReplicaException.class, () -> ours.ship(session));
        assertEquals(Kind.FULL, full.kind(), full.getMessage());
        assertEquals(StoreStatus.State.FULL, storage.footage().status().state());
        Path part = disk.resolve(KEY.path() + ".part");
        assertTrue(holdsWholeUnits(ours, Files.readAllBytes(part)));
        assertFalse(Files.exists(disk.resolve(KEY.path())), "nothing was known to be there");
        SshServer.run("mount", "-o", "remount,size=20m", disk.toString());
        assertEquals(ours.all().length, ours.ship(session));
      }
      assertArrayEquals(ours.all(), Files.readAllBytes(disk.resolve(KEY.path())));
    } finally {
      server.stop();
      SshServer.run("umount", disk.toString());
    }
  }
}
