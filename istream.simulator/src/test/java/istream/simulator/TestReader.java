// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A reader of one camera, as simple as can be. */
final class TestReader implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  /** An answer; names of headers in lower case. */
  record Answer(int status, Map<String, String> headers, String body) {}

  /** An interleaved packet. */
  record Packet(int channel, ByteBuffer bytes) {
    int size() {
      return bytes.limit();
    }

    int sequence() {
      return bytes.getShort(2) & 0xffff;
    }

    long time() {
      return bytes.getInt(4) & 0xffff_ffffL;
    }

    int ssrc() {
      return bytes.getInt(8);
    }

    byte[] payload() {
      byte[] payload = new byte[size() - RtpTrack.HEADER];
      bytes.get(RtpTrack.HEADER, payload);
      return payload;
    }

    /** The frame number, if it is an H.264 packet that carries one. */
    OptionalLong number() {
      return channel == 0
          ? FrameNumber.read(Codec.H264, ByteBuffer.wrap(payload()))
          : OptionalLong.empty();
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final String url;
  private final List<Packet> early = new ArrayList<>();
  private int sequence;

  TestReader(Simulator simulator, String camera) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    url = simulator.camera(camera).url();
  }

  Socket socket() {
    return socket;
  }

  DataInputStream in() {
    return in;
  }

  String url() {
    return url;
  }

  /** Packets that came before the last answer. */
  List<Packet> early() {
    return early;
  }

  void send(String method, String address, String... headers) throws IOException {
    StringBuilder text = new StringBuilder(method + " " + address + " RTSP/1.0\r\n");
    text.append("CSeq: ").append(++sequence).append("\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    byte[] bytes = text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
  }

  Answer request(String method, String address, String... headers) throws IOException {
    send(method, address, headers);
    return answer();
  }

  Answer answer() throws IOException {
    early.clear();
    in.mark(1);
    while (in.read() == '$') {
      early.add(framed());
      in.mark(1);
    }
    in.reset();
    Map<String, String> headers = new TreeMap<>();
    String first = line();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).trim(),
          (one, other) -> one + "\n" + other);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = length > 1_000_000 ? new byte[0] : in.readNBytes(length);
    int status = Integer.parseInt(first.split(" ", -1)[1]);
    return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("closed within an answer: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Sets the video track up, without waiting for media. */
  Answer setUp() throws IOException {
    Answer described = request("DESCRIBE", url, "Accept: application/sdp");
    assertEquals(200, described.status());
    Answer answer =
        request("SETUP", url + "/trackID=0", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
    assertEquals(200, answer.status());
    return answer;
  }

  /** Sets the video track up and plays it. */
  TestReader play() throws IOException {
    Answer answer = setUp();
    Answer played = request("PLAY", url, "Session: " + answer.headers().get("session"));
    assertEquals(200, played.status());
    return this;
  }

  /** The next media packet. */
  Packet media() throws IOException {
    while (true) {
      int marker = in.read();
      if (marker < 0) {
        throw new EOFException("closed");
      }
      assertEquals('$', marker, "framing of a packet");
      Packet packet = framed();
      if (packet.channel() % 2 == 0) {
        return packet;
      }
    }
  }

  /** The frame number of the next picture. */
  long number() throws IOException {
    while (true) {
      OptionalLong number = media().number();
      if (number.isPresent()) {
        return number.getAsLong();
      }
    }
  }

  private Packet framed() throws IOException {
    int channel = in.readUnsignedByte();
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return new Packet(channel, ByteBuffer.wrap(bytes));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
