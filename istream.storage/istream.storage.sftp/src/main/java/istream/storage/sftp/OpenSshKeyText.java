// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer.PlainBuffer;

/** A key pair of the kind ed25519 as {@code ssh-keygen} writes it, without a passphrase. */
final class OpenSshKeyText {
  private static final String TYPE = "ssh-ed25519";
  private static final int KEY_BYTES = 32;
  private static final int BLOCK = 8;
  private static final int COLUMNS = 70;

  private OpenSshKeyText() {}

  static String of(KeyPair pair, String comment) {
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] open = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    byte[] secret = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    PlainBuffer all = new PlainBuffer();
    all.putRawBytes("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
    all.putString("none").putString("none").putString("").putUInt32(1);
    all.putString(openPart(open)).putString(secretPart(open, secret, comment));
    Base64.Encoder lines = Base64.getMimeEncoder(COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
        + lines.encodeToString(all.getCompactData())
        + "\n-----END OPENSSH PRIVATE KEY-----\n";
  }

  private static byte[] openPart(byte[] open) {
    return new PlainBuffer().putString(TYPE).putString(open).getCompactData();
  }

  private static byte[] secretPart(byte[] open, byte[] secret, String comment) {
    byte[] both = Arrays.copyOf(secret, secret.length + open.length);
    System.arraycopy(open, 0, both, secret.length, open.length);
    PlainBuffer part = new PlainBuffer();
    long check = Integer.toUnsignedLong(new SecureRandom().nextInt());
    part.putUInt32(check).putUInt32(check);
    part.putString(TYPE).putString(open).putString(both).putString(comment);
    for (int pad = 1; part.available() % BLOCK != 0; pad++) {
      part.putByte((byte) pad);
    }
    return part.getCompactData();
  }
}
