// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.FootageException;
import istream.api.footage.FootageSource;
import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.replication.Capabilities;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaFile;
import istream.api.replication.ReplicaSession;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Ships what waits of the live heads over one connection: sends of each, asks for a commit of each,
 * awaits the answers together, so that a round costs one round trip. Confined to a thread.
 */
final class Round {
  static final long FOREIGN_NANOS = TimeUnit.MINUTES.toNanos(5);

  private static final long MOST_BYTES = 1 << 20;
  private static final long LEAST_BYTES = 64 << 10;
  private static final long SOURCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int TRIES = 3;

  private final Books books;
  private final Pace pace;
  private final LongSupplier nanos;
  private final Supplier<List<Head>> mine;
  private final Rate rate = new Rate();
  private final Map<SegmentKey, Shipment> files = new HashMap<>();

  /**
   * Has no file open yet.
   *
   * @param mine the heads of this connection
   */
  Round(Books books, Pace pace, LongSupplier nanos, Supplier<List<Head>> mine) {
    this.mine = mine;
    this.books = books;
    this.pace = pace;
    this.nanos = nanos;
  }

  Rate rate() {
    return rate;
  }

  /** The connection is gone, or about to be. */
  void forgetFiles() {
    files.values().forEach(Shipment::close);
    files.clear();
    mine.get().forEach(Head::unload);
  }

  /** Closes files whose segments are live heads no longer. */
  void closeOthers() {
    files
        .entrySet()
        .removeIf(
            file -> {
              boolean over = !books.heads().holds(file.getKey());
              if (over) {
                file.getValue().close();
              }
              return over;
            });
  }

  /**
   * One round.
   *
   * @return whether there was anything to send or to commit
   */
  boolean run(FootageSource source, ReplicaSession session, List<Head> heads)
      throws ReplicaException {
    long begun = nanos.getAsLong();
    long bytes = 0;
    Map<Head, ReplicaFile.Receipt> receipts = new LinkedHashMap<>();
    for (Head head : heads) {
      bytes += send(source, session, head);
    }
    for (Head head : heads) {
      commit(session.capabilities(), head, receipts);
    }
    for (Map.Entry<Head, ReplicaFile.Receipt> receipt : receipts.entrySet()) {
      await(receipt.getKey(), receipt.getValue());
    }
    heads.forEach(this::finish);
    rate.sent(bytes, nanos.getAsLong() - begun);
    return bytes > 0 || !receipts.isEmpty();
  }

  private long send(FootageSource source, ReplicaSession session, Head head)
      throws ReplicaException {
    try {
      if (!head.loaded() && !open(source, session, head)) {
        return 0;
      }
      return append(head, files.get(head.key()));
    } catch (FootageException e) {
      lost(head, e);
    } catch (ReplicaException e) {
      refused(head, e);
    }
    return 0;
  }

  private boolean open(FootageSource source, ReplicaSession session, Head head)
      throws FootageException, ReplicaException {
    close(head.key());
    Shipment file = Shipment.open(source, session, head.key());
    files.put(head.key(), file);
    for (int i = 0; i < TRIES; i++) {
      // units may have been written while the file was being opened
      if (head.load(source.units(head.key()), file.length())) {
        return true;
      }
    }
    head.shorten();
    return head.load(source.units(head.key()), file.length());
  }

  private long append(Head head, Shipment file) throws ReplicaException {
    long bytes = 0;
    // what the link carries in half a second, so that the others need not wait for long
    long most = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, (long) rate.bytesPerSecond() / 2));
    while (bytes < most && pace.waitForLive() == 0) {
      Fragment unit = head.next().orElse(null);
      if (unit == null) {
        break;
      }
      if (unit.offset() == file.length()) {
        file.append(unit);
        pace.spend(unit.length());
        bytes += unit.length();
      }
      head.sent(unit);
    }
    return bytes;
  }

  private void commit(Capabilities can, Head head, Map<Head, ReplicaFile.Receipt> receipts)
      throws ReplicaException {
    Shipment file = files.get(head.key());
    if (file == null || !head.worthCommit(can.appends() ? 0 : can.groupBytes())) {
      return;
    }
    try {
      receipts.put(head, file.commit());
    } catch (ReplicaException e) {
      refused(head, e);
    }
  }

  private void await(Head head, ReplicaFile.Receipt receipt) throws ReplicaException {
    SegmentKey key = head.key();
    try {
      head.answered(receipt.await()).ifPresent(end -> books.risk().durable(key.camera(), end));
      books.alarms().clear(key);
    } catch (ReplicaException e) {
      refused(head, e);
    }
  }

  private void finish(Head head) {
    if (head.finished()) {
      close(head.key());
      books.confirm(head.key());
      books.heads().remove(head.key());
    }
  }

  private void close(SegmentKey key) {
    Shipment file = files.remove(key);
    if (file != null) {
      file.close();
    }
  }

  /** Our copy cannot be read. */
  private void lost(Head head, FootageException e) {
    close(head.key());
    if (e.retryable()) {
      head.pauseUntil(nanos.getAsLong() + SOURCE_NANOS);
    } else {
      books.forget(head.key());
    }
  }

  /** The server takes not this one; the others go on. */
  private void refused(Head head, ReplicaException e) throws ReplicaException {
    if (e.kind() == ReplicaException.Kind.LINK) {
      throw e;
    }
    close(head.key());
    boolean foreign = e.kind() == ReplicaException.Kind.FOREIGN;
    head.pauseUntil(nanos.getAsLong() + (foreign ? FOREIGN_NANOS : Backoff.REFUSED_NANOS));
    books.alarms().raise(head.key(), e.getMessage());
  }
}
