// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.recorder.media.StreamFailure;
import java.util.List;
import java.util.Optional;

/**
 * One connection to a camera, as its supervisor sees it. Lives once. Confined to the network
 * thread.
 */
interface Session {
  /** Goes on as far as possible without waiting. */
  void tick(long now);

  /** Why it ended; empty while it goes on. */
  Optional<StreamFailure> failure();

  /** Where the server sends us; empty if it does not. */
  Optional<String> redirect();

  /** Whether the camera answers. */
  boolean connected();

  /** Whether fragments come. */
  boolean recording();

  /** Monotonic time of the newest fragment, or of what would be one; while {@link #recording}. */
  long progressNanos();

  /** Whether it has been recording long enough to forget past failures. */
  boolean steady(long now);

  /** What a user should know. */
  List<String> notes();

  /** Ends the connection; what was received whole is recorded. */
  void close();
}
