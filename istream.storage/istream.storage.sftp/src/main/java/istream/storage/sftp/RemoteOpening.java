// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import istream.storage.sftp.SftpReplicaFile.Start;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalLong;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.OpenMode;

/** Opens a segment there: finds what lies under its name, and makes or goes on with it. */
final class RemoteOpening {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Shared shared;
  private final Remote remote;
  private final Sftp sftp;
  private final SegmentKey key;
  private final String path;

  RemoteOpening(Shared shared, Remote remote, SegmentKey key) {
    this.shared = shared;
    this.remote = remote;
    this.key = key;
    sftp = remote.sftp();
    path = remote.path(key);
  }

  /**
   * Opens it.
   *
   * @throws IOException if our copy cannot be read
   */
  SftpReplicaFile open(List<Fragment> units, SeekableByteChannel bytes)
      throws ReplicaException, IOException {
    Reply there = sftp.await(sftp.lstat(path));
    if (there.isMissing()) {
      return make();
    } else if (!there.isOk()) {
      throw remote.failure("reading", path, there);
    }
    FileAttributes attributes = there.attributes();
    if (!Reply.isFile(attributes)) {
      setAside(path, "is no file");
      return make();
    }
    if (attributes.getSize() == 0) {
      return file(openToWrite(OpenMode.WRITE), false, new Start(0, 0, false));
    }
    return goOn(new Resumption(remote, units, bytes, attributes.getSize()), attributes.getSize());
  }

  private SftpReplicaFile make() throws ReplicaException {
    boolean direct = shared.state().refusesRenaming() || !remote.account().renames();
    String name = direct ? path : remote.part(key);
    remote.makeDirectories(key);
    Reply made = sftp.await(sftp.open(name, OpenMode.WRITE, OpenMode.CREAT, OpenMode.EXCL));
    if (made.isMissing()) {
      // somebody removed an empty directory meanwhile
      remote.makeDirectories(key);
      made = sftp.await(sftp.open(name, OpenMode.WRITE, OpenMode.CREAT, OpenMode.EXCL));
    }
    if (!made.isOk() && !made.isDenied() && !direct && isThere(name)) {
      made = sftp.await(sftp.open(name, OpenMode.WRITE, OpenMode.CREAT, OpenMode.TRUNC));
    }
    return file(handle(name, made), !direct, new Start(0, 0, false));
  }

  /** A part that an earlier connection left is begun again. */
  private boolean isThere(String name) throws ReplicaException {
    Reply reply = sftp.await(sftp.lstat(name));
    try {
      if (reply.isOk() && !Reply.isFile(reply.attributes())) {
        setAside(name, "is no file");
      }
    } catch (IOException e) {
      throw remote.broken(e);
    }
    return reply.isOk();
  }

  private SftpReplicaFile goOn(Resumption resumption, long size)
      throws ReplicaException, IOException {
    Reply writing = sftp.await(sftp.open(path, OpenMode.WRITE));
    boolean inOrder = writing.isDenied();
    byte[] handle = inOrder ? openToWrite(OpenMode.WRITE, OpenMode.APPEND) : handle(path, writing);
    OptionalLong point = point(resumption, inOrder);
    if (point.isEmpty()) {
      sftp.close(handle);
      setAside(path, "is not a beginning of our footage");
      return make();
    }
    long from = Math.min(point.getAsLong(), inOrder ? size : shared.state().doubtedFrom(key));
    return file(handle, false, new Start(from, size, inOrder));
  }

  private OptionalLong point(Resumption resumption, boolean inOrder)
      throws ReplicaException, IOException {
    byte[] reading = openToRead();
    if (reading == null) {
      return inOrder ? OptionalLong.of(resumption.unitToGoOn()) : resumption.bySize();
    }
    try {
      if (inOrder) {
        return resumption.isBeginning(reading)
            ? OptionalLong.of(resumption.unitToGoOn())
            : OptionalLong.empty();
      }
      return resumption.byReading(reading);
    } finally {
      sftp.close(reading);
    }
  }

  /** Null if reading is refused, which only a try can tell. */
  private byte[] openToRead() throws ReplicaException, IOException {
    if (!remote.account().reads()) {
      return null;
    }
    Reply opened = sftp.await(sftp.open(path, OpenMode.READ));
    if (opened.isOk()) {
      byte[] handle = opened.bytes();
      if (!new Comparison(remote, handle, 0, 1).isDenied()) {
        return handle;
      }
      sftp.close(handle);
    } else if (!opened.isDenied()) {
      throw remote.failure("reading", path, opened);
    }
    remote.account().readsNot();
    return null;
  }

  private byte[] openToWrite(OpenMode... modes) throws ReplicaException {
    return handle(path, sftp.await(sftp.open(path, modes)));
  }

  private byte[] handle(String name, Reply opened) throws ReplicaException {
    if (!opened.isOk()) {
      throw remote.failure("writing", name, opened);
    }
    try {
      return opened.bytes();
    } catch (IOException e) {
      throw remote.broken(e);
    }
  }

  private SftpReplicaFile file(byte[] handle, boolean part, Start start) {
    shared.index().opened(key, start.size());
    shared.shipments().begin(key, start.length());
    return new SftpReplicaFile(shared, remote, key, handle, part, start);
  }

  private void setAside(String name, String why) throws ReplicaException {
    String other = name + ".foreign-" + STAMP.format(shared.clock().instant());
    Reply renamed = sftp.await(sftp.rename(name, other, reply -> {}));
    if (!renamed.isOk()) {
      String advice = "; look at it there, and move it away";
      throw shared
          .state()
          .failed(
              remote
                  .complaints()
                  .foreign(
                      name + " " + why + ", and cannot be renamed: " + renamed.words() + advice,
                      null));
    }
    shared
        .state()
        .notice(remote.complaints().on(name + " " + why + "; it was renamed to " + other));
  }
}
