// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads files of another writer, and files of nobody. */
final class FootageFileTest {
  private static final SegmentKey KEY = new SegmentKey("front", Footage.START);

  @TempDir Path directory;

  private Path recordedByFfmpeg() throws IOException, InterruptedException {
    Path file = directory.resolve("ffmpeg.mp4");
    List<String> command =
        List.of(
            ("ffmpeg -v error -f lavfi -i testsrc=s=160x90:r=10:d=5 -c:v libx264 -preset ultrafast"
                    + " -g 10 -movflags frag_keyframe+empty_moov+default_base_moof")
                .split(" ", -1));
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.command().add(file.toString());
    try {
      Peers.require(builder.inheritIO().start().waitFor() == 0, "ffmpeg cannot make H.264");
    } catch (IOException e) {
      Peers.require(false, "ffmpeg is missing (Debian package ffmpeg)");
    }
    return file;
  }

  private static String probe(Path file) throws IOException, InterruptedException {
    Process probe =
        new ProcessBuilder(
                ("ffprobe -v error -count_frames -show_entries stream=nb_read_frames -of csv=p=0 "
                        + file)
                    .split(" ", -1))
            .redirectErrorStream(true)
            .start();
    String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    probe.waitFor();
    return said.strip();
  }

  @Test
  void understandsAndCutsAFileOfFfmpegSoThatPlayersHaveNoComplaint() throws Exception {
    Path file = recordedByFfmpeg();
    try (FootageFile footage = new FootageFile(KEY, file)) {
      assertTrue(footage.hasTail());
      assertEquals(KEY.start().plusSeconds(5), footage.end().orElseThrow());
      List<Fragment> fragments = footage.units().subList(1, 6);
      assertTrue(fragments.stream().allMatch(Fragment::key));
      assertTrue(
          fragments.stream().allMatch(unit -> unit.duration().equals(Duration.ofSeconds(1))));
    }
    Path tree = directory.resolve("tree");
    Path torn = tree.resolve(KEY.path());
    Files.createDirectories(torn.getParent());
    byte[] whole = Files.readAllBytes(file);
    Files.write(torn, Arrays.copyOf(whole, whole.length * 3 / 4));
    new Recovery(new FootageTree(tree), new Health("archive")).run(Instant.MAX);
    try (FootageFile footage = new FootageFile(KEY, torn)) {
      assertFalse(footage.hasTail());
      Instant end = footage.end().orElseThrow();
      long seconds = Duration.between(KEY.start(), end).toSeconds();
      assertEquals(String.valueOf(10 * seconds), probe(torn));
    }
  }

  @Test
  void survivesEveryDamage() throws Exception {
    Path file = recordedByFfmpeg();
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(11);
    for (int round = 0; round < 400; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 20; i++) {
        damaged[random.nextInt(round % 2 == 0 ? 2_000 : damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try (FootageFile footage = new FootageFile(KEY, file)) {
        assertTrue(footage.wholeEnd() <= damaged.length);
        footage.units();
        footage.end();
      } catch (IOException e) {
        assertTrue(e.getMessage() != null, "says what is wrong");
      }
    }
  }
}
