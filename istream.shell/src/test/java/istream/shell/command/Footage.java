// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.footage.FootageException;
import istream.api.footage.FootageStore;
import istream.api.footage.Gap;
import istream.api.footage.GapCause;
import istream.api.footage.GapLedger;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import istream.api.footage.StoreStatus;
import istream.api.recording.CameraRecorder;
import istream.api.recording.RecorderState;
import istream.api.recording.RecorderStatus;
import istream.api.replication.ReplicaSession;
import istream.api.replication.ReplicaStore;
import istream.api.replication.ReplicaTerms;
import istream.api.replication.Replication;
import istream.api.replication.ReplicationStatus;
import istream.api.replication.ReplicationStatus.Progress;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Cameras, storages and ledgers as other bundles would offer them. */
final class Footage {
  private Footage() {}

  static CameraRecorder camera(RecorderStatus status) {
    return new CameraRecorder() {
      @Override
      public String id() {
        return status.camera();
      }

      @Override
      public RecorderStatus status() {
        return status;
      }
    };
  }

  static RecorderStatus recording(String id, Instant now) {
    return new RecorderStatus(
        id,
        RecorderState.RECORDING,
        "",
        now.minusSeconds(7500),
        4_120_000,
        25,
        Optional.of(now),
        Optional.of(now.minusMillis(840)),
        List.of("audio is left out: G.726"));
  }

  static RecorderStatus in(RecorderState state, String id, String reason, Instant now) {
    return new RecorderStatus(
        id,
        state,
        reason,
        now.minusSeconds(42),
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  static Segment segment(String camera, String start, String storage, boolean open) {
    SegmentKey key = new SegmentKey(camera, Instant.parse(start));
    return new Segment(
        key, storage, Duration.ofMillis(60_040), 30_000_000, open, "/f/" + key.path());
  }

  static Gap gap(String camera, Instant from, Optional<Instant> to) {
    return new Gap(camera, from, to, GapCause.NETWORK, "no route to host");
  }

  static Gap loss(String camera, Instant from, Optional<Instant> to, String replica) {
    return new Gap(camera, from, to, GapCause.NETWORK, "deleted here to make room", replica);
  }

  static Replication replication(String id, String problem, Progress... cameras) {
    ReplicationStatus status =
        new ReplicationStatus(id, "archive", problem.isEmpty(), problem, List.of(cameras));
    return new Replication() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public ReplicationStatus status() {
        return status;
      }

      @Override
      public boolean confirmed(SegmentKey key) {
        return false;
      }

      @Override
      public Instant nextConfirmed(String camera, Instant from) {
        return Instant.MAX;
      }
    };
  }

  static ReplicaStore replica(String id) {
    return new ReplicaStore() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public ReplicaTerms terms() {
        return new ReplicaTerms("", true, OptionalLong.empty(), 1);
      }

      @Override
      public ReplicaSession connect() {
        throw new UnsupportedOperationException("commands ship nothing");
      }
    };
  }

  static GapLedger ledger(Gap... gaps) {
    return new Ledger(List.of(gaps), false);
  }

  static GapLedger unreadableLedger() {
    return new Ledger(List.of(), true);
  }

  static FootageStore store(String id, Segment... segments) {
    return new Store(id, List.of(segments), false);
  }

  static FootageStore unreadableStore(String id) {
    return new Store(id, List.of(), true);
  }

  private record Ledger(List<Gap> all, boolean broken) implements GapLedger {
    @Override
    public void record(Gap gap) {
      throw new UnsupportedOperationException("commands write no gaps");
    }

    @Override
    public List<Gap> gaps(SegmentQuery query) throws FootageException {
      if (broken) {
        throw new FootageException("archive: gaps.jsonl cannot be read", true, null);
      }
      return all.stream()
          .filter(gap -> query.camera().isEmpty() || query.camera().equals(gap.camera()))
          .filter(gap -> gap.from().isBefore(query.to()))
          .filter(gap -> gap.to().map(query.from()::isBefore).orElse(true))
          .toList();
    }
  }

  private record Store(String id, List<Segment> all, boolean broken) implements FootageStore {
    @Override
    public StoreStatus status() {
      return new StoreStatus(
          id,
          "local",
          broken ? StoreStatus.State.UNAVAILABLE : StoreStatus.State.READY,
          broken ? OptionalLong.empty() : OptionalLong.of(1_400_000_000),
          broken ? OptionalLong.empty() : OptionalLong.of(52_000_000_000L),
          0,
          broken ? id + ": the volume is missing; mount it" : "");
    }

    @Override
    public Stream<Segment> list(SegmentQuery query) throws FootageException {
      if (broken) {
        throw new FootageException(id + ": the volume is missing; mount it", true, null);
      }
      return all.stream()
          .filter(s -> query.camera().isEmpty() || query.camera().equals(s.key().camera()))
          .filter(s -> s.end().isAfter(query.from()) && s.key().start().isBefore(query.to()));
    }

    @Override
    public SeekableByteChannel open(SegmentKey key) {
      throw new UnsupportedOperationException("commands read no footage");
    }

    @Override
    public long delete(SegmentKey key) {
      throw new UnsupportedOperationException("commands delete by policies only");
    }

    @Override
    public long usedBytes(String camera) {
      throw new UnsupportedOperationException("commands read the status");
    }
  }
}
