// SPDX-License-Identifier: Apache-2.0
package istream.api.camera;

import org.osgi.annotation.versioning.ProviderType;

/** Asks a camera for the address of its stream. */
@ProviderType
public interface StreamResolver {
  /**
   * Returns the RTSP address of the stream of the camera's profile, without a login in it. A
   * recorder calls this at every connect, on a thread that may wait; it may be repeated at will,
   * and ends within 30 s.
   *
   * @throws CameraException if the camera cannot be found, refuses, or answers nonsense
   */
  String resolve(Camera camera) throws CameraException;
}
