// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on the loopback that answers as a script says, one connection after the other. */
public final class ScriptedServer implements AutoCloseable {
  public static final String SDP =
      """
      v=0
      s=x
      t=0 0
      a=control:*
      m=video 0 RTP/AVP 96
      a=rtpmap:96 H264/90000
      a=control:trackID=0
      m=audio 0 RTP/AVP 0
      a=control:trackID=1
      """
          .replace("\n", "\r\n");

  /** Answers a request; nothing said means no answer. */
  public interface Script {
    void answer(Request request, Reply reply) throws IOException;
  }

  /** A request as it came. */
  public record Request(String method, String url, String text) {
    public String header(String name) {
      for (String line : text.split("\r\n", -1)) {
        if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }
  }

  /** Writes to the client. */
  public record Reply(Request request, OutputStream out, Socket socket) {
    public void ok(String... headers) throws IOException {
      status("200 OK", headers);
    }

    public void status(String line, String... headers) throws IOException {
      StringBuilder text = new StringBuilder("RTSP/1.0 " + line + "\r\n");
      text.append("CSeq: ").append(request.header("CSeq")).append("\r\n");
      for (String header : headers) {
        text.append(header).append("\r\n");
      }
      raw(text.append("\r\n").toString());
    }

    public void sdp(String sdp, String... headers) throws IOException {
      StringBuilder text = new StringBuilder("RTSP/1.0 200 OK\r\nCSeq: ");
      text.append(request.header("CSeq")).append("\r\nContent-Type: application/sdp\r\n");
      for (String header : headers) {
        text.append(header).append("\r\n");
      }
      text.append("Content-Length: ").append(sdp.length()).append("\r\n\r\n").append(sdp);
      raw(text.toString());
    }

    public void raw(String text) throws IOException {
      raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void raw(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    public void packet(int channel, String payload) throws IOException {
      raw(frame(channel, payload));
    }
  }

  private final ServerSocket server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> reports = new CopyOnWriteArrayList<>();
  private final Script script;
  private volatile Socket current;

  /** Serves at 127.0.0.1. */
  public ScriptedServer(Script script) throws IOException {
    this("127.0.0.1", script);
  }

  /** Serves at an address of this machine. */
  public ScriptedServer(String host, Script script) throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getByName(host));
    this.script = script;
    Thread thread = new Thread(this::serve, "scripted server");
    thread.setDaemon(true);
    thread.start();
  }

  /** What a well-behaved camera answers. */
  public static void camera(Request request, Reply reply) throws IOException {
    switch (request.method()) {
      case "OPTIONS" -> reply.ok("Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER");
      case "DESCRIBE" -> reply.sdp(SDP, "Server: scripted");
      case "SETUP" ->
          reply.ok("Session: 12345;timeout=60", "Transport: " + request.header("Transport"));
      case "PLAY" -> {
        reply.ok("Session: 12345");
        reply.packet(0, "first packet");
      }
      default -> reply.ok();
    }
  }

  /** An interleaved frame whose payload begins like RTP. */
  static byte[] frame(int channel, String payload) {
    byte[] text = payload.getBytes(StandardCharsets.ISO_8859_1);
    byte[] frame = new byte[5 + text.length];
    frame[0] = '$';
    frame[1] = (byte) channel;
    frame[2] = (byte) ((text.length + 1) >>> 8);
    frame[3] = (byte) (text.length + 1);
    frame[4] = (byte) 0x80;
    System.arraycopy(text, 0, frame, 5, text.length);
    return frame;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** The address of a stream. */
  public String url(String path) {
    return "rtsp://"
        + server.getInetAddress().getHostAddress()
        + ":"
        + server.getLocalPort()
        + path;
  }

  /** What came, in order. */
  public List<Request> requests() {
    return requests;
  }

  /** Channel and length of the interleaved frames that came. */
  List<String> reports() {
    return reports;
  }

  /** Sends a packet on the connection that is open. */
  public void packet(int channel, String payload) throws IOException {
    current.getOutputStream().write(frame(channel, payload));
  }

  /** Sends a request on the connection that is open. */
  public void ask(String method) throws IOException {
    String text = method + " * RTSP/1.0\r\nCSeq: 1\r\n\r\n";
    current.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The methods of what came, in order. */
  public List<String> methods() {
    return requests.stream().map(Request::method).toList();
  }

  /** The newest request of a method. */
  public Request last(String method) {
    return requests.stream()
        .filter(r -> r.method().equals(method))
        .reduce((a, b) -> b)
        .orElseThrow(() -> new AssertionError("no " + method + " in " + methods()));
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        current = socket;
        serve(socket);
      } catch (IOException e) {
        // the client or the test hung up: wait for the next one
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    for (Request request = read(in); request != null; request = read(in)) {
      requests.add(request);
      script.answer(request, new Reply(request, socket.getOutputStream(), socket));
    }
  }

  private Request read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      if (next == '$' && text.length() == 0) {
        int channel = in.read();
        reports.add(channel + ":" + in.readNBytes(in.read() << 8 | in.read()).length);
      } else {
        text.append((char) next);
      }
    }
    String[] words = text.substring(0, text.indexOf("\r\n")).split(" ", -1);
    return new Request(words[0], words.length > 1 ? words[1] : "", text.toString());
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (current != null) {
      current.close();
    }
  }
}
