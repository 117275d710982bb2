// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that tests of replication rely on is what they take it for, to OpenSSH's client. */
class RemoteServerIT {
  @TempDir Path home;
  private RemoteServer server;
  private Path sent;

  @BeforeEach
  void start() throws Exception {
    Peers.require("sftp", "openssh-client");
    RemoteServer.assumePossible(home.resolve("try"));
    server = RemoteServer.startWithDisk(home.resolve("server"), 4);
    NetworkCable.run(
        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", home.resolve("key").toString());
    server.authorize(Files.readString(home.resolve("key.pub")).strip());
    sent = Files.writeString(home.resolve("sent"), "footage");
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void itTakesFilesUntilTheLinkBreaks() throws Exception {
    sftp(server.port(), "root", "put " + sent + " " + server.storage() + "/one");
    assertEquals("footage", Files.readString(server.storage().resolve("one")));
    server.firewall().dropAll();
    assertThrows(IOException.class, () -> sftp(server.port(), "root", "pwd"));
    server.firewall().open();
    server.firewall().resetAll();
    assertThrows(IOException.class, () -> sftp(server.port(), "root", "pwd"));
    server.firewall().open();
    server.firewall().limitConnections(0);
    assertThrows(IOException.class, () -> sftp(server.port(), "root", "pwd"));
    server.firewall().open();
    server.kill();
    assertThrows(IOException.class, () -> sftp(server.port(), "root", "pwd"));
    server.run();
    sftp(server.port(), "root", "rm " + server.storage() + "/one");
    assertFalse(Files.exists(server.storage().resolve("one")));
  }

  @Test
  void itRefusesWhatItIsToRefuse() throws Exception {
    String there = server.storage() + "/one";
    sftp(server.appendOnlyPort(), "root", "put " + sent + " " + there);
    for (String line : new String[] {"rm " + there, "get " + there, "ls " + server.storage()}) {
      assertThrows(IOException.class, () -> sftp(server.appendOnlyPort(), "root", line), line);
    }
    assertThrows(IOException.class, () -> sftp(server.port(), "stranger", "pwd"));
    sftp(server.port(), "nobody", "pwd");
    String put = "put " + sent + " " + home.resolve("server") + "/mine";
    assertThrows(IOException.class, () -> sftp(server.port(), "nobody", put));
    Path ballast = server.fillDisk();
    assertTrue(Files.size(ballast) > 1_000_000, "there is a disk");
    assertThrows(
        IOException.class, () -> sftp(server.port(), "root", "put " + ballast + " " + there + "2"));
  }

  private void sftp(int port, String user, String line) throws Exception {
    Path batch = Files.writeString(home.resolve("batch"), line + "\n");
    NetworkCable.run(
        "sftp",
        "-b",
        batch.toString(),
        "-o",
        "ConnectTimeout=3",
        "-o",
        "StrictHostKeyChecking=no",
        "-o",
        "UserKnownHostsFile=/dev/null",
        "-i",
        home.resolve("key").toString(),
        "-P",
        Integer.toString(port),
        user + "@" + server.host());
  }
}
