// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates by which servers are known: the first one that a server shows is taken, and from
 * then on no other. Kept in a file that a person may edit at any time: a line of {@code host:port
 * SHA256:base64} each. Any thread may call.
 *
 * <p>If the file cannot be read, nobody knows who is who, and no server is trusted. If it only
 * cannot be written, a new server is trusted until the next start: an unknown one becomes no safer
 * by not being recorded.
 */
public final class CertificatePins {
  private static final Logger LOG = LoggerFactory.getLogger(CertificatePins.class);
  private static final int MOST_LINES = 4096;
  private static final FileAttribute<?> OURS_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path directory;
  private final Path file;
  private final Map<String, String> unwritten = new HashMap<>();

  /**
   * Makes one; nothing is read or written before a certificate is to be checked.
   *
   * @param directory where the file {@code certificates} is or will be; made when it is needed
   */
  public CertificatePins(Path directory) {
    this.directory = directory;
    file = directory.resolve("certificates");
  }

  /**
   * Checks a server's certificate, and keeps it if it is the first one.
   *
   * @param place host and port
   * @throws StrangeCertificate if another one is known of it
   */
  synchronized void check(String place, Certificate certificate) throws StrangeCertificate {
    String pin = fingerprint(certificate);
    List<String> lines = lines(place);
    String known = known(place, lines);
    if (known.isEmpty()) {
      keep(place, pin, lines);
    } else if (!known.equals(pin)) {
      throw new StrangeCertificate(
          place
              + " shows another certificate than before: it was renewed, or another device is in"
              + " between; if you renewed it, delete the line of "
              + place
              + " in "
              + file,
          null);
    }
  }

  private List<String> lines(String place) throws StrangeCertificate {
    try {
      return Files.readAllLines(file, UTF_8);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      String message =
          place
              + " is not trusted: its certificate cannot be looked up in "
              + file
              + " ("
              + e
              + "); make that file readable";
      throw new StrangeCertificate(message, e);
    }
  }

  /** What is known of a server; empty if nothing is. */
  private String known(String place, List<String> lines) {
    for (String line : lines) {
      String[] words = line.strip().split("\\s+", -1);
      if (words[0].equals(place)) {
        // a line that was spoilt trusts nobody
        return words.length == 2 ? words[1] : "nobody";
      }
    }
    return unwritten.getOrDefault(place, "");
  }

  private void keep(String place, String pin, List<String> lines) {
    List<String> more = new ArrayList<>(lines);
    more.add(place + " " + pin);
    try {
      if (more.size() > MOST_LINES) {
        throw new IOException("it has " + lines.size() + " lines; delete those not needed");
      }
      write(String.join("\n", more) + "\n");
      LOG.info("{} is known by its certificate {} from now on", place, pin);
    } catch (IOException e) {
      unwritten.put(place, pin);
      LOG.warn(
          "the certificate of {} is only known until the next start: {} cannot be written: {};"
              + " check the disk and who owns that file",
          place,
          file,
          e.toString());
    }
  }

  private void write(String text) throws IOException {
    Files.createDirectories(directory);
    Path draft = Files.createTempFile(directory, "certificates", ".new", OURS_ALONE);
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static String fingerprint(Certificate certificate) throws StrangeCertificate {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (CertificateEncodingException e) {
      throw new StrangeCertificate("a certificate that cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
