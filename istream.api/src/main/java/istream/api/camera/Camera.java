// SPDX-License-Identifier: Apache-2.0
package istream.api.camera;

import istream.api.configuration.Identifier;
import java.util.Objects;

/**
 * A camera as its owner configured it. At least one of the three addresses is not empty.
 *
 * @param id its name
 * @param rtspUrl where its stream is; empty if it is to be asked for
 * @param onvifUrl its ONVIF device service; may be empty
 * @param endpoint its WS-Discovery endpoint, by which it is found again; may be empty
 * @param credentials for ONVIF and RTSP
 * @param profile {@code main}, {@code sub} or a profile token
 */
public record Camera(
    String id,
    String rtspUrl,
    String onvifUrl,
    String endpoint,
    Credentials credentials,
    String profile) {
  /** Refuses an id that cannot name a directory, and null. */
  public Camera {
    Identifier.require(id);
    Objects.requireNonNull(rtspUrl, "rtspUrl");
    Objects.requireNonNull(onvifUrl, "onvifUrl");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(profile, "profile");
  }
}
