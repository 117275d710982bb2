// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A proof that one knows the password: WS-Security UsernameToken 1.0, 3.1.
 *
 * @param user the user's name
 * @param digest of nonce, instant and password; empty if there is no such proof
 * @param nonce in Base64
 * @param created the instant, as it was written
 */
record UsernameToken(String user, String digest, String nonce, String created) {
  private static final Duration WINDOW = Duration.ofMinutes(5);

  boolean proves(Login login) {
    return user.equals(login.user()) && digest.equals(digest(login.password()));
  }

  private String digest(String password) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      sha.update(Base64.getDecoder().decode(nonce));
      sha.update(created.getBytes(StandardCharsets.UTF_8));
      sha.update(password.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    } catch (IllegalArgumentException e) {
      return "a nonce that is not Base64 proves nothing";
    }
  }

  /** Whether it was made within five minutes of an instant. */
  boolean fresh(Instant now) {
    try {
      // as some cameras do, no other time zone is understood
      return created.endsWith("Z")
          && Duration.between(Instant.parse(created), now).abs().compareTo(WINDOW) <= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
