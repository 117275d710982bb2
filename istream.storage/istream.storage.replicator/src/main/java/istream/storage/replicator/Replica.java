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

/** The replication of a storage to one replica: takes what is announced, says how it goes. */
final class Replica implements Replication, FootageListener {
  private static final long JOIN_MILLIS = 3000;

  private final String id;
  private final Origin origin;
  private final Books books;
  private final Backlog backlog;
  private final Lanes lanes;
  private final Worker worker;

  /**
   * Starts nothing.
   *
   * @param worker takes the steps of the first connection
   */
  Replica(String id, Origin origin, Books books, Backlog backlog, Lanes lanes, Worker worker) {
    this.id = id;
    this.origin = origin;
    this.books = books;
    this.backlog = backlog;
    this.lanes = lanes;
    this.worker = worker;
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
    return worker.step();
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

  /** What the threads of further live connections do. */
  void furtherStep() {
    lanes.furtherStep();
  }

  /** Something may be possible that was not. */
  void wake() {
    worker.wake();
    lanes.wake();
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
    boolean done = books.ledger().confirmed(key) || books.horizon().covers(key);
    return done && !books.heads().holds(key);
  }

  @Override
  public Instant nextConfirmed(String camera, Instant from) {
    return books.horizon().reaches(camera, from)
        ? from
        : books.ledger().nextConfirmed(camera, from);
  }
}
