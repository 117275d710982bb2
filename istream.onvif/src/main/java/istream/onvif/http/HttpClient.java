// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import istream.onvif.soap.SoapFailure;

/** Sends requests to cameras. Any thread may call. */
public interface HttpClient {
  /**
   * Sends a request and returns what the camera sent, whatever that is: anything that has bytes is
   * an answer. Blocks, at most until the deadline.
   *
   * @param deadline on {@link System#nanoTime}'s clock
   * @throws SoapFailure if there is no answer: {@code UNREACHABLE} if no connection came about or
   *     its certificate is not the known one, {@code SILENT} if the camera took the request and
   *     sent nothing, or not all in time, {@code NONSENSE} if it sends without end
   */
  HttpAnswer post(HttpRequest request, long deadline) throws SoapFailure;
}
