// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An HTTP answer.
 *
 * @param status its number
 * @param headers whole lines, besides those of the body
 * @param type of the body
 * @param body text
 */
record HttpAnswer(int status, List<String> headers, String type, String body) {
  private static final String SOAP = "application/soap+xml; charset=utf-8";

  static HttpAnswer soap(String body) {
    return new HttpAnswer(200, List.of(), SOAP, Soap.envelope(body));
  }

  /** A refusal with the challenges that go with it. */
  static HttpAnswer fault(SoapFault fault, List<String> challenges) {
    List<String> headers = challenges.stream().map(text -> "WWW-Authenticate: " + text).toList();
    return new HttpAnswer(fault.status(), headers, SOAP, Soap.envelope(fault.body()));
  }

  static HttpAnswer page(int status) {
    String title = status + " " + reason(status);
    String body =
        "<!DOCTYPE html>\n<html><head><title>%s</title></head>\n<body bgcolor=white><h1>%s</h1><hr></body></html>\n"
            .formatted(title, title);
    return new HttpAnswer(status, List.of(), "text/html", body);
  }

  HttpAnswer status(int other) {
    return new HttpAnswer(other, headers, type, body);
  }

  HttpAnswer body(String other) {
    return new HttpAnswer(status, headers, type, other);
  }

  HttpAnswer headers(List<String> others) {
    return new HttpAnswer(status, others, type, body);
  }

  /** Its bytes up to the body, which has that many; fewer than 0: it lasts until the end. */
  byte[] head(long length) {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 " + status + " " + reason(status) + "\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append("Content-Type: " + type + "\r\n");
    head.append(length < 0 ? "" : "Content-Length: " + length + "\r\n");
    head.append("Connection: close\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      default -> "Internal Server Error";
    };
  }
}
