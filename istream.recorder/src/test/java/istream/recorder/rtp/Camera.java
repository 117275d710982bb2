// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import istream.recorder.buffer.ChunkPool;
import istream.recorder.media.MediaDescription;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Sends packets of one track to a receiver. */
final class Camera {
  final ChunkPool pool;
  final Heard heard = new Heard();
  final TrackReceiver receiver;
  int sequence = 65_530;
  int ssrc = 0x1234;
  int payloadType = 96;
  long now = 1_000_000_000L;

  Camera(MediaDescription media) {
    this(media, 64 << 20);
  }

  Camera(MediaDescription media, long poolBytes) {
    pool = new ChunkPool(poolBytes);
    receiver = new TrackReceiver(0, media, pool, heard);
  }

  static MediaDescription video(String encoding, Map<String, String> fmtp) {
    return new MediaDescription("video", 96, encoding, 90_000, 1, fmtp, "rtsp://camera/1");
  }

  static MediaDescription audio(String encoding, int rate, int channels, Map<String, String> fmtp) {
    return new MediaDescription("audio", 96, encoding, rate, channels, fmtp, "rtsp://camera/2");
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  static String base64(String hex) {
    return Base64.getEncoder().encodeToString(hex(hex));
  }

  /** Sends a payload in hex. */
  void send(int timestamp, boolean marker, String payload) {
    send(timestamp, marker, hex(payload));
  }

  void send(int timestamp, boolean marker, byte[] payload) {
    raw(packet(timestamp, marker, payload));
  }

  void raw(ByteBuffer packet) {
    now += 1_000_000;
    receiver.rtp(packet, now);
  }

  /** A packet with the next sequence number. */
  ByteBuffer packet(int timestamp, boolean marker, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(12 + payload.length);
    out.put((byte) 0x80).put((byte) ((marker ? 0x80 : 0) | payloadType));
    out.putShort((short) sequence++).putInt(timestamp).putInt(ssrc).put(payload);
    return out.flip();
  }
}
