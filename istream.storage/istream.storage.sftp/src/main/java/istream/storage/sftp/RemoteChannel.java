// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import net.schmizz.sshj.sftp.OpenMode;

/**
 * Reads a segment there, some ahead of what was asked for. It may be kept open for long: what it
 * has open on the server goes with the connection, and is opened again.
 */
final class RemoteChannel implements SeekableByteChannel {
  private static final int PIECE = 32 << 10;
  private static final int AHEAD = 8;

  private final SharedRemote remote;
  private final SegmentKey key;
  private final long size;
  private ByteBuffer ahead = ByteBuffer.allocate(0);
  private long position;
  private boolean open = true;

  /**
   * Makes one.
   *
   * @param size where it ends
   */
  RemoteChannel(SharedRemote remote, SegmentKey key, long size) {
    this.remote = remote;
    this.key = key;
    this.size = size;
  }

  @Override
  public synchronized int read(ByteBuffer into) throws IOException {
    requireOpen();
    if (position >= size) {
      return -1;
    }
    if (!ahead.hasRemaining()) {
      fetch();
    }
    int count = Math.min(into.remaining(), ahead.remaining());
    ByteBuffer some = ahead.slice(ahead.position(), count);
    into.put(some);
    ahead.position(ahead.position() + count);
    position += count;
    return count;
  }

  private void fetch() throws IOException {
    try {
      byte[] bytes = remote.use(this::fetch);
      if (bytes.length == 0) {
        throw new IOException(key.path() + " ends at " + position + " there");
      }
      ahead = ByteBuffer.wrap(bytes);
    } catch (ReplicaException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private byte[] fetch(Remote there) throws ReplicaException {
    Sftp sftp = there.sftp();
    String path = there.path(key);
    Reply opened = sftp.await(sftp.open(path, OpenMode.READ));
    if (!opened.isOk()) {
      throw there.failure("reading", path, opened);
    }
    try {
      byte[] handle = opened.bytes();
      byte[] bytes = fetch(sftp, handle);
      sftp.close(handle);
      return bytes;
    } catch (IOException e) {
      throw there.broken(e);
    }
  }

  /** Ends with the first answer that is shorter than it was asked for. */
  private byte[] fetch(Sftp sftp, byte[] handle) throws ReplicaException, IOException {
    int wanted = (int) Math.min((long) PIECE * AHEAD, size - position);
    Deque<Pending> reads = new ArrayDeque<>();
    for (int at = 0; at < wanted; at += PIECE) {
      reads.add(sftp.read(handle, position + at, Math.min(PIECE, wanted - at)));
    }
    ByteBuffer bytes = ByteBuffer.allocate(wanted);
    boolean more = true;
    for (Pending read : reads) {
      Reply reply = sftp.await(read);
      if (more && reply.isOk()) {
        byte[] piece = reply.bytes();
        bytes.put(piece);
        more = piece.length == PIECE;
      } else if (more && !reply.isEnd()) {
        throw new IOException("reading " + key.path() + " failed: " + reply.words());
      } else {
        more = false;
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private void requireOpen() throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public synchronized long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public synchronized SeekableByteChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("before its beginning: " + newPosition);
    }
    long here = ahead.position() + newPosition - position;
    if (here >= 0 && here <= ahead.limit()) {
      ahead.position((int) here);
    } else {
      ahead = ByteBuffer.allocate(0);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return size;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public void close() {
    open = false;
  }
}
