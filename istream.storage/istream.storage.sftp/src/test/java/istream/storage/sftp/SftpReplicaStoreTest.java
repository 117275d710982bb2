// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaStore;
import istream.api.replication.ReplicaStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH's server as a replica. */
class SftpReplicaStoreTest extends ReplicaStoreContract {
  @TempDir Path directory;

  SshServer server;
  private SftpReplicaStore store;

  /** What the server's configuration says beside the usual. */
  String[] configuration() {
    return new String[0];
  }

  @BeforeEach
  final void start() throws IOException {
    server = SshServer.start(directory, configuration());
    TestLinks links = new TestLinks(server, directory);
    store =
        new SftpReplicaStore(
            new Shared(links.settings("deep/footage"), Clock.systemUTC()), links, () -> {});
  }

  @AfterEach
  final void stop() {
    server.close();
  }

  @Override
  protected ReplicaStore store() {
    return store;
  }

  final Path file(SegmentKey key) {
    return server.home().resolve("deep/footage").resolve(key.path());
  }

  @Override
  protected byte[] there(SegmentKey key) throws IOException {
    return Files.exists(file(key)) ? Files.readAllBytes(file(key)) : null;
  }

  @Override
  protected void put(SegmentKey key, byte[] bytes) throws IOException {
    Files.createDirectories(file(key).getParent());
    Files.write(file(key), bytes);
  }

  @Override
  protected byte[] aside(SegmentKey key) throws IOException {
    String prefix = key.fileName() + ".foreign-";
    try (Stream<Path> files = Files.list(file(key).getParent())) {
      List<Path> aside =
          files.filter(it -> it.getFileName().toString().startsWith(prefix)).toList();
      return aside.isEmpty() ? null : Files.readAllBytes(aside.get(0));
    }
  }
}
