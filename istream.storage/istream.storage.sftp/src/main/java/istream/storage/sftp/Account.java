// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.Capabilities;
import istream.api.replication.ReplicaException;
import java.io.IOException;

/** What the server lets our account do, as it was tried. Confined to its connection's thread. */
final class Account {
  private static final String NOWHERE = "/.istream-no-such-file";

  private final boolean lists;
  private final boolean removes;
  private final boolean renames;
  private final boolean syncs;
  private final int mostBytes;
  private boolean reads;

  private Account(Sftp sftp, String base) throws ReplicaException {
    // each of them fails, but says first whether it is allowed at all
    byte[] nothing = {};
    Pending list = sftp.opendir(base);
    Pending read = sftp.read(nothing, 0, 1);
    Pending remove = sftp.remove(base + NOWHERE);
    Pending rename = sftp.rename(base + NOWHERE, base + NOWHERE + "-either", reply -> {});
    boolean offersSync = sftp.pipeline().offers("fsync");
    Pending sync = offersSync ? sftp.fsync(nothing, reply -> {}) : null;
    mostBytes = mostBytes(sftp);
    lists = allowed(sftp, list);
    reads = allowed(sftp, read);
    removes = allowed(sftp, remove);
    renames = allowed(sftp, rename);
    syncs = sync != null && allowed(sftp, sync);
    closeListing(sftp, list);
  }

  /** Tries what it may do. */
  static Account of(Sftp sftp, String base) throws ReplicaException {
    return new Account(sftp, base);
  }

  private static boolean allowed(Sftp sftp, Pending pending) throws ReplicaException {
    return !sftp.await(pending).isDenied();
  }

  private static void closeListing(Sftp sftp, Pending list) throws ReplicaException {
    try {
      if (list.reply().isOk()) {
        sftp.close(list.reply().bytes());
      }
    } catch (IOException e) {
      throw sftp.pipeline().broken(e);
    }
  }

  private static int mostBytes(Sftp sftp) throws ReplicaException {
    if (!sftp.pipeline().offers("limits")) {
      return Pace.LEAST;
    }
    Reply limits = sftp.await(sftp.limits());
    if (!limits.isOk()) {
      return Pace.LEAST;
    }
    try {
      limits.number();
      limits.number();
      long most = limits.number();
      return most == 0 ? Pace.MOST : (int) Math.min(Pace.MOST, most);
    } catch (IOException e) {
      throw sftp.pipeline().broken(e);
    }
  }

  Capabilities capabilities() {
    return new Capabilities(true, reads, lists, removes && renames, syncs, 0);
  }

  boolean lists() {
    return lists;
  }

  boolean reads() {
    return reads;
  }

  /** Reading turned out to be refused. */
  void readsNot() {
    reads = false;
  }

  boolean renames() {
    return renames;
  }

  boolean syncs() {
    return syncs;
  }

  /** Most bytes that one write may carry. */
  int mostBytes() {
    return mostBytes;
  }
}
