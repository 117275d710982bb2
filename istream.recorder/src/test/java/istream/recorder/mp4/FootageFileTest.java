// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.recorder.media.AudioFormat;
import istream.recorder.media.VideoFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stock players judge whole files. */
class FootageFileTest {
  @TempDir static Path shared;
  private static Source source;
  private static Recording recording;

  @BeforeAll
  static void record() throws Exception {
    Peer.assumeInstalled();
    source = new Source(shared, VideoFormat.Codec.H264, 2, Optional.of(AudioFormat.Codec.AAC));
    recording = new Recording(source).record();
  }

  static Stream<Arguments> streams() {
    return Stream.of(
        Arguments.of(VideoFormat.Codec.H264, 0, Optional.empty()),
        Arguments.of(VideoFormat.Codec.H264, 0, Optional.of(AudioFormat.Codec.PCMU)),
        Arguments.of(VideoFormat.Codec.H264, 3, Optional.of(AudioFormat.Codec.AAC)),
        Arguments.of(VideoFormat.Codec.H265, 0, Optional.of(AudioFormat.Codec.AAC)),
        Arguments.of(VideoFormat.Codec.H265, 3, Optional.of(AudioFormat.Codec.PCMA)));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void playsEveryFrameAtItsTime(
      VideoFormat.Codec codec, int bFrames, Optional<AudioFormat.Codec> audio, @TempDir Path dir)
      throws Exception {
    Source stream = new Source(dir, codec, bFrames, audio);
    Recording run = new Recording(stream).record();
    Path file = Recording.save(dir, "out.mp4", run.closed(0, 0, run.count()));
    assertEquals("", Peer.ffmpeg("-i", file.toString(), "-f", "null", "-"));
    List<String> video = Peer.ffprobe(file, "packet=pts,flags", "-select_streams", "v");
    long lead = Long.parseLong(video.get(0).split(",", -1)[0]);
    assertTrue(bFrames == 0 ? lead == 0 : lead <= 3 * 3600, "pictures begin at " + lead);
    List<String> expected =
        stream.packets.stream()
            .map(p -> p[0] - stream.packets.get(0)[0] + lead + "," + (p[1] == 1 ? "K_" : "__"))
            .toList();
    assertEquals(expected, video);
    assertEquals(pictures(stream.file), pictures(file));
    if (audio.isPresent()) {
      List<String> sound = Peer.ffprobe(file, "packet=pts_time", "-select_streams", "a");
      assertEquals(stream.audioPieces(), sound.size());
      assertEquals(lead / 90_000.0, Double.parseDouble(sound.get(0)), 0.001);
      Path masked = Recording.save(dir, "masked.mp4", withoutAudio(run));
      assertEquals("", Peer.ffmpeg("-i", masked.toString(), "-f", "null", "-"));
      assertEquals(List.of("video"), Peer.ffprobe(masked, "stream=codec_type"));
      assertEquals(expected, Peer.ffprobe(masked, "packet=pts,flags"));
      assertEquals(pictures(stream.file), pictures(masked));
    }
    assertEquals(0, stream.pool.usedBytes());
  }

  /** As a server does it for a browser that cannot play the audio: its boxes become free space. */
  private static byte[] withoutAudio(Recording run) {
    byte[] file = run.closed(0, 0, run.count());
    for (Box box : Box.in(file)) {
      for (Box track : box.type().equals("moov") ? box.children("trak") : List.<Box>of()) {
        Box handler = track.child("mdia").child("hdlr");
        mask(file, box, track, handler.content().getInt(8) == 0x736f756e); // soun
      }
      for (Box track : box.type().equals("moof") ? box.children("traf") : List.<Box>of()) {
        mask(file, box, track, track.child("tfhd").content().getInt(4) == 2);
      }
    }
    return file;
  }

  private static void mask(byte[] file, Box parent, Box track, boolean audio) {
    if (audio) {
      byte[] free = "free".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(free, 0, file, parent.offset() + 8 + track.offset() + 4, free.length);
    }
  }

  /** Digests of the decoded pictures, in the order in which they are shown. */
  private static List<String> pictures(Path file) throws Exception {
    return digests(file);
  }

  /**
   * What a decoder makes of damage varies with its threads; what it is given ({@code copy}) not.
   */
  private static List<String> digests(Path file, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-i", file.toString(), "-map", "0:v"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("-f", "framemd5", "-"));
    String sums = Peer.ffmpeg(arguments.toArray(String[]::new));
    return sums.lines()
        .filter(line -> line.matches("0,.*[0-9a-f]{32}")) // not what ffmpeg says of a torn end
        .map(line -> line.substring(line.lastIndexOf(',') + 1))
        .toList();
  }

  @Test
  void knowsItsDurationOpenAndClosed(@TempDir Path dir) throws Exception {
    int all = recording.count();
    Path open = Recording.save(dir, "open.mp4", recording.open(0, 0, all));
    Path closed = Recording.save(dir, "closed.mp4", recording.closed(0, 0, all));
    assertEquals(7.0, duration(open), 0.2);
    assertEquals(7.0, duration(closed), 0.2);
  }

  private static double duration(Path file) throws Exception {
    return Double.parseDouble(Peer.ffprobe(file, "format=duration").get(0));
  }

  @Test
  void seeksInClosedFile(@TempDir Path dir) throws Exception {
    Path file = Recording.save(dir, "closed.mp4", recording.closed(0, 0, recording.count()));
    String sums =
        Peer.ffmpeg("-ss", "5", "-i", file.toString(), "-map", "0:v", "-f", "framemd5", "-");
    List<String> rest = sums.lines().filter(line -> !line.startsWith("#")).toList();
    assertEquals(50, rest.size());
  }

  @Test
  void playsAtEveryMomentWhileItGrows(@TempDir Path dir) throws Exception {
    int frames = 0;
    for (int count = 1; count <= recording.count(); count++) {
      Path file = Recording.save(dir, "growing.mp4", recording.open(0, 0, count));
      assertEquals("", Peer.ffmpeg("-i", file.toString(), "-f", "null", "-"));
      int now = Peer.ffprobe(file, "packet=pts", "-select_streams", "v").size();
      assertTrue(now > frames, "fragment " + count + " adds no frame");
      frames = now;
    }
    assertEquals(source.packets.size(), frames);
  }

  @Test
  void tornFilePlaysUpToTheLastWholeFragment(@TempDir Path dir) throws Exception {
    byte[] whole = recording.open(0, 0, recording.count());
    Random random = new Random(7);
    int init = recording.init(0).length + recording.bytes.get(0).length;
    for (int i = 0; i < 5; i++) {
      int length = init + random.nextInt(whole.length - init);
      Path file = Recording.save(dir, "torn.mp4", Arrays.copyOf(whole, length));
      int kept = init;
      int complete = 1;
      while (kept + recording.bytes.get(complete).length <= length) {
        kept += recording.bytes.get(complete++).length;
      }
      Path cut = Recording.save(dir, "cut.mp4", recording.open(0, 0, complete));
      List<String> torn = digests(file, "-c", "copy");
      List<String> expected = digests(cut, "-c", "copy");
      assertTrue(torn.size() >= expected.size(), "torn at " + length);
      assertEquals(expected, torn.subList(0, expected.size()), "torn at " + length);
    }
  }

  @Test
  void filesOfOneRunJoin(@TempDir Path dir) throws Exception {
    int second = 1;
    while (!recording.units.get(second).key()) {
      second++;
    }
    byte[] first = recording.init(0);
    byte[] other = recording.init(1);
    assertEquals(first.length, other.length);
    int identity = Recording.find(first, "uuid").orElseThrow();
    assertArrayEquals(Arrays.copyOf(first, identity), Arrays.copyOf(other, identity));
    Path file = Recording.save(dir, "second.mp4", recording.closed(1, second, recording.count()));
    assertEquals("", Peer.ffmpeg("-i", file.toString(), "-f", "null", "-"));
    List<String> times = Peer.ffprobe(file, "packet=pts", "-select_streams", "v");
    long begins = recording.units.get(second).decodeTime();
    assertTrue(
        Math.abs(Long.parseLong(times.get(0)) - begins) <= 3 * 3600, "the time of a run goes on");
    Path joined = Recording.save(dir, "joined.mp4", recording.open(0, 0, recording.count()));
    assertEquals(pictures(source.file), pictures(joined));
    assertEquals(
        pictures(source.file)
            .subList(pictures(source.file).size() - pictures(file).size(), source.packets.size()),
        pictures(file));
  }

  @Test
  void aLaterVersionOfTheIdentityBoxHindersNoPlayer(@TempDir Path dir) throws Exception {
    byte[] now = recording.init(0);
    List<Box> boxes = Box.in(now);
    Box moov = boxes.get(boxes.size() - 1);
    List<Box> inside = Box.in(moov.content());
    Box identity = inside.get(inside.size() - 1);
    assertEquals("uuid", identity.type());
    int appended = 40;
    ByteBuffer later = ByteBuffer.allocate(now.length + appended).put(now);
    later.putInt(moov.offset(), moov.size() + appended);
    int at = moov.offset() + 8 + identity.offset();
    later.putInt(at, identity.size() + appended);
    later.put(at + 8 + 16, (byte) 1); // the version, behind the user type
    Path file = Recording.save(dir, "later.mp4", later.array());
    for (byte[] fragment : recording.bytes) {
      Files.write(file, fragment, StandardOpenOption.APPEND);
    }
    assertEquals("", Peer.ffmpeg("-i", file.toString(), "-f", "null", "-"));
    assertEquals(pictures(source.file), pictures(file));
  }
}
