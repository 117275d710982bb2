// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of {@code known_hosts} that names a key.
 *
 * @param marker such as {@code @revoked}; empty if there is none
 * @param hosts patterns with commas between them, or one hashed name
 */
record KnownHost(String marker, String hosts, SshKey key) {
  /** Reads a line; empty if it is a comment, or none that anybody could use. */
  static Optional<KnownHost> parse(String line) {
    List<String> words = new ArrayList<>(Arrays.asList(line.strip().split("\\s+", -1)));
    String marker = words.get(0).startsWith("@") ? words.remove(0) : "";
    if (words.size() < 3 || words.get(0).startsWith("#")) {
      return Optional.empty();
    }
    return Optional.of(new KnownHost(marker, words.get(0), new SshKey(words.get(1), words.get(2))));
  }

  /** Whether the line is about a host, by the name that {@link Server#knownAs} makes. */
  boolean isOf(String name) {
    if (hosts.startsWith("|")) {
      return HashedName.isOf(hosts, name);
    }
    List<String> patterns = List.of(hosts.split(",", -1));
    return patterns.stream().anyMatch(it -> fits(it, name))
        && patterns.stream().noneMatch(it -> it.startsWith("!") && fits(it.substring(1), name));
  }

  private static boolean fits(String pattern, String name) {
    String quoted = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
    return Pattern.compile(quoted, Pattern.CASE_INSENSITIVE).matcher(name).matches();
  }

  /** Whether the key must never be accepted. */
  boolean isRevoked() {
    return marker.equals("@revoked");
  }

  /** Whether the key is one of a host itself. */
  boolean isPlain() {
    return marker.isEmpty();
  }

  /**
   * The line without a host that it is about; empty if it is about no other. A pattern stays: it
   * speaks of others.
   */
  Optional<String> without(String name, String line) {
    if (hosts.startsWith("|")) {
      return Optional.empty();
    }
    List<String> others = new ArrayList<>(Arrays.asList(hosts.split(",", -1)));
    others.removeIf(name::equalsIgnoreCase);
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(line.replace(hosts, String.join(",", others)));
  }
}
