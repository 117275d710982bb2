// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.ReplicaException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.EnumSet;
import java.util.function.Consumer;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.PacketType;
import net.schmizz.sshj.sftp.Request;

/** The requests of SFTP that we use. Each returns at once, and is answered later. */
final class Sftp implements AutoCloseable {
  private static final int HEADER = 64;

  private final Pipeline pipeline;

  Sftp(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /** Waits for an answer. */
  Reply await(Pending pending) throws ReplicaException {
    return pipeline.await(pending);
  }

  Pending lstat(String path) throws ReplicaException {
    return ask(PacketType.LSTAT, path);
  }

  Pending stat(String path) throws ReplicaException {
    return ask(PacketType.STAT, path);
  }

  Pending realpath(String path) throws ReplicaException {
    return ask(PacketType.REALPATH, path);
  }

  Pending mkdir(String path) throws ReplicaException {
    Request request = pipeline.request(PacketType.MKDIR);
    request.putString(path);
    request.putFileAttributes(FileAttributes.EMPTY);
    return send(request);
  }

  Pending rmdir(String path) throws ReplicaException {
    return ask(PacketType.RMDIR, path);
  }

  Pending remove(String path) throws ReplicaException {
    return ask(PacketType.REMOVE, path);
  }

  /** Renames; fails if the new name is taken. */
  Pending rename(String from, String to, Consumer<Reply> then) throws ReplicaException {
    Request request = pipeline.request(PacketType.RENAME);
    request.putString(from);
    request.putString(to);
    return pipeline.send(request, 0, then);
  }

  Pending open(String path, OpenMode... modes) throws ReplicaException {
    int mask = 0;
    for (OpenMode mode : modes) {
      mask |= OpenMode.toMask(EnumSet.of(mode));
    }
    Request request = pipeline.request(PacketType.OPEN);
    request.putString(path);
    request.putUInt32(mask);
    request.putFileAttributes(FileAttributes.EMPTY);
    return send(request);
  }

  Pending opendir(String path) throws ReplicaException {
    return ask(PacketType.OPENDIR, path);
  }

  Pending readdir(byte[] handle) throws ReplicaException {
    return ask(PacketType.READDIR, handle);
  }

  Pending close(byte[] handle) throws ReplicaException {
    return ask(PacketType.CLOSE, handle);
  }

  Pending read(byte[] handle, long offset, int length) throws ReplicaException {
    Request request = pipeline.request(PacketType.READ);
    request.putString(handle);
    request.putUInt64(offset);
    request.putUInt32(length);
    return send(request);
  }

  /**
   * Writes bytes of ours to the same place there.
   *
   * @throws IOException if ours cannot be read
   */
  Pending write(
      byte[] handle, SeekableByteChannel bytes, long offset, int length, Consumer<Reply> then)
      throws ReplicaException, IOException {
    Request request = pipeline.request(PacketType.WRITE);
    request.ensureCapacity(length + HEADER);
    request.putString(handle);
    request.putUInt64(offset);
    request.putUInt32(length);
    fill(bytes, offset, ByteBuffer.wrap(request.array(), request.wpos(), length));
    request.wpos(request.wpos() + length);
    return pipeline.send(request, length, then);
  }

  /** Writes zeros. */
  Pending blank(byte[] handle, long offset, int length) throws ReplicaException {
    Request request = pipeline.request(PacketType.WRITE);
    request.putString(handle);
    request.putUInt64(offset);
    request.putString(new byte[length]);
    return send(request);
  }

  /** Reads bytes of ours, as many as there is room for. */
  static void fill(SeekableByteChannel bytes, long offset, ByteBuffer room) throws IOException {
    bytes.position(offset);
    while (room.hasRemaining()) {
      if (bytes.read(room) < 0) {
        throw new EOFException("it ends before its index does");
      }
    }
  }

  /** Has the server write a file's bytes to its disk. */
  Pending fsync(byte[] handle, Consumer<Reply> then) throws ReplicaException {
    Request request = pipeline.extended("fsync@openssh.com");
    request.putString(handle);
    return pipeline.send(request, 0, then);
  }

  Pending statvfs(String path) throws ReplicaException {
    Request request = pipeline.extended("statvfs@openssh.com");
    request.putString(path);
    return send(request);
  }

  /** How large requests may be. */
  Pending limits() throws ReplicaException {
    return send(pipeline.extended("limits@openssh.com"));
  }

  private Pending ask(PacketType type, String path) throws ReplicaException {
    Request request = pipeline.request(type);
    request.putString(path);
    return send(request);
  }

  private Pending ask(PacketType type, byte[] handle) throws ReplicaException {
    Request request = pipeline.request(type);
    request.putString(handle);
    return send(request);
  }

  private Pending send(Request request) throws ReplicaException {
    return pipeline.send(request, 0, reply -> {});
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
