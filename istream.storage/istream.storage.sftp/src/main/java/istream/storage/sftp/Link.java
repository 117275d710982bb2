// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import net.schmizz.sshj.sftp.SFTPEngine;

/** A connection to the server with its SFTP channel. */
interface Link extends AutoCloseable {
  /** The channel; any thread. */
  SFTPEngine engine();

  /** Whether it is of no more use. */
  boolean isBroken();

  /** Breaks it off: never blocks for long, any thread, may be repeated. */
  @Override
  void close();
}
