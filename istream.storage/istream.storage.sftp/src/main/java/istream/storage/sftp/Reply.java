// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.FileMode;
import net.schmizz.sshj.sftp.PacketType;
import net.schmizz.sshj.sftp.Response;
import net.schmizz.sshj.sftp.Response.StatusCode;

/**
 * What a server answered.
 *
 * @param status {@code OK} if it did what was asked
 * @param text the server's own words for a failure
 * @param body the rest, to be read once
 */
record Reply(StatusCode status, String text, Response body) {
  /** Reads an answer as far as its status. */
  static Reply of(Response response) throws IOException {
    if (response.getType() != PacketType.STATUS) {
      return new Reply(StatusCode.OK, "", response);
    }
    StatusCode status = response.readStatusCode();
    return new Reply(status, response.available() > 0 ? response.readString() : "", response);
  }

  boolean isOk() {
    return status == StatusCode.OK;
  }

  /** Whether there is no more to be read. */
  boolean isEnd() {
    return status == StatusCode.EOF;
  }

  boolean isDenied() {
    return status == StatusCode.PERMISSION_DENIED || status == StatusCode.WRITE_PROTECT;
  }

  boolean isMissing() {
    return status == StatusCode.NO_SUCH_FILE || status == StatusCode.NO_SUCH_PATH;
  }

  /** Whether the server says itself that there is no room; OpenSSH does not. */
  boolean saysFull() {
    return status == StatusCode.NO_SPACE_ON_FILESYSTEM || status == StatusCode.QUOTA_EXCEEDED;
  }

  /** The failure in the server's words. */
  String words() {
    return text.isEmpty() ? status.toString() : text;
  }

  /** A handle, or the bytes read. */
  byte[] bytes() throws IOException {
    return body.readBytes();
  }

  /** The attributes of what was asked for. */
  FileAttributes attributes() throws IOException {
    return body.readFileAttributes();
  }

  /** A number of 64 bits. */
  long number() throws Buffer.BufferException {
    return body.readUInt64AsBigInteger().longValue();
  }

  /** What lies in a directory. */
  List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (long left = body.readUInt32(); left > 0; left--) {
      String name = body.readString();
      body.readStringAsBytes();
      entries.add(new Entry(name, body.readFileAttributes()));
    }
    return entries;
  }

  /** A name in a directory. */
  record Entry(String name, FileAttributes attributes) {
    boolean isDirectory() {
      return attributes.getType() == FileMode.Type.DIRECTORY;
    }

    boolean isFile() {
      return Reply.isFile(attributes);
    }
  }

  /** Whether it is a plain file; a server that does not say what it is has only those. */
  static boolean isFile(FileAttributes attributes) {
    FileMode.Type type = attributes.getType();
    return type == FileMode.Type.REGULAR || type == FileMode.Type.UNKNOWN;
  }
}
