// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes requests, with all that stands in each of them, and answers to those of the server. */
final class Requests {
  private static final String END = "\r\n";

  private final Authenticator authenticator;
  private String session = "";
  private int sequence;

  Requests(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** Takes the header {@code Session} of an answer: the latest id counts. */
  void session(String header) {
    int end = header.indexOf(';');
    String id = (end < 0 ? header : header.substring(0, end)).strip();
    session = id.isEmpty() ? session : id;
  }

  boolean hasSession() {
    return !session.isEmpty();
  }

  /** A request; each of {@code headers} is a whole line. */
  ByteBuffer request(String method, String url, String... headers) {
    StringBuilder text = new StringBuilder(256);
    text.append(method).append(' ').append(url).append(" RTSP/1.0\r\n");
    text.append("CSeq: ").append(++sequence).append(END);
    text.append("User-Agent: istream\r\n");
    String login = authenticator.header(method, url);
    if (!login.isEmpty()) {
      text.append("Authorization: ").append(login).append(END);
    }
    if (hasSession()) {
      text.append("Session: ").append(session).append(END);
    }
    for (String header : headers) {
      text.append(header).append(END);
    }
    return bytes(text.append(END));
  }

  /** The answer to a request of the server. */
  ByteBuffer answer(RtspMessage request) {
    String line =
        switch (request.method()) {
          case "OPTIONS", "ANNOUNCE", "GET_PARAMETER", "SET_PARAMETER", "REDIRECT", "TEARDOWN" ->
              "200 OK";
          default -> "501 Not Implemented";
        };
    StringBuilder text = new StringBuilder(128);
    text.append("RTSP/1.0 ").append(line).append(END);
    text.append("CSeq: ").append(request.first("cseq")).append(END);
    if (request.method().equals("OPTIONS")) {
      text.append("Public: OPTIONS, ANNOUNCE, GET_PARAMETER, SET_PARAMETER, REDIRECT, TEARDOWN");
      text.append(END);
    }
    return bytes(text.append(END));
  }

  private static ByteBuffer bytes(CharSequence text) {
    return StandardCharsets.ISO_8859_1.encode(text.toString());
  }
}
