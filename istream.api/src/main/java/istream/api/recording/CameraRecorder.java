// SPDX-License-Identifier: Apache-2.0
package istream.api.recording;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The recorder of one camera: one service per configuration file, with the service property {@value
 * #CAMERA_ID}. Any thread may ask, as often as it likes; nothing blocks.
 */
@ProviderType
public interface CameraRecorder {
  /** Service property: the camera's id. */
  String CAMERA_ID = "camera.id";

  /** The camera's id. */
  String id();

  /** What it is doing now. */
  RecorderStatus status();
}
