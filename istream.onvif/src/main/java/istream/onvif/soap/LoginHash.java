// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.api.camera.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Tells logins apart without keeping passwords in memory. */
final class LoginHash {
  private final byte[] salt = new byte[16];

  LoginHash(SecureRandom random) {
    random.nextBytes(salt);
  }

  String of(Credentials login) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      sha.update(login.user().getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      sha.update(login.password().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
