// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of our key. It is made at first use, and never overwritten. */
final class KeyFile {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);
  private static final String COMMENT = "istream";

  private final Path file;

  KeyFile(Path file) {
    this.file = file;
  }

  /** The line by which a server knows us. */
  String authorizedKey() throws IOException {
    return authorizedKey(load());
  }

  /** The line of a key that {@link #load} returned. */
  static String authorizedKey(KeyProvider key) throws IOException {
    return SshKey.of(key.getPublic()) + " " + COMMENT;
  }

  /**
   * Reads the key; makes it if there is none.
   *
   * @throws IOException whose message names the file, the cause and the next step
   */
  KeyProvider load() throws IOException {
    if (!Files.exists(file)) {
      make();
    }
    try {
      if (PrivateFile.isExposed(file)) {
        throw new IOException("others may read it; chmod 600 " + file);
      }
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new IOException("key file " + file + " cannot be used: " + cause(e), e);
    }
  }

  private static String cause(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static KeyProvider parse(String text) throws IOException {
    OpenSSHKeyV1KeyFile key = new OpenSSHKeyV1KeyFile();
    try (Reader reader = new StringReader(text)) {
      key.init(reader);
      return new KeyPairWrapper(new KeyPair(key.getPublic(), key.getPrivate()));
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "it is no ed25519 or rsa key in OpenSSH's format without passphrase", e);
    }
  }

  private void make() throws IOException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] text = OpenSshKeyText.of(pair, COMMENT).getBytes(StandardCharsets.US_ASCII);
      PrivateFile.create(file, text);
      LOG.info("made key {}; the line for authorized_keys: {}", file, authorizedKey());
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} was made by another storage", file);
    } catch (NoSuchFileException e) {
      throw new IOException("key file " + file + " cannot be made: no such directory", e);
    } catch (IOException e) {
      throw new IOException("key file " + file + " cannot be made: " + cause(e), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 makes ed25519 keys", e);
    }
  }
}
