// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.camera.Camera;
import istream.api.camera.CameraException;
import istream.recorder.media.StreamFailure;
import istream.recorder.rtsp.RtspTarget;
import java.util.Optional;

/**
 * Where to connect to: to the camera, or to where it redirects. The login is for the camera's own
 * host alone. Confined to the network thread.
 */
final class Directions {
  private static final int MOST_REDIRECTS = 5;

  private final Camera camera;
  private final boolean audio;
  private final AddressBook addresses;
  private Question question;
  private long askedNanos;
  private int redirects;
  private AddressBook.Place home;
  private AddressBook.Place reached;
  private String doubt = "";

  /**
   * Makes directions that have not been asked for.
   *
   * @param audio whether audio may be set up
   */
  Directions(Camera camera, boolean audio, AddressBook addresses) {
    this.camera = camera;
    this.audio = audio;
    this.addresses = addresses;
  }

  /** Begins to look the camera up. */
  void ask(long now) {
    redirects = 0;
    doubt = "";
    ask(addresses.find(camera), now);
  }

  /**
   * Begins to look up where the camera sends us.
   *
   * @return false if it does so for ever
   */
  boolean follow(String url, long now) {
    if (redirects == MOST_REDIRECTS) {
      return false;
    }
    redirects++;
    ask(addresses.find(url), now);
    return true;
  }

  private void ask(Question newQuestion, long now) {
    question = newQuestion;
    askedNanos = now;
  }

  /** Whether an answer is waited for. */
  boolean asked() {
    return question != null;
  }

  /** Waits for no answer any more. */
  void forget() {
    question = null;
  }

  /**
   * Takes the answer. Where there is none in time the camera may still be where it was.
   *
   * @return empty while there is none
   * @throws CameraException if there is no such place
   */
  Optional<RtspTarget> answer(long now) throws CameraException {
    Optional<AddressBook.Place> place;
    try {
      place = question.answer(now - askedNanos);
    } catch (CameraException e) {
      question = null;
      place = Optional.of(lastKnown(e));
    }
    if (place.isPresent()) {
      question = null;
    }
    return place.map(this::target);
  }

  private AddressBook.Place lastKnown(CameraException failure) throws CameraException {
    if (redirects > 0) {
      String message = failure.getMessage() + "; the camera redirects there";
      throw new CameraException(message, failure.retryable(), failure);
    }
    if (reached == null || !failure.retryable()) {
      throw failure;
    }
    doubt = failure.getMessage();
    return reached;
  }

  private RtspTarget target(AddressBook.Place place) {
    if (redirects == 0) {
      home = place;
    }
    boolean foreign = !place.sameHost(home);
    return new RtspTarget(place.url(), place.address(), camera.credentials(), audio, foreign);
  }

  /** The camera answers where it is said to be. */
  void reached() {
    if (redirects == 0) {
      reached = home;
    }
  }

  /** A failure at the place, in the light of how we came there. */
  StreamFailure explained(StreamFailure failure) {
    return doubt.isEmpty()
        ? failure
        : new StreamFailure(
            failure.kind(),
            failure.message() + "; this is its last known address: " + doubt,
            failure.retrySoon());
  }
}
