// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import istream.recorder.buffer.Arena;
import istream.recorder.buffer.ChunkPool;
import istream.recorder.buffer.Payload;
import istream.recorder.media.AudioFormat;
import istream.recorder.media.Frame;
import istream.recorder.media.VideoFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A stream as a camera would send it, made by ffmpeg: its frames, and the file they come from. */
final class Source {
  /** Where the camera's clocks happen to stand when the stream begins. */
  static final long VIDEO_ORIGIN = 4_000_000_123L;

  static final long AUDIO_ORIGIN = 77_777L;

  private static final long NANOS_PER_TICK_NUMERATOR = 100_000;

  final ChunkPool pool = new ChunkPool(256 << 20);
  private final Arena arena = new Arena(pool);
  final Path file;
  final VideoFormat.Codec codec;
  final Optional<AudioFormat.Codec> sound;
  final List<long[]> packets = new ArrayList<>();
  private final List<List<ByteBuffer>> pictures = new ArrayList<>();
  private final TreeMap<Integer, ByteBuffer> sets = new TreeMap<>();
  private List<ByteBuffer> pieces = List.of();
  private AudioFormat audioFormat;
  private long reordered;

  Source(Path directory, VideoFormat.Codec codec, int bFrames, Optional<AudioFormat.Codec> sound)
      throws IOException, InterruptedException {
    this.codec = codec;
    this.sound = sound;
    file = directory.resolve("source.mp4");
    encode(bFrames);
    readVideo(directory);
    if (sound.isPresent()) {
      readAudio(directory, sound.get());
    }
  }

  private boolean h264() {
    return codec == VideoFormat.Codec.H264;
  }

  private void encode(int bFrames) throws IOException, InterruptedException {
    String[] encoder =
        h264()
            ? new String[] {"libx264", "-x264-params", "keyint=50:scenecut=0:bframes=" + bFrames}
            : new String[] {
              "libx265", "-x265-params", "log-level=none:keyint=50:scenecut=0:bframes=" + bFrames
            };
    String said =
        Peer.ffmpeg(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=320x180:rate=25:duration=7",
            "-c:v",
            encoder[0],
            "-preset",
            "ultrafast",
            encoder[1],
            encoder[2],
            "-bf",
            String.valueOf(bFrames),
            "-video_track_timescale",
            "90000",
            file.toString());
    assertEquals("", said);
  }

  private void readVideo(Path directory) throws IOException, InterruptedException {
    for (String line : Peer.ffprobe(file, "packet=pts,flags")) {
      String[] fields = line.split(",", -1);
      packets.add(new long[] {Long.parseLong(fields[0]), fields[1].startsWith("K") ? 1 : 0});
    }
    for (int i = 0; i < packets.size(); i++) {
      reordered = Math.max(reordered, packets.get(i)[0] - packets.get(0)[0] - i * 3600L);
    }
    String name = h264() ? "h264" : "hevc";
    Path raw = directory.resolve("raw." + name);
    String filter = name + "_mp4toannexb," + name + "_metadata=aud=insert";
    Peer.ffmpeg("-i", file.toString(), "-c", "copy", "-bsf:v", filter, raw.toString());
    for (ByteBuffer nal : nals(Files.readAllBytes(raw))) {
      int type = h264() ? nal.get(0) & 0x1f : (nal.get(0) >> 1) & 0x3f;
      if (type == (h264() ? 9 : 35)) {
        pictures.add(new ArrayList<>());
      }
      boolean set = h264() ? type == 7 || type == 8 : type >= 32 && type <= 34;
      if (set) {
        sets.putIfAbsent(type, nal);
      }
      pictures.get(pictures.size() - 1).add(nal);
    }
    assertEquals(packets.size(), pictures.size());
  }

  private static List<ByteBuffer> nals(byte[] bytes) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i + 3 <= bytes.length; i++) {
      if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
        starts.add(i + 3);
      }
    }
    List<ByteBuffer> nals = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) - 3 : bytes.length;
      while (bytes[end - 1] == 0) {
        end--;
      }
      nals.add(ByteBuffer.wrap(bytes, starts.get(i), end - starts.get(i)).slice());
    }
    return nals;
  }

  private void readAudio(Path directory, AudioFormat.Codec kind)
      throws IOException, InterruptedException {
    boolean aac = kind == AudioFormat.Codec.AAC;
    int rate = aac ? 16_000 : 8_000;
    Path raw = directory.resolve("raw.audio");
    Peer.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440:duration=7:sample_rate=" + rate,
        "-c:a",
        aac ? "aac" : kind == AudioFormat.Codec.PCMU ? "pcm_mulaw" : "pcm_alaw",
        "-f",
        aac ? "adts" : kind == AudioFormat.Codec.PCMU ? "mulaw" : "alaw",
        raw.toString());
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(raw));
    pieces = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int at = bytes.position();
      int size = aac ? (bytes.getInt(at + 3) >>> 13) & 0x1fff : Math.min(160, bytes.remaining());
      pieces.add(bytes.slice(at + (aac ? 7 : 0), size - (aac ? 7 : 0)));
      bytes.position(at + size);
    }
    // AudioSpecificConfig: AAC-LC, 16 kHz (index 8), mono
    byte[] config = aac ? new byte[] {0x14, 0x08} : new byte[0];
    audioFormat = new AudioFormat(kind, rate, 1, ByteBuffer.wrap(config).asReadOnlyBuffer());
  }

  VideoFormat video() {
    return new VideoFormat(codec, List.copyOf(sets.values()), 320, 180);
  }

  Optional<AudioFormat> audio() {
    return Optional.ofNullable(audioFormat);
  }

  int audioPieces() {
    return pieces.size();
  }

  /** In decode order; the least delayed frame arrives when it was taken. */
  long pictureArrival(int index) {
    return arrival(index * 3600L + reordered);
  }

  long pieceArrival(int index) {
    long ticks = index * (sound.get() == AudioFormat.Codec.AAC ? 1024L : 160L);
    return arrival(ticks * 90_000 / audioFormat.clockRate());
  }

  Frame picture(int index) {
    Payload payload = arena.payload();
    for (ByteBuffer nal : pictures.get(index)) {
      payload.appendInt(nal.remaining());
      payload.append(nal.duplicate());
    }
    long time = VIDEO_ORIGIN + packets.get(index)[0];
    return new Frame(time, 0, packets.get(index)[1] == 1, false, payload, pictureArrival(index));
  }

  Frame piece(int index) {
    Payload payload = arena.payload();
    payload.append(pieces.get(index).duplicate());
    int ticks = sound.get() == AudioFormat.Codec.AAC ? 1024 : pieces.get(index).remaining();
    long time = index * (sound.get() == AudioFormat.Codec.AAC ? 1024L : 160L);
    return new Frame(AUDIO_ORIGIN + time, ticks, true, false, payload, pieceArrival(index));
  }

  static long arrival(long ticks) {
    return 5_000_000_000L + ticks * NANOS_PER_TICK_NUMERATOR / 9;
  }
}
