// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** Many small files of footage of a week, each the beginning of one that was recorded. */
final class WeekOfFootage {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z.mp4'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd/HH").withZone(ZoneOffset.UTC);
  private static final int MDAT = 0x6d646174;

  private final byte[] model;
  private final byte[] camera;

  /** Takes the first fragment of a camera's file for all of them. */
  WeekOfFootage(Path file, String camera) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    model = Arrays.copyOf(whole, endOfFirstFragment(ByteBuffer.wrap(whole)));
    this.camera = camera.getBytes(StandardCharsets.UTF_8);
  }

  private static int endOfFirstFragment(ByteBuffer file) {
    int at = 0;
    while (file.getInt(at + 4) != MDAT) {
      at += file.getInt(at);
    }
    return at + file.getInt(at);
  }

  /** Writes so many files of cameras {@code week0}, {@code week1} …, up to an hour ago. */
  void write(Path storage, int files, int cameras) throws IOException {
    Duration step = Duration.ofDays(7).dividedBy(files / cameras);
    Instant end = Instant.now().minus(Duration.ofHours(1));
    for (int each = 0; each < cameras; each++) {
      String id = "week" + each;
      byte[] bytes = of(id);
      for (int i = 0; i < files / cameras; i++) {
        Instant start = end.minus(step.multipliedBy(i));
        Path hour = Files.createDirectories(storage.resolve(id).resolve(HOUR.format(start)));
        Files.write(hour.resolve(id + "_" + NAME.format(start)), bytes);
      }
    }
  }

  /** The model, as another camera of a name as long would have recorded it. */
  private byte[] of(String id) {
    byte[] bytes = model.clone();
    byte[] name = id.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i + camera.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + camera.length, camera, 0, camera.length)) {
        System.arraycopy(name, 0, bytes, i, name.length);
        return bytes;
      }
    }
    throw new IllegalArgumentException("the file does not name its camera");
  }
}
