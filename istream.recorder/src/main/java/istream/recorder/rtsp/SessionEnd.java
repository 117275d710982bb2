// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import istream.recorder.media.StreamFailure;

/** A session cannot go on: it failed, or the server sends us elsewhere. */
final class SessionEnd extends Exception {
  private static final long serialVersionUID = 1;

  private final transient StreamFailure failure;
  private final String redirect;

  private SessionEnd(String message, StreamFailure failure, String redirect) {
    super(message);
    this.failure = failure;
    this.redirect = redirect;
  }

  static SessionEnd failed(StreamFailure.Kind kind, String message, boolean retrySoon) {
    return new SessionEnd(message, new StreamFailure(kind, message, retrySoon), "");
  }

  static SessionEnd nonsense(String message) {
    return failed(StreamFailure.Kind.NONSENSE, message, true);
  }

  static SessionEnd redirected(String url) {
    return new SessionEnd("redirected", null, url);
  }

  /** Tells {@code listener}. */
  void tell(RtspListener listener) {
    if (failure == null) {
      listener.redirected(redirect);
    } else {
      listener.ended(failure);
    }
  }
}
