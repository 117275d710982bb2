// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A host's name as {@code known_hosts} hides it: {@code |1|salt|hash}. */
final class HashedName {
  private static final String HMAC = "HmacSHA1";
  private static final int SALT_BYTES = 20;
  private static final int PARTS = 4;

  private HashedName() {}

  static String of(String name) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    Base64.Encoder text = Base64.getEncoder();
    return "|1|" + text.encodeToString(salt) + "|" + text.encodeToString(hash(salt, name));
  }

  /** Whether a hashed name is that of a host. */
  static boolean isOf(String hashed, String name) {
    String[] parts = hashed.split("\\|", -1);
    if (parts.length != PARTS || !parts[1].equals("1")) {
      return false;
    }
    try {
      Base64.Decoder bytes = Base64.getDecoder();
      return Arrays.equals(hash(bytes.decode(parts[2]), name), bytes.decode(parts[3]));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] hash(byte[] salt, String name) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(salt, HMAC));
      return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
