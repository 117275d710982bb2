// SPDX-License-Identifier: Apache-2.0
package istream.shell.port;

import istream.shell.client.Wire;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shell on the terminal of a client, with line editing, completion and history. */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private final DataInputStream in;
  private final DataOutputStream out;

  Conversation(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Returns when the session has ended, by the word of either side. */
  void hold(SessionFactory sessions) throws IOException {
    String type = in.readUTF();
    FrameStream frames = new FrameStream(out, Wire.OUT);
    try (ClientTerminal terminal = new ClientTerminal(type, new BufferedOutputStream(frames));
        PrintStream shown = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
        Session session =
            sessions.create(terminal.input(), shown, shown, terminal, "UTF-8", () -> {})) {
      Thread reader = new Thread(() -> read(terminal, session), "istream-keys");
      reader.setDaemon(true);
      reader.start();
      session.run();
    }
  }

  private void read(ClientTerminal terminal, Session session) {
    try {
      while (true) {
        int kind = in.readByte();
        switch (kind) {
          case Wire.SIZE -> terminal.resize(in.readInt(), in.readInt());
          case Wire.KEYS -> terminal.processInputBytes(in.readNBytes(in.readInt()));
          default -> throw new IOException("a frame of the unknown kind " + kind);
        }
      }
    } catch (IOException e) {
      LOG.debug("a terminal left the shell: {}", e.toString());
      session.close();
    }
  }
}
