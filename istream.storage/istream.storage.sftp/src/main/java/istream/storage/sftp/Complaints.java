// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import java.io.IOException;

/** Says what went wrong with a storage: which, where, why, and what to do. */
final class Complaints {
  private final SftpSettings settings;

  Complaints(SftpSettings settings) {
    this.settings = settings;
  }

  /** Names the storage and its server. */
  String on(String what) {
    return "storage " + settings.id() + " on " + settings.server().address() + ": " + what;
  }

  /** The connection is gone. */
  ReplicaException link(Throwable cause) {
    return new ReplicaException(
        Kind.LINK,
        on("the connection is lost: " + cause.getMessage() + "; it is made again by itself"),
        cause);
  }

  /** The connection is of no more use, because things there have changed. */
  ReplicaException again(String what) {
    return new ReplicaException(Kind.LINK, on(what + "; it is tried again by itself"), null);
  }

  /** The server said no. */
  ReplicaException refused(String doing, String path, Reply reply) {
    return new ReplicaException(
        Kind.REFUSED, on(doing + " " + path + " was refused: " + reason(reply)), null);
  }

  private String reason(Reply reply) {
    if (reply.isDenied()) {
      return "permission denied; let the account "
          + settings.server().user()
          + " write below "
          + settings.path()
          + ", or set another path";
    }
    if (reply.isMissing()) {
      return "there is no such directory; make it, or set another path";
    }
    return reply.words() + "; look at the disk, the quota and the log of the server";
  }

  /** What cannot go on as it is. */
  ReplicaException refused(String what) {
    return new ReplicaException(Kind.REFUSED, on(what), null);
  }

  /** There is no room. */
  ReplicaException full(String path) {
    return new ReplicaException(
        Kind.FULL,
        on(
            "it is full: there is no room for "
                + path
                + "; delete something there, or set a lower limit"),
        null);
  }

  /** A segment cannot be copied. */
  ReplicaException foreign(String what, Throwable cause) {
    return new ReplicaException(Kind.FOREIGN, on(what), cause);
  }

  /** Our own copy cannot be read: nothing is wrong with the replica. */
  ReplicaException unreadable(SegmentKey key, IOException e) {
    String what = "reading our copy of " + key.path() + " failed: " + e.getMessage();
    return foreign(what + "; check the disk here", e);
  }
}
