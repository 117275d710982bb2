// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.ReplicaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A range of bytes that is read there and compared with ours. */
final class Comparison {
  /** How they compare. */
  enum Result {
    SAME,
    /** Theirs has zeros where ours has something: never written. */
    TORN,
    OTHER
  }

  private static final int CHUNK = 32 << 10;

  private final Remote remote;
  private final byte[] handle;
  private final long offset;
  private final int length;
  private final List<Pending> reads = new ArrayList<>();

  /** Asks for the bytes there. */
  Comparison(Remote remote, byte[] handle, long offset, int length) throws ReplicaException {
    this.remote = remote;
    this.handle = handle;
    this.offset = offset;
    this.length = length;
    for (int at = 0; at < length; at += CHUNK) {
      reads.add(remote.sftp().read(handle, offset + at, Math.min(CHUNK, length - at)));
    }
  }

  /** Whether the server refuses to be read. */
  boolean isDenied() throws ReplicaException {
    return !reads.isEmpty() && remote.sftp().await(reads.get(0)).isDenied();
  }

  /** Compares with ours; to be called once. */
  Result with(SeekableByteChannel bytes) throws ReplicaException, IOException {
    Result result = Result.SAME;
    for (int i = 0; i < reads.size() && result != Result.OTHER; i++) {
      int at = i * CHUNK;
      byte[] ours = new byte[Math.min(CHUNK, length - at)];
      Sftp.fill(bytes, offset + at, ByteBuffer.wrap(ours));
      Result chunk = compare(ours, theirs(reads.get(i), offset + at, ours.length));
      result = chunk.compareTo(result) > 0 ? chunk : result;
    }
    return result;
  }

  /** A server may answer with fewer bytes than it was asked for. */
  private byte[] theirs(Pending read, long from, int wanted) throws ReplicaException {
    byte[] theirs = data(read);
    while (theirs.length < wanted) {
      int have = theirs.length;
      byte[] more = data(remote.sftp().read(handle, from + have, wanted - have));
      theirs = Arrays.copyOf(theirs, have + more.length);
      System.arraycopy(more, 0, theirs, have, more.length);
    }
    return theirs;
  }

  private byte[] data(Pending read) throws ReplicaException {
    Reply reply = remote.sftp().await(read);
    if (!reply.isOk()) {
      throw remote.complaints().again("reading back failed: " + reply.words());
    }
    try {
      byte[] data = reply.bytes();
      if (data.length == 0) {
        throw new IOException("an answer without the bytes that were asked for");
      }
      return data;
    } catch (IOException e) {
      throw remote.broken(e);
    }
  }

  private static Result compare(byte[] ours, byte[] theirs) {
    int at = Arrays.mismatch(ours, theirs);
    if (at < 0) {
      return Result.SAME;
    }
    for (; at < ours.length; at++) {
      if (theirs[at] != ours[at] && theirs[at] != 0) {
        return Result.OTHER;
      }
    }
    return Result.TORN;
  }
}
