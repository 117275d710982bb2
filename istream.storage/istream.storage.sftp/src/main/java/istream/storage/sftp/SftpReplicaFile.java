// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Set;
import java.util.TreeSet;

/** A segment that is being sent. The head of each unit goes last. */
final class SftpReplicaFile implements ReplicaFile {
  private static final int BOX_HEADER = 8;

  private final Shared shared;
  private final Remote remote;
  private final SegmentKey key;
  private final byte[] handle;
  private final boolean inOrder;
  private final Set<Long> torn = new TreeSet<>();
  private boolean part;
  private boolean hasFragment;
  private long length;
  private long size;
  private Pending newest;
  private Reply failure;

  /**
   * What lies there.
   *
   * @param length where to go on
   * @param size bytes that are there
   * @param inOrder whether the server does nothing but add to the end
   */
  record Start(long length, long size, boolean inOrder) {}

  /**
   * Makes one.
   *
   * @param part whether it bears another name until it has a fragment
   */
  SftpReplicaFile(
      Shared shared, Remote remote, SegmentKey key, byte[] handle, boolean part, Start start) {
    this.shared = shared;
    this.remote = remote;
    this.key = key;
    this.handle = handle;
    this.part = part;
    length = start.length();
    size = start.size();
    inOrder = start.inOrder();
  }

  @Override
  public SegmentKey key() {
    return key;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void append(Fragment unit, SeekableByteChannel bytes) throws ReplicaException {
    if (unit.offset() != length) {
      throw new IllegalArgumentException("not at its end: " + unit);
    }
    check();
    try {
      send(unit, bytes);
    } catch (IOException e) {
      throw remote.complaints().unreadable(key, e);
    }
    length += unit.length();
    hasFragment |= unit.kind() == Unit.Kind.FRAGMENT;
    if (length > size) {
      shared.index().grew(key, length - size);
      size = length;
    }
    shared.shipments().sent(key, unit);
  }

  private void send(Fragment unit, SeekableByteChannel bytes) throws ReplicaException, IOException {
    long end = unit.offset() + unit.length();
    if (inOrder) {
      send(unit, bytes, Math.max(unit.offset(), size), end);
      return;
    }
    long rest = Math.min(end, unit.offset() + Resumption.HEAD);
    send(unit, bytes, rest, end);
    send(unit, bytes, unit.offset(), rest);
  }

  private void send(Fragment unit, SeekableByteChannel bytes, long from, long to)
      throws ReplicaException, IOException {
    int piece;
    for (long at = from; at < to; at += piece) {
      piece = (int) Math.min(remote.pieceBytes(), to - at);
      newest =
          remote.sftp().write(handle, bytes, at, piece, reply -> written(unit.offset(), reply));
    }
  }

  private void written(long offset, Reply reply) {
    if (!reply.isOk()) {
      shared.state().doubt(key, offset);
      torn.add(offset);
      fail(reply);
    }
  }

  private void fail(Reply reply) {
    if (failure == null) {
      failure = reply;
    }
  }

  private void check() throws ReplicaException {
    if (failure != null) {
      blankHeads();
      throw remote.failure("writing", remote.path(key), failure);
    }
  }

  /** Where there was no room for a unit's rest there may have been some for its head. */
  private void blankHeads() throws ReplicaException {
    if (!inOrder) {
      for (long offset : torn) {
        remote.sftp().blank(handle, offset, BOX_HEADER);
      }
    }
    torn.clear();
  }

  @Override
  public Receipt commit() throws ReplicaException {
    check();
    if (remote.account().syncs()) {
      newest = remote.sftp().fsync(handle, this::synced);
    }
    Pending answer = newest;
    long committed = length;
    boolean footage = hasFragment;
    return () -> await(answer, committed, footage);
  }

  private void synced(Reply reply) {
    if (!reply.isOk()) {
      fail(reply);
    }
  }

  private long await(Pending answer, long committed, boolean footage) throws ReplicaException {
    if (answer != null) {
      remote.sftp().await(answer);
    }
    check();
    if (part && footage) {
      name();
    }
    shared.state().trust(key);
    shared.state().isWell();
    shared.shipments().committed(key, committed);
    return committed;
  }

  /**
   * It gets its name once what is in it is known to be there: a full disk leaves no empty files.
   */
  private void name() throws ReplicaException {
    Reply renamed = remote.sftp().await(rename());
    if (!renamed.isOk()) {
      // it keeps its other name: the next connection finds out what is there now
      Reply there = remote.sftp().await(remote.sftp().lstat(remote.path(key)));
      if (!there.isOk() || renamed.isDenied()) {
        shared.state().refuseRenaming();
      }
      ReplicaException again =
          remote.complaints().again("renaming " + remote.part(key) + " failed: " + renamed.words());
      remote.close();
      throw again;
    }
    part = false;
  }

  private Pending rename() throws ReplicaException {
    return remote.sftp().rename(remote.part(key), remote.path(key), reply -> {});
  }

  @Override
  public void close() {
    shared.shipments().end(key);
    try {
      if (!remote.sftp().pipeline().isBroken()) {
        remote.sftp().close(handle);
      }
    } catch (ReplicaException e) {
      // it is closed with the connection
      remote.close();
    }
  }
}
