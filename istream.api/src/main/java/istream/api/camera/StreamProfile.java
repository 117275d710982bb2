// SPDX-License-Identifier: Apache-2.0
package istream.api.camera;

/**
 * A stream that a camera offers.
 *
 * @param token by which the camera knows it, exactly as the camera wrote it
 * @param name what the camera calls it; may be empty
 * @param codec such as {@code H.264}: of the stream itself if it could be opened, else what the
 *     camera claims; empty if unknown
 * @param width pixels; 0 if unknown
 * @param height pixels; 0 if unknown
 * @param uri RTSP address without a login; empty if it was not told
 */
public record StreamProfile(
    String token, String name, String codec, int width, int height, String uri) {}
