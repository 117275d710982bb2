// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.recorder.Peers;
import istream.recorder.media.MediaDescription;
import istream.recorder.media.VideoFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that GStreamer packs, which are to come back as ffmpeg encoded them, byte for byte. */
class PeerStreamTest {
  @TempDir Path directory;

  @BeforeEach
  void peersAreInstalled() {
    Map<String, String> debian = Map.of("ffmpeg", "ffmpeg", "gst-launch-1.0", "gstreamer1.0-tools");
    for (String tool : debian.keySet()) {
      boolean found =
          List.of(System.getenv("PATH").split(":", -1)).stream()
              .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
      Peers.require(found, tool + " is missing (Debian package " + debian.get(tool) + ")");
    }
  }

  private void run(String... command) throws IOException, InterruptedException {
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(said.toFile())
            .start();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, () -> "still running: " + String.join(" ", command));
    assertEquals(0, process.exitValue(), Files.readString(said));
  }

  private Path encode(String name, String... options) throws IOException, InterruptedException {
    Path file = directory.resolve(name);
    List<String> all = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-f", "lavfi", "-i"));
    all.addAll(List.of(options));
    all.add(file.toString());
    run(all.toArray(String[]::new));
    return file;
  }

  /** Each packet behind its length (RFC 4571). */
  private List<byte[]> pack(Path source, String elements) throws IOException, InterruptedException {
    Path packed = directory.resolve("packed");
    List<String> all = new ArrayList<>(List.of("gst-launch-1.0", "-q", "filesrc"));
    all.addAll(List.of("location=" + source, "!"));
    all.addAll(List.of(elements.split(" ", -1)));
    all.addAll(List.of("!", "rtpstreampay", "!", "filesink", "location=" + packed));
    run(all.toArray(String[]::new));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(packed));
    List<byte[]> packets = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] packet = new byte[bytes.getShort() & 0xffff];
      bytes.get(packet);
      packets.add(packet);
    }
    return packets;
  }

  private static byte[] annexB(List<Heard.Piece> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Heard.Piece frame : frames) {
      for (String nal : frame.nals()) {
        out.writeBytes(new byte[] {0, 0, 0, 1});
        out.writeBytes(Camera.hex(nal));
      }
    }
    return out.toByteArray();
  }

  /** What ffmpeg makes of a stream: all start codes of four bytes, as we write them. */
  private static byte[] normal(byte[] stream) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AnnexB.split(
        ByteBuffer.wrap(stream),
        nal -> {
          out.writeBytes(new byte[] {0, 0, 0, 1});
          while (nal.hasRemaining()) {
            out.write(nal.get());
          }
        });
    return out.toByteArray();
  }

  /** In MPEG-TS, which keeps the encoder's NAL units as they are and says when each is shown. */
  private Path video(VideoFormat.Codec codec) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("testsrc2=size=640x360:rate=25:duration=4", "-bf", "0", "-c:v"));
    options.addAll(
        codec == VideoFormat.Codec.H264
            ? List.of("libx264", "-x264-params", "keyint=25:scenecut=0:slices=3")
            : List.of(
                "libx265",
                "-preset",
                "ultrafast",
                "-x265-params",
                "log-level=none:keyint=25:scenecut=0:repeat-headers=1"));
    return encode("v.ts", options.toArray(String[]::new));
  }

  private static String elements(VideoFormat.Codec codec, String options) {
    String number = codec == VideoFormat.Codec.H264 ? "264" : "265";
    return "tsdemux ! h%sparse ! rtph%spay pt=96 %s".formatted(number, number, options).strip();
  }

  @ParameterizedTest
  @CsvSource({
    "H264, mtu=1400",
    "H264, mtu=1400 aggregate-mode=max-stap",
    "H265, mtu=1400",
    "H265, mtu=300 aggregate-mode=max"
  })
  void videoComesBackByteForByte(VideoFormat.Codec codec, String options)
      throws IOException, InterruptedException {
    Path source = video(codec);
    Camera camera = new Camera(Camera.video(codec.name(), Map.of()));
    for (byte[] packet : pack(source, elements(codec, options))) {
      camera.raw(ByteBuffer.wrap(packet));
    }
    camera.receiver.flush(camera.now + 1_000_000_000);
    Path stream = directory.resolve(codec == VideoFormat.Codec.H264 ? "v.h264" : "v.h265");
    run("ffmpeg", "-v", "error", "-i", source.toString(), "-c", "copy", stream.toString());
    assertEquals(
        ByteBuffer.wrap(normal(Files.readAllBytes(stream))),
        ByteBuffer.wrap(annexB(camera.heard.pieces)));
    assertEquals(100, camera.heard.pieces.size());
    long first = camera.heard.pieces.get(0).time();
    assertEquals(99 * 3600, camera.heard.pieces.get(99).time() - first);
    assertEquals(4, camera.heard.pieces.stream().filter(Heard.Piece::key).count());
    assertEquals(List.of("format", "key"), camera.heard.events.subList(0, 2));
    assertEquals("640x360", camera.heard.formats.get(0).description());
    assertEquals(1, camera.heard.formats.size());
    assertEquals(0, camera.heard.lost);
    camera.receiver.close();
    assertEquals(0, camera.pool.usedBytes());
  }

  @ParameterizedTest
  @CsvSource({"H264, 1", "H264, 2", "H264, 3", "H265, 4", "H265, 5", "H265, 6"})
  void withLossEveryFrameThatCameWholeComesBackAndNoOther(VideoFormat.Codec codec, int seed)
      throws IOException, InterruptedException {
    List<byte[]> packets = pack(video(codec), elements(codec, "mtu=600"));
    Camera whole = new Camera(Camera.video(codec.name(), Map.of()));
    packets.forEach(packet -> whole.raw(ByteBuffer.wrap(packet)));
    whole.receiver.flush(whole.now + 1_000_000_000);
    Camera camera = new Camera(Camera.video(codec.name(), Map.of()));
    Random random = new Random(seed);
    Set<Integer> spoiled = new HashSet<>();
    int lost = 0;
    for (int i = 0; i < packets.size(); i++) {
      byte[] packet = packets.get(i);
      boolean edge = i < 100 || i + 1 == packets.size(); // loss there cannot be told
      if (!edge && holdsSlice(codec, packet) && random.nextInt(60) == 0) {
        spoiled.add(ByteBuffer.wrap(packet).getInt(4));
        lost++;
      } else {
        camera.raw(dress(packet, random));
        if (random.nextInt(10) == 0) {
          camera.raw(ByteBuffer.wrap(packet));
        }
      }
    }
    camera.receiver.flush(camera.now + 1_000_000_000);
    List<Heard.Piece> expected =
        whole.heard.pieces.stream().filter(f -> !spoiled.contains((int) f.time())).toList();
    assertTrue(lost > 3, "nothing was lost");
    assertEquals(
        expected.stream().map(Heard.Piece::time).toList(),
        camera.heard.pieces.stream().map(Heard.Piece::time).toList());
    assertEquals(
        expected.stream().map(Heard.Piece::data).toList(),
        camera.heard.pieces.stream().map(Heard.Piece::data).toList());
    assertEquals(packets.size(), camera.receiver.packets() + lost);
    assertTrue(camera.heard.lost >= lost);
    camera.receiver.close();
    assertEquals(0, camera.pool.usedBytes());
  }

  /** A frame that lost no slice, but what stands in front of them, can be decoded and is kept. */
  private static boolean holdsSlice(VideoFormat.Codec codec, byte[] packet) {
    int header = packet[12];
    if (codec == VideoFormat.Codec.H264) {
      int type = header & 0x1f;
      return NalKind.of(codec, type == 28 ? packet[13] & 0x1f : type).isSlice();
    }
    int type = (header >>> 1) & 0x3f;
    return NalKind.of(codec, type == 49 ? (packet[14] & 0x3f) << 1 : header).isSlice();
  }

  /** The same packet, at times with an extension, padding, or both. */
  private static ByteBuffer dress(byte[] packet, Random random) {
    int extension = random.nextInt(3) == 0 ? 4 * (1 + random.nextInt(3)) : 0;
    int padding = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0;
    ByteBuffer out = ByteBuffer.allocate(packet.length + 4 + extension + padding);
    out.put(packet, 0, 12);
    if (extension > 0) {
      out.put(0, (byte) (out.get(0) | 0x10));
      out.putInt(0xbede_0000 | (extension / 4)).put(new byte[extension]);
    }
    out.put(packet, 12, packet.length - 12);
    if (padding > 0) {
      out.put(0, (byte) (out.get(0) | 0x20));
      out.put(new byte[padding - 1]).put((byte) padding);
    }
    return out.flip();
  }

  @ParameterizedTest
  @CsvSource({"1400", "100"})
  void aacComesBackByteForByte(int mtu) throws IOException, InterruptedException {
    Path source = encode("a.aac", "sine=frequency=440:duration=4:sample_rate=16000", "-c:a", "aac");
    List<ByteBuffer> units = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(source));
    while (bytes.hasRemaining()) {
      int at = bytes.position();
      int size = (bytes.getInt(at + 3) >>> 13) & 0x1fff;
      units.add(bytes.slice(at + 7, size - 7));
      bytes.position(at + size);
    }
    MediaDescription media =
        Camera.audio("MPEG4-GENERIC", 16_000, 1, Map.of("mode", "AAC-hbr", "config", "1408"));
    Camera camera = new Camera(media);
    for (byte[] packet : pack(source, "aacparse ! rtpmp4gpay pt=96 mtu=" + mtu)) {
      camera.raw(ByteBuffer.wrap(packet));
    }
    assertEquals(units, camera.heard.pieces.stream().map(Heard.Piece::data).toList());
    assertTrue(camera.heard.pieces.stream().allMatch(unit -> unit.ticks() == 1024));
    long first = camera.heard.pieces.get(0).time();
    long last = camera.heard.pieces.get(units.size() - 1).time();
    assertTrue(Math.abs(1024L * (units.size() - 1) - (last - first)) <= 2);
    assertEquals(0, camera.heard.lost);
    assertEquals(0, camera.pool.usedBytes());
  }

  @Test
  void g711ComesBackByteForByte() throws IOException, InterruptedException {
    Path source =
        encode("a.wav", "sine=frequency=440:duration=2:sample_rate=8000", "-c:a", "pcm_alaw");
    MediaDescription media =
        new MediaDescription("audio", 8, "PCMA", 8000, 1, Map.of(), "rtsp://camera/2");
    Camera camera = new Camera(media);
    for (byte[] packet : pack(source, "wavparse ! rtppcmapay")) {
      camera.raw(ByteBuffer.wrap(packet));
    }
    long ticks = camera.heard.pieces.stream().mapToLong(Heard.Piece::ticks).sum();
    assertEquals(16_000, ticks);
    byte[] file = Files.readAllBytes(source);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    camera.heard.pieces.forEach(piece -> out.writeBytes(piece.data().array()));
    ByteBuffer tail = ByteBuffer.wrap(file, file.length - 16_000, 16_000).slice();
    assertEquals(tail, ByteBuffer.wrap(out.toByteArray()));
  }
}
