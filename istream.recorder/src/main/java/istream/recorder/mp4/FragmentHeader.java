// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.recorder.mp4.TrackRun.Sample;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** Writes what stands before the media bytes of a fragment: {@code prft}, {@code moof}, header. */
final class FragmentHeader {
  /** Size of the {@code prft}: so far behind a fragment's first byte lies its {@code moof}. */
  static final int PRFT_BYTES = 32;

  private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;
  private static final int MDAT_HEADER = 8;
  private static final int KEY = 0x02000000;
  private static final int OTHER = 0x01010000;

  private final BoxWriter out;

  private FragmentHeader(int samples) {
    out = new BoxWriter(256 + 16 * samples);
  }

  static ByteBuffer of(int sequence, Instant wall, TrackRun video, Optional<TrackRun> audio) {
    int samples = video.samples().size() + audio.map(run -> run.samples().size()).orElse(0);
    return new FragmentHeader(samples).write(sequence, wall, video, audio);
  }

  private ByteBuffer write(int sequence, Instant wall, TrackRun video, Optional<TrackRun> audio) {
    int prft = out.fullBox("prft", 1, 24); // ISO 14496-12 section 8.16.5, time of capture
    out.u32(1).u32(wall.getEpochSecond() + NTP_EPOCH_SECONDS);
    out.u32(((long) wall.getNano() << 32) / 1_000_000_000L).u64(video.decodeTime());
    out.end(prft);
    int moof = out.box("moof");
    int mfhd = out.fullBox("mfhd", 0, 0);
    out.u32(sequence);
    out.end(mfhd);
    int videoOffset = video(video);
    int audioOffset = audio.map(this::audio).orElse(0);
    out.end(moof);
    int media = out.position() - moof + MDAT_HEADER;
    out.patch(videoOffset, media);
    if (audioOffset > 0) {
      out.patch(audioOffset, Math.toIntExact(media + video.bytes()));
    }
    out.u32(MDAT_HEADER + video.bytes() + audio.map(TrackRun::bytes).orElse(0L)).text("mdat");
    return out.finish();
  }

  /** Returns where the data offset has to be filled in. */
  private int video(TrackRun run) {
    int traf = out.box("traf");
    int tfhd = out.fullBox("tfhd", 0, 0x020000); // default-base-is-moof
    out.u32(1);
    out.end(tfhd);
    tfdt(run);
    int trun = out.fullBox("trun", 1, 0xf01); // offset; duration, size, flags, composition
    int offset = trunHead(run);
    for (Sample sample : run.samples()) {
      out.u32(sample.duration()).u32(sample.payload().size());
      out.u32(sample.key() ? KEY : OTHER).u32(sample.offset());
    }
    out.end(trun);
    out.end(traf);
    return offset;
  }

  private int audio(TrackRun run) {
    int traf = out.box("traf");
    int tfhd = out.fullBox("tfhd", 0, 0x020020); // default-base-is-moof, default flags
    out.u32(2).u32(KEY);
    out.end(tfhd);
    tfdt(run);
    int trun = out.fullBox("trun", 1, 0x301); // offset; duration, size
    int offset = trunHead(run);
    for (Sample sample : run.samples()) {
      out.u32(sample.duration()).u32(sample.payload().size());
    }
    out.end(trun);
    out.end(traf);
    return offset;
  }

  private void tfdt(TrackRun run) {
    int tfdt = out.fullBox("tfdt", 1, 0);
    out.u64(run.decodeTime());
    out.end(tfdt);
  }

  private int trunHead(TrackRun run) {
    out.u32(run.samples().size());
    int offset = out.position();
    out.u32(0);
    return offset;
  }
}
