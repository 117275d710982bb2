// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.FootageListener;
import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import istream.api.replication.Replication;
import istream.api.replication.ReplicationStatus;
import istream.api.replication.ReplicationStatus.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/** The replication of a storage to one replica: takes what is announced, says how it goes. */
final class Replica implements Replication, FootageListener {
  private static final long JOIN_MILLIS = 3000;

  private final String id;
  private final Origin origin;
  private final Books books;
  private final Backlog backlog;
  private final Lanes lanes;
  private final Worker worker;

  /** Starts nothing. */
  Replica(
      String id, Origin origin, Books books, Backlog backlog, Lanes lanes, ThreadFactory threads) {
    this.id = id;
    this.origin = origin;
    this.books = books;
    this.backlog = backlog;
    this.lanes = lanes;
    worker = new Worker("istream-replica-" + id, threads, this::step);
  }

  void start() {
    load();
    worker.start();
  }

  /** Reads what is kept over a restart. */
  void load() {
    books.horizon().load();
  }

  /** What the thread does. */
  long step() {
    return lanes.step();
  }

  /** The source came, or came back: what it announced meanwhile is looked up. */
  void sourceChanged() {
    backlog.review(false);
    wake();
  }

  /** What the second thread does, while there is backlog. */
  long backlogStep() {
    return lanes.backlogStep();
  }

  /** Something may be possible that was not. */
  void wake() {
    worker.wake();
  }

  /** Breaks off what is under way. */
  void close() throws InterruptedException {
    worker.end();
    lanes.close();
    worker.join(JOIN_MILLIS);
    books.horizon().save();
  }

  @Override
  public void written(String storage, SegmentKey key, Fragment fragment) {
    if (storage.equals(origin.id())) {
      books.heads().written(key, fragment);
      if (fragment.kind() == Unit.Kind.FRAGMENT) {
        books.risk().written(key.camera(), fragment.end());
      }
      wake();
    }
  }

  @Override
  public void durable(String storage, SegmentKey key, Fragment fragment) {
    // what is off-site survives a power cut here all the more: it was shipped when it was written
  }

  @Override
  public void closed(String storage, SegmentKey key, long bytes) {
    if (storage.equals(origin.id())) {
      if (!books.heads().closed(key, bytes)) {
        books.ledger().recount(key);
      }
      wake();
    }
  }

  @Override
  public void deleted(String storage, SegmentKey key) {
    if (storage.equals(id)) {
      books.horizon().raise(key);
    } else if (storage.equals(origin.id())) {
      books.forget(key);
      backlog.forget(key);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ReplicationStatus status() {
    Set<String> cameras = books.risk().cameras();
    cameras.addAll(books.ledger().cameras());
    List<Progress> progress = new ArrayList<>();
    cameras.forEach(camera -> progress.add(progress(camera)));
    return new ReplicationStatus(id, origin.id(), lanes.connected(), problem(), progress);
  }

  private Progress progress(String camera) {
    return new Progress(
        camera,
        books.risk().durableUntil(camera),
        books.risk().of(camera),
        books.ledger().missingBytes(camera) + books.heads().missingBytes(camera),
        books.ledger().counted(camera));
  }

  private String problem() {
    String problem = origin.problem();
    return problem.isEmpty() ? books.alarms().first() : problem;
  }

  @Override
  public boolean confirmed(SegmentKey key) {
    return !books.heads().holds(key) && books.ledger().confirmed(key);
  }

  @Override
  public Instant nextConfirmed(String camera, Instant from) {
    return books.ledger().nextConfirmed(camera, from);
  }
}
