// SPDX-License-Identifier: Apache-2.0
package istream.api.recording;

import istream.api.camera.Credentials;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** Looks into a stream without recording it. */
@ProviderType
public interface StreamProbe {
  /**
   * Opens the stream, watches it for {@code time} after its first packet, and closes it. Blocks;
   * may be repeated; gives up after 15 s without a frame.
   *
   * @param url an RTSP address without a login in it
   * @param time zero asks for the stream's description alone: nothing is played, and the figures of
   *     the tracks are 0
   * @throws RecordingException if it cannot be opened; the message says at which step and why
   */
  ProbeReport probe(String url, Credentials credentials, Duration time) throws RecordingException;
}
