// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.HostTrust.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What was known of servers when the file {@code known_hosts} was read. */
final class KnownHosts {
  private final Path file;
  private final List<String> lines;

  private KnownHosts(Path file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Reads it; there may be none. */
  static KnownHosts read(Path file) throws IOException {
    boolean there = Files.exists(file);
    // ISO 8859-1: whatever bytes the comments of others have, they are kept
    return new KnownHosts(
        there ? file.toRealPath() : file,
        there ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of());
  }

  private Stream<KnownHost> of(Server server) {
    String name = name(server);
    return lines.stream()
        .map(KnownHost::parse)
        .flatMap(Optional::stream)
        .filter(it -> it.isOf(name));
  }

  private List<SshKey> keys(Server server) {
    return of(server)
        .filter(KnownHost::isPlain)
        .map(KnownHost::key)
        .filter(it -> !Algorithms.ofHostKey(it.type()).isEmpty())
        .toList();
  }

  private static String name(Server server) {
    return server.knownAs().toLowerCase(Locale.ROOT);
  }

  /** What is known of a server's key; keys of types that we cannot use say nothing of it. */
  Standing standing(Server server, SshKey key) {
    List<SshKey> known = keys(server);
    if (known.contains(key)) {
      return isRevoked(server, key) ? Standing.CHANGED : Standing.TRUSTED;
    }
    return known.isEmpty() ? Standing.UNKNOWN : Standing.CHANGED;
  }

  /** Whether the key must never be accepted. */
  boolean isRevoked(Server server, SshKey key) {
    return of(server).anyMatch(it -> it.isRevoked() && it.key().equals(key));
  }

  /** Types of the keys known of a server. */
  List<String> types(Server server) {
    return keys(server).stream().map(SshKey::type).distinct().toList();
  }

  /** Writes a key down in place of all that was known of a server; the name is hashed. */
  void trust(Server server, SshKey key) throws IOException {
    String name = name(server);
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      Optional<KnownHost> host = KnownHost.parse(line).filter(KnownHost::isPlain);
      if (host.filter(it -> it.isOf(name)).isEmpty()) {
        kept.add(line);
      } else {
        host.get().without(name, line).ifPresent(kept::add);
      }
    }
    kept.add(HashedName.of(name) + " " + key);
    String text = String.join("\n", kept) + "\n";
    PrivateFile.replace(file, text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
