// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.recorder.media.AudioFormat;
import istream.recorder.media.TrackFormat;
import istream.recorder.media.VideoFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * The first unit of a file: {@code ftyp} and {@code moov} (ISO 14496-12). Within a run it differs
 * by nothing but the file's number in the identity box.
 */
public final class InitSegment {
  /** User type of the identity box. */
  static final UUID IDENTITY = UUID.fromString("69737472-6561-6d00-a3f7-c1d25b0e4c8e");

  private static final int[] MATRIX = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};

  private final BoxWriter out = new BoxWriter(1536);

  private InitSegment() {}

  /**
   * Makes the unit's bytes, read-only.
   *
   * @param video track 1
   * @param audio track 2, if there is one
   * @param identity what the file says of itself
   * @throws IllegalArgumentException if the format has no usable sequence parameter set
   */
  public static ByteBuffer of(VideoFormat video, Optional<AudioFormat> audio, Identity identity) {
    return new InitSegment().write(video, audio, identity);
  }

  private ByteBuffer write(VideoFormat video, Optional<AudioFormat> audio, Identity identity) {
    int ftyp = out.box("ftyp");
    out.text("iso6").u32(0).text("iso6").text("isom").text("mp41");
    out.end(ftyp);
    int moov = out.box("moov");
    mvhd(audio.isPresent() ? 3 : 2);
    track(1, video);
    audio.ifPresent(format -> track(2, format));
    int mvex = out.box("mvex");
    trex(1);
    if (audio.isPresent()) {
      trex(2);
    }
    out.end(mvex);
    identity(identity);
    out.end(moov);
    return out.finish();
  }

  private void mvhd(int nextTrack) {
    int box = out.fullBox("mvhd", 0, 0);
    out.u32(0).u32(0).u32(1000).u32(0);
    out.u32(0x10000).u16(0x100).zeros(10);
    matrix();
    out.zeros(24).u32(nextTrack);
    out.end(box);
  }

  private void track(int id, TrackFormat format) {
    int trak = out.box("trak");
    tkhd(id, format);
    int mdia = out.box("mdia");
    int mdhd = out.fullBox("mdhd", 0, 0);
    out.u32(0).u32(0).u32(format.clockRate()).u32(0).u16(0x55c4).u16(0); // language: undetermined
    out.end(mdhd);
    boolean video = format instanceof VideoFormat;
    int hdlr = out.fullBox("hdlr", 0, 0);
    out.u32(0).text(video ? "vide" : "soun").zeros(12).text(video ? "video" : "audio").u8(0);
    out.end(hdlr);
    int minf = out.box("minf");
    int header = out.fullBox(video ? "vmhd" : "smhd", 0, video ? 1 : 0);
    out.zeros(video ? 8 : 4);
    out.end(header);
    dinf();
    stbl(format);
    out.end(minf);
    out.end(mdia);
    out.end(trak);
  }

  private void tkhd(int id, TrackFormat format) {
    int box = out.fullBox("tkhd", 0, 3);
    out.u32(0).u32(0).u32(id).u32(0).u32(0).zeros(8).u16(0).u16(0);
    out.u16(format instanceof AudioFormat ? 0x100 : 0).u16(0);
    matrix();
    if (format instanceof VideoFormat video) {
      out.u32((long) video.width() << 16).u32((long) video.height() << 16);
    } else {
      out.u32(0).u32(0);
    }
    out.end(box);
  }

  private void matrix() {
    for (int value : MATRIX) {
      out.u32(value);
    }
  }

  private void dinf() {
    int dinf = out.box("dinf");
    int dref = out.fullBox("dref", 0, 0);
    out.u32(1);
    out.end(out.fullBox("url ", 0, 1));
    out.end(dref);
    out.end(dinf);
  }

  private void stbl(TrackFormat format) {
    int stbl = out.box("stbl");
    int stsd = out.fullBox("stsd", 0, 0);
    out.u32(1);
    if (format instanceof VideoFormat video) {
      VideoEntry.write(video, out);
    } else if (format instanceof AudioFormat audio) {
      AudioEntry.write(audio, out);
    }
    out.end(stsd);
    empty("stts", 4);
    empty("stsc", 4);
    empty("stsz", 8);
    empty("stco", 4);
    out.end(stbl);
  }

  private void empty(String type, int bytes) {
    int box = out.fullBox(type, 0, 0);
    out.zeros(bytes);
    out.end(box);
  }

  private void trex(int track) {
    int box = out.fullBox("trex", 0, 0);
    out.u32(track).u32(1).u32(0).u32(0).u32(0);
    out.end(box);
  }

  private void identity(Identity identity) {
    int box = out.box("uuid");
    uuid(IDENTITY);
    out.u32(0); // version and flags
    uuid(identity.run());
    out.u32(identity.number());
    out.u64(ChronoUnit.MICROS.between(Instant.EPOCH, identity.runStart()));
    ByteBuffer camera = StandardCharsets.UTF_8.encode(identity.camera());
    out.u16(camera.remaining()).bytes(camera);
    out.end(box);
  }

  private void uuid(UUID value) {
    out.u64(value.getMostSignificantBits()).u64(value.getLeastSignificantBits());
  }
}
