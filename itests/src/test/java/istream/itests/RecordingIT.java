// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.simulator.FrameTally;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every frame once and in order, over the cuts, from a server that others wrote. */
class RecordingIT {
  private static final Map<String, String> MOUNTS =
      new LinkedHashMap<>(
          Map.of(
              "h264aac",
              "",
              "h264b",
              "",
              "h265",
              "",
              "digest",
              "user = user\n.password = secret\n"));
  private static final int CUTS = 5;
  private static final long SEGMENT_SECONDS = 4;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** From the file of a camera to its first frame: noticed in 3 s, a GOP of 1 s, and some mercy. */
  private static final Duration PROMPT = Duration.ofSeconds(8);

  /** The open file lags by a fragment and the half second that the clock is looked for. */
  private static final Duration LAG = Duration.ofSeconds(4);

  @TempDir Path home;

  @Test
  void everyFrameIsThereOnceAndInOrder() throws Exception {
    Ffmpeg.require();
    try (RtspPeer peer = RtspPeer.start(home.resolve("peer.log"));
        Instance instance =
            new Instance(Distribution.unpacked().launcher(), home.resolve("instance"))) {
      instance.start();
      Instant asked = Instant.now();
      for (Map.Entry<String, String> mount : MOUNTS.entrySet()) {
        instance.write(
            "istream.camera-" + mount.getKey() + ".cfg",
            "rtsp.url = "
                + peer.url(mount.getKey())
                + "\n"
                + mount.getValue()
                + "segment.seconds = "
                + SEGMENT_SECONDS
                + "\n");
      }
      Wait.until(
          "every camera has " + (CUTS + 1) + " files; " + instance.run("status").out(),
          LONGEST,
          () -> {
            for (String mount : MOUNTS.keySet()) {
              if (FootageFile.of(instance.footage(), mount).size() <= CUTS) {
                return false;
              }
            }
            return true;
          });
      for (String mount : MOUNTS.keySet()) {
        checkWhileItGrows(instance, mount, asked);
      }
      instance.stop();
      for (String mount : MOUNTS.keySet()) {
        List<FootageFile> files = FootageFile.of(instance.footage(), mount);
        checkWhole(files);
        FootageFile last = files.get(files.size() - 1);
        assertTrue(last.closed(), last.path() + " is closed");
        Ffmpeg.assertPlays(last.path());
      }
    }
  }

  private static void checkWhileItGrows(Instance instance, String camera, Instant asked)
      throws Exception {
    Instant now = Instant.now();
    List<FootageFile> files = FootageFile.of(instance.footage(), camera);
    FootageFile first = files.get(0);
    FootageFile open = files.get(files.size() - 1);
    assertFalse(open.closed(), open.path() + " is being written");
    assertTrue(first.start().isBefore(asked.plus(PROMPT)), camera + " begins " + first.start());
    assertTrue(open.end().isAfter(now.minus(LAG)), camera + " ends " + open.end() + " at " + now);
    checkWhole(files);
    Ffmpeg.assertPlays(open.path());
  }

  private static void checkWhole(List<FootageFile> files) throws Exception {
    FrameTally tally = FrameTally.of(FootageFile.numbers(files));
    assertTrue(tally.whole(), tally + " in " + files.get(0).path());
    FootageFile before = null;
    for (FootageFile file : files) {
      if (before != null) {
        assertTrue(file.follows(before), file.path() + " follows " + before.path());
        assertTrue(before.closed(), before.path() + " is closed");
        Duration seam = Duration.between(before.end(), file.start()).abs();
        assertTrue(seam.toMillis() <= 50, seam + " between the files before " + file.path());
        // the first one of a run is shorter, by up to a half; the others end with a GOP of 1 s
        long millis = before.length().toMillis();
        assertTrue(
            millis
                    >= SEGMENT_SECONDS * 1000
                        - (before.number() == 0 ? SEGMENT_SECONDS * 500 : 1000)
                        - 100
                && millis <= (SEGMENT_SECONDS + 1) * 1000 + 100,
            before.path() + " lasts " + millis + " ms");
        Ffmpeg.assertPlays(before.path());
        assertTrue(Ffmpeg.showsPictureAt(before.path(), 1), before.path().toString());
      }
      before = file;
    }
  }
}
