// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.HostTrust.HostKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;

/**
 * A public key as OpenSSH writes it.
 *
 * @param type such as {@code ssh-ed25519}
 * @param blob in base 64
 */
record SshKey(String type, String blob) {
  static SshKey of(PublicKey key) {
    byte[] blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    return new SshKey(KeyType.fromKey(key).toString(), Base64.getEncoder().encodeToString(blob));
  }

  static SshKey of(HostKey key) {
    return new SshKey(key.type(), key.blob());
  }

  /** As {@code ssh-keygen -l} shows it. */
  String fingerprint() {
    try {
      byte[] bytes = Base64.getDecoder().decode(blob.getBytes(StandardCharsets.US_ASCII));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The line of {@code known_hosts} or {@code authorized_keys}, but for host or comment. */
  @Override
  public String toString() {
    return type + " " + blob;
  }
}
