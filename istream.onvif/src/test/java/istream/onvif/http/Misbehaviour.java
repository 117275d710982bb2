// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** What a server does, and what the answer is then. */
record Misbehaviour(String name, int status, String body, RawServer.Behaviour behaviour) {
  static final String XML =
      "<s:Envelope xmlns:s=\"u\"><s:Body><Uri>rtsp://a</Uri></s:Body></s:Envelope>";
  static final String OK = "HTTP/1.1 200 OK\r\n";
  static final String LENGTH = "Content-Length: " + XML.length() + "\r\n";
  static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  @Override
  public String toString() {
    return name;
  }

  private static Misbehaviour open(String name, String sent) {
    return open(name, 200, XML, sent);
  }

  /** It sends something, and leaves the connection open. */
  private static Misbehaviour open(String name, int status, String body, String sent) {
    return new Misbehaviour(name, status, body, (socket, out) -> out.write(RawServer.bytes(sent)));
  }

  private static Misbehaviour closing(String name, String sent) {
    return closing(name, 200, XML, sent);
  }

  private static Misbehaviour closing(String name, int status, String body, String sent) {
    return new Misbehaviour(
        name,
        status,
        body,
        (socket, out) -> {
          out.write(RawServer.bytes(sent));
          socket.close();
        });
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static Stream<Misbehaviour> lengths() {
    return Stream.of(
        closing("right length", OK + LENGTH + "\r\n" + XML),
        open("right length, stays open", OK + LENGTH + "\r\n" + XML),
        open("no length, stays open", OK + "\r\n" + XML),
        closing("no length", OK + "\r\n" + XML),
        closing("length too large", OK + "Content-Length: 9999\r\n\r\n" + XML),
        open("length too large, stays open", OK + "Content-Length: 9999\r\n\r\n" + XML),
        closing("length too small", OK + "Content-Length: 20\r\n\r\n" + XML),
        open("length too small, stays open", OK + "Content-Length: 20\r\n\r\n" + XML),
        closing("length 0", 200, "", OK + "Content-Length: 0\r\n\r\n"),
        closing("length of letters", OK + "Content-Length: many\r\n\r\n" + XML),
        closing("length negative", OK + "Content-Length: -1\r\n\r\n" + XML),
        closing("length immense", OK + "Content-Length: 99999999999999999999\r\n\r\n" + XML),
        closing("cut short", 200, "<Envelope><Uri>x</", OK + LENGTH + "\r\n<Envelope><Uri>x</"),
        open("no content", 204, "", "HTTP/1.1 204 No Content\r\n\r\n"),
        open(
            "refusal that never comes whole",
            401,
            "<html>",
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: 500\r\n\r\n<html>"),
        open(
            "page, stays open",
            404,
            "<html>no</html>",
            "HTTP/1.1 404 Not Found\r\n\r\n<html>no</html>"));
  }

  private static Stream<Misbehaviour> chunks() {
    String one = XML.substring(0, 30);
    String two = XML.substring(30);
    return Stream.of(
        open("chunks", CHUNKED + chunk(one) + chunk(two) + "0\r\n\r\n"),
        open(
            "chunks with extensions",
            CHUNKED + chunk(one).replaceFirst("\r", ";a=b\r") + chunk(two)),
        open("no last chunk", CHUNKED + chunk(one) + chunk(two)),
        open("chunk sizes too large", CHUNKED + "fff\r\n" + XML),
        open("chunk sizes too small", CHUNKED + "8\r\n" + XML + "\r\n0\r\n\r\n"),
        open("no chunks at all", CHUNKED + XML),
        open(
            "chunks by line feed", (CHUNKED + chunk(one) + chunk(two) + "0\r\n").replace("\r", "")),
        open("chunks unannounced", OK + "\r\n" + chunk(one) + chunk(two) + "0\r\n\r\n"),
        open(
            "chunks and a length",
            CHUNKED.replace("\r\n\r\n", "\r\n" + LENGTH + "\r\n") + chunk(XML)),
        open("chunks of no document", 200, "not XML", CHUNKED + chunk("not XML") + "0\r\n\r\n"));
  }

  private static Stream<Misbehaviour> heads() {
    return Stream.of(
        open("continue first", "HTTP/1.1 100 Continue\r\n\r\n" + OK + LENGTH + "\r\n" + XML),
        open("line feeds only", "HTTP/1.0 200 OK\nContent-Length: 9\n\n" + XML),
        open("garbage before", "\0\0garbage\r\n" + OK + "\r\n" + XML),
        open("NULs in the status line", "\0HTTP/1.1\0 200\0\0Host\0\r\n\r\n" + XML),
        open("no reason", "HTTP/1.1 200\r\n\r\n" + XML),
        open("another protocol's version", "HTTP/9 200 fine\r\n\r\n" + XML),
        open("empty lines first", "\r\n\r\n" + OK + "\r\n" + XML),
        open("no empty line", OK + "Server: x\r\n" + XML),
        open("folded header", OK + "X: a\r\n  b\r\n" + LENGTH + "\r\n" + XML),
        open("headers without colons", OK + "nonsense\r\n: empty\r\n" + LENGTH + "\r\n" + XML),
        open("no head at all", 0, XML, XML),
        closing("no HTTP at all", 0, "go away\n", "go away\n"),
        open("fault", 500, XML, "HTTP/1.1 500 Oops\r\n\r\n" + XML));
  }

  private static Stream<Misbehaviour> transports() {
    return Stream.of(
        new Misbehaviour("dribbles", 200, XML, (s, out) -> dribble(out, OK + "\r\n" + XML)),
        new Misbehaviour("half closed behind a short body", 200, "fine", Misbehaviour::halfClosed),
        new Misbehaviour("zipped, unasked", 200, XML, (s, out) -> zipped(s, out, 0)),
        new Misbehaviour(
            "UTF-16",
            200,
            // without the last NUL, which comes behind the closing tag
            new String(XML.getBytes(UTF_16LE), 0, XML.length() * 2 - 1, ISO_8859_1),
            (s, out) -> {
              out.write(RawServer.bytes(OK + "\r\n"));
              out.write(XML.getBytes(UTF_16LE));
              s.close();
            }));
  }

  private static void dribble(OutputStream out, String text) throws IOException {
    for (byte b : RawServer.bytes(text)) {
      out.write(b);
      out.flush();
    }
  }

  private static void halfClosed(Socket socket, OutputStream out) throws IOException {
    out.write(RawServer.bytes(OK + "Content-Length: 999\r\n\r\nfine"));
    socket.shutdownOutput();
  }

  static void zipped(Socket socket, OutputStream out, int zeros) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
      zip.write(zeros == 0 ? RawServer.bytes(XML) : new byte[zeros]);
    }
    out.write(RawServer.bytes(OK + "Content-Encoding: gzip\r\n"));
    out.write(RawServer.bytes("Content-Length: " + zipped.size() + "\r\n\r\n"));
    out.write(zipped.toByteArray());
    socket.close();
  }

  static Stream<Misbehaviour> all() {
    return Stream.of(lengths(), chunks(), heads(), transports()).flatMap(all -> all);
  }
}
