// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import java.io.IOException;
import java.util.OptionalLong;
import net.schmizz.sshj.sftp.FileAttributes;

/** Finds and removes single segments there. */
final class RemoteRemoval {
  private final Remote remote;
  private final Sftp sftp;

  RemoteRemoval(Remote remote) {
    this.remote = remote;
    sftp = remote.sftp();
  }

  /** Bytes of a segment; empty if there is none of that name. */
  OptionalLong size(SegmentKey key) throws ReplicaException {
    String path = remote.path(key);
    Reply reply = sftp.await(sftp.lstat(path));
    if (reply.isMissing()) {
      return OptionalLong.empty();
    } else if (!reply.isOk()) {
      throw remote.failure("reading", path, reply);
    }
    try {
      FileAttributes attributes = reply.attributes();
      return Reply.isFile(attributes)
          ? OptionalLong.of(attributes.getSize())
          : OptionalLong.empty();
    } catch (IOException e) {
      throw remote.broken(e);
    }
  }

  /** Removes a segment, and its directories if they are empty then; returns the bytes freed. */
  OptionalLong remove(SegmentKey key) throws ReplicaException {
    OptionalLong bytes = size(key);
    if (bytes.isEmpty()) {
      return bytes;
    }
    sftp.remove(remote.part(key));
    Pending removal = sftp.remove(remote.path(key));
    String hour = remote.hour(key.camera(), key.start());
    sftp.rmdir(hour);
    Pending last = sftp.rmdir(hour.substring(0, hour.lastIndexOf('/')));
    Reply removed = sftp.await(removal);
    sftp.await(last);
    if (removed.isOk()) {
      remote.state().isWell();
      return bytes;
    } else if (removed.isMissing()) {
      return OptionalLong.empty();
    }
    throw refused(key, removed);
  }

  private ReplicaException refused(SegmentKey key, Reply removed) {
    return remote
        .complaints()
        .refused(
            "deleting "
                + key.path()
                + " was refused: "
                + removed.words()
                + (removed.isDenied()
                    ? "; this account may not delete, so delete it on the server, or set no limit"
                    : "; look at the log of the server"));
  }
}
