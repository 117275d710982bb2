// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a camera by ONVIF, as a client of another make would: one request each connection. */
final class TestCaller {
  /** A question that needs a login. */
  static final String INFORMATION = question(Soap.DEVICE, "GetDeviceInformation", "");

  private final URI url;

  /**
   * An answer.
   *
   * @param status its number
   * @param head from the status line to the empty line
   * @param body what came until the end
   */
  record Answer(int status, String head, String body) {
    String text(String name) {
      List<String> texts = texts(name);
      assertEquals(1, texts.size(), name + " in " + body);
      return texts.get(0);
    }

    List<String> texts(String name) {
      Pattern element = Pattern.compile("<(?:\\w+:)?" + name + "(?: [^>]*)?>([^<]*)</");
      return element.matcher(body).results().map(match -> match.group(1)).toList();
    }

    String challenge() {
      Matcher matcher = Pattern.compile("WWW-Authenticate: (.*)").matcher(head);
      assertTrue(matcher.find(), head);
      return matcher.group(1);
    }
  }

  TestCaller(SimulatedCamera camera) {
    this(camera.onvifUrl());
  }

  TestCaller(String url) {
    this.url = URI.create(url);
  }

  static String question(String space, String name, String content) {
    return "<x:%s xmlns:x=\"%s\">%s</x:%s>".formatted(name, space, content, name);
  }

  /** The same camera's service of another name. */
  TestCaller service(String name) {
    return new TestCaller(url.resolve(name).toString());
  }

  /** Asks without a login. */
  Answer ask(String question) throws IOException {
    return post(envelope("", question), "");
  }

  Answer ask(String space, String name) throws IOException {
    return ask(question(space, name, ""));
  }

  /** Asks with a token. */
  Answer askWith(String token, String question) throws IOException {
    return post(envelope(token, question), "");
  }

  static String envelope(String header, String question) {
    return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header>%s</s:Header><s:Body>%s</s:Body></s:Envelope>"
        .formatted(header, question);
  }

  /** A token of a user whose password is right if it is {@code secret}. */
  static String token(String password, Instant created) {
    byte[] nonce = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      sha.update(nonce);
      sha.update((created + password).getBytes(StandardCharsets.UTF_8));
      String digest = Base64.getEncoder().encodeToString(sha.digest());
      return token("#PasswordDigest", digest, Base64.getEncoder().encodeToString(nonce), created);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static String token(String type, String password, String nonce, Instant created) {
    String space = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    return """
        <w:Security xmlns:w="%swssecurity-secext-1.0.xsd" xmlns:u="%swssecurity-utility-1.0.xsd">\
        <w:UsernameToken><w:Username>user</w:Username>\
        <w:Password Type="%susername-token-profile-1.0%s">%s</w:Password>\
        <w:Nonce>%s</w:Nonce><u:Created>%s</u:Created></w:UsernameToken></w:Security>"""
        .formatted(space, space, space, type, password, nonce, created);
  }

  /** Asks with a header Authorization. */
  Answer authorized(String question, String authorization) throws IOException {
    return post(envelope("", question), "Authorization: " + authorization + "\r\n");
  }

  private Answer post(String body, String headers) throws IOException {
    return send("POST", headers, body);
  }

  Answer send(String method, String headers, String body) throws IOException {
    try (Socket socket = open(method, headers, body)) {
      socket.setSoTimeout(10_000);
      byte[] bytes = socket.getInputStream().readAllBytes();
      String text = new String(bytes, StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      return end < 0
          ? new Answer(0, "", text)
          : new Answer(
              Integer.parseInt(text.split(" ", 3)[1]),
              text.substring(0, end),
              text.substring(end + 4));
    }
  }

  /** Sends a request and leaves the answer to be read. */
  Socket open(String question) throws IOException {
    return open("POST", "", envelope("", question));
  }

  private Socket open(String method, String headers, String body) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "%s %s HTTP/1.1\r\nHost: camera\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(method, url.getPath(), headers, bytes.length);
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
    return socket;
  }
}
