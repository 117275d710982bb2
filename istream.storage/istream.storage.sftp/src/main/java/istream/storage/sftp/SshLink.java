// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.sftp.SFTPEngine;

/** A connection by SSH. */
final class SshLink implements Link {
  private final SSHClient client;
  private final OneSocket socket;
  private final SFTPEngine engine;

  SshLink(SSHClient client, OneSocket socket, SFTPEngine engine) {
    this.client = client;
    this.socket = socket;
    this.engine = engine;
  }

  @Override
  public SFTPEngine engine() {
    return engine;
  }

  @Override
  public boolean isBroken() {
    return socket.isClosed()
        || !client.getTransport().isRunning()
        || !engine.getSubsystem().isOpen();
  }

  /** Says no farewell: that would wait for a server that does not read. */
  @Override
  public void close() {
    socket.close();
  }

  /** An SFTP channel with a name for the thread that reads its answers. */
  static final class Engine extends SFTPEngine {
    Engine(SSHClient client, String thread) throws SSHException {
      super(client);
      reader.setName(thread);
    }
  }
}
