// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import java.util.List;

/** What came back. */
public final class HttpAnswer {
  private final String url;
  private final int status;
  private final List<Header> headers;
  private final byte[] body;

  /** A header; its name in lower case. */
  public record Header(String name, String value) {}

  /**
   * Makes one.
   *
   * @param url where it came from, after redirects
   * @param status 100 to 999; 0 if the answer had no status line that can be read
   * @param headers in their order
   * @param body as much as came; may be empty; kept, not copied
   */
  public HttpAnswer(String url, int status, List<Header> headers, byte[] body) {
    this.url = url;
    this.status = status;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  /** Where it came from, after redirects. */
  public String url() {
    return url;
  }

  /** 100 to 999; 0 if the answer had no status line that can be read. */
  public int status() {
    return status;
  }

  /** As much as came; may be empty. */
  public byte[] body() {
    return body;
  }

  /** The values of all headers of that name (in lower case), in their order. */
  public List<String> all(String name) {
    return headers.stream().filter(h -> h.name.equals(name)).map(Header::value).toList();
  }
}
