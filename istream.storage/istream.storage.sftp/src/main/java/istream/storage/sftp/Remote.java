// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/** A storage as it is seen over one connection. Confined to one thread, but for {@link #close}. */
final class Remote implements AutoCloseable {
  private static final String PART = ".part";
  private static final long READ_ONLY = 1;
  private static final long ROOM = 1 << 20;

  private final SftpSettings settings;
  private final Sftp sftp;
  private final Complaints complaints;
  private final StoreState state;
  private Account account;

  private Remote(SftpSettings settings, Link link, StoreState state) {
    this.settings = settings;
    this.state = state;
    complaints = new Complaints(settings);
    sftp = new Sftp(new Pipeline(link, complaints));
  }

  /** Connects, makes sure of the directory, and tries what may be done there. */
  static Remote connect(SftpSettings settings, Links links, StoreState state)
      throws ReplicaException {
    try {
      Remote remote = new Remote(settings, links.open(), state);
      try {
        remote.requireBase();
        remote.account = Account.of(remote.sftp, settings.path());
        state.isWell();
        remote.askForRoom();
        return remote;
      } catch (ReplicaException e) {
        remote.close();
        throw e;
      }
    } catch (ReplicaException e) {
      throw state.failed(e);
    }
  }

  private void requireBase() throws ReplicaException {
    String base = settings.path();
    Reply reply = sftp.await(sftp.stat(base));
    if (reply.isMissing() && state.isSeen()) {
      // made again, it would hide that a disk is not mounted
      throw complaints.refused(
          base + " was there and is gone; mount its disk there, or restart istream to make it");
    }
    if (reply.isMissing()) {
      Reply made = sftp.await(makeDirectories(base));
      reply = sftp.await(sftp.stat(base));
      if (!reply.isOk()) {
        throw failure("making", base, made);
      }
    }
    try {
      if (!reply.isOk()) {
        throw failure("reading", base, reply);
      } else if (!new Reply.Entry("", reply.attributes()).isDirectory()) {
        throw complaints.refused(base + " is no directory there; set another path");
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Makes a directory and those above it; returns the answer to the last, which may be there. */
  Pending makeDirectories(String path) throws ReplicaException {
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      makeDirectories(path.substring(0, slash));
    }
    return sftp.mkdir(path);
  }

  /** Makes the directories of a segment, below the storage's. */
  void makeDirectories(SegmentKey key) throws ReplicaException {
    String path = settings.path();
    for (String name : Arrays.asList(key.path().split("/")).subList(0, 3)) {
      path = path + "/" + name;
      sftp.mkdir(path);
    }
  }

  Sftp sftp() {
    return sftp;
  }

  Account account() {
    return account;
  }

  StoreState state() {
    return state;
  }

  Complaints complaints() {
    return complaints;
  }

  /** Most bytes to write with one request. */
  int pieceBytes() {
    return Math.min(account.mostBytes(), sftp.pipeline().pieceBytes());
  }

  String base() {
    return settings.path();
  }

  /** Where a segment lies. */
  String path(SegmentKey key) {
    return settings.path() + "/" + key.path();
  }

  /** Where a segment lies while it has no fragment. */
  String part(SegmentKey key) {
    return path(key) + PART;
  }

  /** The directory of the segments of a camera that begin in an hour. */
  String hour(String camera, Instant hour) {
    String path = path(new SegmentKey(camera, hour));
    return path.substring(0, path.lastIndexOf('/'));
  }

  /** Finds out why something failed: OpenSSH calls a full disk a failure like any other. */
  ReplicaException failure(String doing, String path, Reply reply) {
    try {
      if (reply.isDenied() || reply.isMissing()) {
        return state.failed(complaints.refused(doing, path, reply));
      }
      Space space = askForRoom();
      if (space.readOnly) {
        return state.failed(
            complaints.refused("the file system of " + path + " is read-only; mount it writable"));
      }
      return state.failed(
          reply.saysFull() || space.free < ROOM || space.files == 0
              ? complaints.full(path)
              : complaints.refused(doing, path, reply));
    } catch (ReplicaException e) {
      return e;
    }
  }

  /** Asks how much room there is, and notes it. */
  Space askForRoom() throws ReplicaException {
    if (!sftp.pipeline().offers("statvfs")) {
      return new Space(Long.MAX_VALUE, -1, false);
    }
    Reply reply = sftp.await(sftp.statvfs(settings.path()));
    if (!reply.isOk()) {
      return new Space(Long.MAX_VALUE, -1, false);
    }
    try {
      Space space = Space.of(reply);
      state.free(space.free);
      return space;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The server says nonsense. */
  ReplicaException broken(IOException e) {
    return state.failed(sftp.pipeline().broken(e));
  }

  @Override
  public void close() {
    sftp.close();
  }

  /** How much room there is. */
  record Space(long free, long files, boolean readOnly) {
    private static Space of(Reply reply) throws IOException {
      reply.number();
      final long size = reply.number();
      reply.number();
      reply.number();
      final long available = reply.number();
      final long allFiles = reply.number();
      reply.number();
      final long files = reply.number();
      reply.number();
      final long flags = reply.number();
      // file systems that make files as needed have none to count
      return new Space(
          Math.max(0, size * available), allFiles == 0 ? -1 : files, (flags & READ_ONLY) != 0);
    }
  }
}
