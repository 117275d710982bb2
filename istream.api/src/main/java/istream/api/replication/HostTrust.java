// SPDX-License-Identifier: Apache-2.0
package istream.api.replication;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whether a server is the one that it should be, and how it knows us. A service with the property
 * {@link istream.api.footage.FootageStore#STORAGE_ID}, for {@code istream:trust}.
 */
@ProviderType
public interface HostTrust {
  /** The storage's id. */
  String id();

  /**
   * Asks the server for its key. Blocks, for some 20 s at most.
   *
   * @throws ReplicaException if it cannot be reached
   */
  HostKey offered() throws ReplicaException;

  /**
   * Writes a key down as that of the server, in place of what was known of it.
   *
   * @param key as {@link #offered} returned it: what is trusted is what was shown
   * @throws ReplicaException if it cannot be written
   */
  void trust(HostKey key) throws ReplicaException;

  /**
   * The line for the server's {@code authorized_keys} by which it knows us; the key is made if
   * there is none.
   *
   * @return empty if a password is configured instead
   * @throws ReplicaException if it cannot be made or read
   */
  Optional<String> authorizedKey() throws ReplicaException;

  /**
   * A server's key.
   *
   * @param server {@code host:port}
   * @param type such as {@code ssh-ed25519}
   * @param blob the public key, in base 64 as in {@code known_hosts}
   * @param fingerprint such as {@code SHA256:…}, as OpenSSH shows it
   * @param standing what we know of it
   */
  record HostKey(String server, String type, String blob, String fingerprint, Standing standing) {}

  /** What is known of a server's key. */
  enum Standing {
    /** It is the one that was trusted. */
    TRUSTED,
    /** No key of that server is known. */
    UNKNOWN,
    /** Another key of that server is known. */
    CHANGED
  }
}
