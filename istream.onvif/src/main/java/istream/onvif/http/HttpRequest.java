// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import java.util.Map;

/**
 * A POST to a camera.
 *
 * @param url {@code http://} or {@code https://}, with host, port and path as they are to be used
 * @param headers beyond those that HTTP itself needs; sent as ISO 8859-1
 * @param body what to send, as UTF-8
 */
public record HttpRequest(String url, Map<String, String> headers, String body) {}
