// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists directories there. */
final class Directory {
  private static final int AHEAD = 4;

  private final Remote remote;

  Directory(Remote remote) {
    this.remote = remote;
  }

  /** Adds the segments of a camera in a directory with their sizes; none if it is not there. */
  void segments(String camera, String path, Map<SegmentKey, Long> into) throws ReplicaException {
    for (Reply.Entry entry : entries(path)) {
      Optional<SegmentKey> key = SegmentKey.parse(entry.name());
      if (key.isPresent() && key.get().camera().equals(camera) && entry.isFile()) {
        into.put(key.get(), entry.attributes().getSize());
      }
    }
  }

  /** Names of the directories in a directory, sorted; none if it is not there. */
  List<String> directories(String path) throws ReplicaException {
    return entries(path).stream()
        .filter(Reply.Entry::isDirectory)
        .map(Reply.Entry::name)
        .filter(name -> !name.startsWith("."))
        .sorted()
        .toList();
  }

  private List<Reply.Entry> entries(String path) throws ReplicaException {
    Sftp sftp = remote.sftp();
    Reply opened = sftp.await(sftp.opendir(path));
    if (opened.isMissing()) {
      return List.of();
    } else if (!opened.isOk()) {
      throw remote.failure("listing", path, opened);
    }
    try {
      byte[] handle = opened.bytes();
      List<Reply.Entry> entries = read(path, handle);
      sftp.close(handle);
      return entries;
    } catch (IOException e) {
      throw remote.broken(e);
    }
  }

  private List<Reply.Entry> read(String path, byte[] handle) throws ReplicaException, IOException {
    Sftp sftp = remote.sftp();
    List<Reply.Entry> entries = new ArrayList<>();
    Deque<Pending> ahead = new ArrayDeque<>();
    for (int i = 0; i < AHEAD; i++) {
      ahead.add(sftp.readdir(handle));
    }
    while (true) {
      Reply reply = sftp.await(ahead.remove());
      if (reply.isEnd()) {
        return entries;
      } else if (!reply.isOk()) {
        throw remote.failure("listing", path, reply);
      }
      entries.addAll(reply.entries());
      ahead.add(sftp.readdir(handle));
    }
  }
}
