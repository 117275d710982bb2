// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What a camera sees from its start to its next reboot: a clip looped for ever, each picture with
 * its number, and beeps. Not safe for threads.
 */
final class LiveStream {
  /** Ticks of 1/90000 s that a picture lasts. */
  static final int TICKS = 90_000 / Clip.RATE;

  private static final int REPORT_EVERY = 5 * Clip.RATE;

  /**
   * A picture on its way to the viewers, with the sound that belongs to it.
   *
   * @param batch its packets
   * @param key whether decoding can begin here
   * @param video where the video stream was before it
   * @param audio where the audio stream was before it
   */
  record Frame(Batch batch, boolean key, Position video, Position audio) {}

  /**
   * A place in an RTP stream.
   *
   * @param sequence number of the next packet
   * @param time its RTP time
   */
  record Position(int sequence, long time) {}

  private final RtpTrack video;
  private final RtpTrack audio;
  private final VideoPacketizer packetizer;
  private final Tone tone = new Tone();
  private final Filler filler;
  private Clip clip;
  private int position;
  private long number;
  private long pictures;
  private long sounds;

  LiveStream(Clip clip, long number, int kilobits, RandomGenerator random) {
    this.clip = clip;
    this.number = number;
    this.filler = new Filler(kilobits);
    video = new RtpTrack(Batch.VIDEO, 96, random);
    audio = new RtpTrack(Batch.AUDIO, 97, random);
    packetizer = new VideoPacketizer(video);
  }

  Clip clip() {
    return clip;
  }

  RtpTrack video() {
    return video;
  }

  RtpTrack audio() {
    return audio;
  }

  /** The number of the next picture. */
  long number() {
    return number;
  }

  /** Goes on with another clip at its first picture. */
  void play(Clip next) {
    clip = next;
    position = 0;
  }

  void faults(double loss, boolean wrongSsrc) {
    video.faults(loss, wrongSsrc);
    audio.faults(loss, wrongSsrc);
  }

  /** Makes the packets of the next picture. */
  Frame next(Instant now) {
    Picture picture = clip.picture(position);
    long presented = (pictures - position + picture.order()) * TICKS;
    Position videoStart = new Position(video.sequence(), video.time(presented));
    Position audioStart = new Position(audio.sequence(), audio.time(sounds * Tone.SAMPLES));
    Batch batch = new Batch();
    if (pictures % REPORT_EVERY == 0) {
      video.report(batch, now, pictures * TICKS);
      audio.report(batch, now, pictures * Tone.RATE / Clip.RATE);
    }
    addPicture(batch, picture, presented);
    number++;
    pictures++;
    position = (position + 1) % clip.length();
    addSound(batch);
    return new Frame(batch, picture.key(), videoStart, audioStart);
  }

  private void addPicture(Batch batch, Picture picture, long presented) {
    int before = batch.size();
    Codec codec = clip.codec();
    int units = picture.units().size();
    for (int i = 0; i < units; i++) {
      if (i == picture.slices()) {
        packetizer.add(batch, codec, FrameNumber.unit(codec, number), false, presented);
      }
      boolean last = i == units - 1 && !filler.active();
      packetizer.add(batch, codec, picture.units().get(i), last, presented);
    }
    if (filler.active()) {
      byte[] unit = filler.unit(codec, batch.size() - before);
      packetizer.add(batch, codec, unit, true, presented);
    }
  }

  private void addSound(Batch batch) {
    while (sounds * Tone.SAMPLES * Clip.RATE < pictures * Tone.RATE) {
      byte[] frame = tone.frame(sounds);
      long ticks = sounds * Tone.SAMPLES;
      // RFC 3640, AAC-hbr: 16 bits of headers, the size in the upper 13 bits of the header
      audio.begin(batch, true, ticks).u16(16).u16(frame.length << 3).put(frame, 0, frame.length);
      audio.end(batch);
      sounds++;
    }
  }

  /** Brings pictures up to a bit rate with filler data (H.264 type 12, H.265 type 38). */
  private static final class Filler {
    private static final int SMALLEST = 4;

    private final int share;
    private int budget;

    Filler(int kilobits) {
      share = kilobits * 1000 / 8 / Clip.RATE;
    }

    boolean active() {
      return share > 0;
    }

    byte[] unit(Codec codec, int used) {
      // a large key frame is paid back by the pictures that follow it
      budget = Math.min(budget + share - used, share);
      byte[] header = codec.fillerHeader();
      byte[] unit = new byte[Math.max(SMALLEST, budget)];
      budget -= unit.length;
      Arrays.fill(unit, (byte) 0xff);
      System.arraycopy(header, 0, unit, 0, header.length);
      unit[unit.length - 1] = (byte) 0x80;
      return unit;
    }
  }
}
