// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.replication.Capabilities;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaFile;
import istream.api.replication.ReplicaSession;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A connection to an SFTP server that footage is sent over. */
final class SftpSession implements ReplicaSession {
  private static final Duration ROOM_ASKED = Duration.ofSeconds(30);
  private static final int WORTH_LISTING = 3;

  private final Shared shared;
  private final Remote remote;
  private Instant roomAsked;

  SftpSession(Shared shared, Remote remote) {
    this.shared = shared;
    this.remote = remote;
    roomAsked = shared.clock().instant();
  }

  @Override
  public Capabilities capabilities() {
    return remote.account().capabilities();
  }

  @Override
  public Map<SegmentKey, Long> sizes(List<SegmentKey> keys) throws ReplicaException {
    if (keys.size() < WORTH_LISTING || !remote.account().lists()) {
      return ask(keys);
    }
    Map<SegmentKey, Long> there = new HashMap<>();
    SegmentKey first = keys.get(0);
    new Directory(remote)
        .segments(first.camera(), remote.hour(first.camera(), first.start()), there);
    there.keySet().retainAll(new HashSet<>(keys));
    return there;
  }

  private Map<SegmentKey, Long> ask(List<SegmentKey> keys) throws ReplicaException {
    Map<SegmentKey, Pending> asked = new LinkedHashMap<>();
    for (SegmentKey key : keys) {
      asked.put(key, remote.sftp().lstat(remote.path(key)));
    }
    Map<SegmentKey, Long> there = new HashMap<>();
    for (Map.Entry<SegmentKey, Pending> each : asked.entrySet()) {
      Reply reply = remote.sftp().await(each.getValue());
      if (reply.isOk()) {
        Reply.Entry entry = entry(reply);
        if (entry.isFile()) {
          there.put(each.getKey(), entry.attributes().getSize());
        }
      } else if (!reply.isMissing()) {
        throw remote.failure("reading", remote.path(each.getKey()), reply);
      }
    }
    return there;
  }

  private Reply.Entry entry(Reply reply) throws ReplicaException {
    try {
      return new Reply.Entry("", reply.attributes());
    } catch (IOException e) {
      throw remote.broken(e);
    }
  }

  @Override
  public ReplicaFile open(SegmentKey key, List<Fragment> units, SeekableByteChannel bytes)
      throws ReplicaException {
    RemoteOpening opening = new RemoteOpening(shared, remote, key);
    try {
      return opening.open(units, bytes);
    } catch (IOException e) {
      throw shared.state().failed(remote.complaints().unreadable(key, e));
    }
  }

  @Override
  public void ping() throws ReplicaException {
    Instant now = shared.clock().instant();
    if (now.isAfter(roomAsked.plus(ROOM_ASKED)) || now.isBefore(roomAsked)) {
      roomAsked = now;
      remote.askForRoom();
    }
    remote.sftp().await(remote.sftp().realpath("."));
  }

  @Override
  public void close() {
    remote.close();
  }
}
