// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.simulator.FrameTally;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private static final List<String> WITH_SOUND = List.of("h264aac", "digest");
  private static final int CUTS = 5;
  private static final long SEGMENT_SECONDS = 4;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final double FRAMES_PER_SECOND = 25;

  /** What may have come before the first picture on a busy machine. */
  private static final double FIRST_SOUND_SECONDS = 2;

  /** Of the audio of a file, which begins and ends with the file as the video does. */
  private static final double AUDIO_SLACK_SECONDS = 0.3;

  /** Of the first frame's time: what a busy machine adds before the frame arrives. */
  private static final Duration CLOCK_SLACK = Duration.ofMillis(500);

  @TempDir Path home;

  @Test
  void everyFrameIsThereOnceAndInOrder() throws Exception {
    Ffmpeg.require();
    try (RtspPeer peer = RtspPeer.start(home.resolve("peer.log"));
        Instance instance =
            new Instance(Distribution.unpacked().launcher(), home.resolve("instance"))) {
      instance.start();
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
        checkWhileItGrows(instance, peer, mount);
      }
      instance.stop();
      for (String mount : MOUNTS.keySet()) {
        List<FootageFile> files = FootageFile.of(instance.footage(), mount);
        checkWhole(files);
        FootageFile last = files.get(files.size() - 1);
        assertTrue(last.closed(), last.path() + " is closed");
        Ffmpeg.assertPlays(last.path());
        if (WITH_SOUND.contains(mount)) {
          for (FootageFile file : files) {
            checkSound(file);
          }
        }
      }
    }
  }

  private static void checkWhileItGrows(Instance instance, RtspPeer peer, String camera)
      throws Exception {
    long sent = peer.next(camera) - 1;
    List<FootageFile> files = new ArrayList<>();
    Wait.until(
        camera + " has an open file with frame " + sent,
        SOON,
        () -> {
          // at a cut there is none for a moment
          files.clear();
          files.addAll(FootageFile.of(instance.footage(), camera));
          FootageFile newest = files.get(files.size() - 1);
          return !newest.closed() && newest.last() >= sent;
        });
    checkBegin(files.get(0), peer, camera);
    checkWhole(files);
    Ffmpeg.assertPlays(files.get(files.size() - 1).path());
  }

  /** Nothing is missing before the first frame, and its time is the one at which it was sent. */
  private static void checkBegin(FootageFile file, RtspPeer peer, String camera) throws Exception {
    assertEquals(peer.first(camera), file.first(), "the first frame of " + file.path());
    Instant before = Instant.now();
    long next = peer.next(camera);
    Instant after = Instant.now();
    Duration ago = Duration.ofMillis(Math.round((next - file.first()) * 1000 / FRAMES_PER_SECOND));
    assertTrue(
        file.start().isAfter(before.minus(ago).minus(CLOCK_SLACK))
            && file.start().isBefore(after.minus(ago).plus(CLOCK_SLACK)),
        file.path()
            + " begins "
            + file.start()
            + ", its frame was sent "
            + ago
            + " before "
            + after);
  }

  /** The sound is there without a seam, from the file's begin to its end. */
  private static void checkSound(FootageFile file) throws Exception {
    Ffmpeg.Packets audio = Ffmpeg.packets(file.path(), "a:0");
    assertTrue(audio.count() > 0, file.path() + " has no audio");
    assertEquals(0, audio.seam(), 0.001, audio + " in " + file.path());
    Ffmpeg.Packets video = Ffmpeg.packets(file.path(), "v:0");
    String about = audio + " beside " + video + " in " + file.path();
    assertEquals(video.end(), audio.end(), AUDIO_SLACK_SECONDS, about);
    // sound that arrives before the first picture of all is not kept
    boolean first = file.number() == 0;
    assertEquals(
        video.begin(), audio.begin(), first ? FIRST_SOUND_SECONDS : AUDIO_SLACK_SECONDS, about);
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
