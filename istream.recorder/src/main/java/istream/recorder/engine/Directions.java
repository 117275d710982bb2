// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.camera.Camera;
import istream.api.camera.CameraException;
import istream.recorder.rtsp.RtspTarget;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where to connect to: to the camera, or to where it redirects. The login is for the camera's own
 * host alone. Confined to the network thread.
 */
final class Directions {
  private static final int MOST_REDIRECTS = 5;

  private final Camera camera;
  private final boolean audio;
  private final AddressBook addresses;
  private CompletableFuture<AddressBook.Place> lookup;
  private int redirects;
  private AddressBook.Place home;

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
  void ask() {
    redirects = 0;
    lookup = addresses.find(camera);
  }

  /**
   * Begins to look up where the camera sends us.
   *
   * @return false if it does so for ever
   */
  boolean follow(String url) {
    if (redirects == MOST_REDIRECTS) {
      return false;
    }
    redirects++;
    lookup = addresses.find(url);
    return true;
  }

  /** Whether an answer is waited for. */
  boolean asked() {
    return lookup != null;
  }

  /** Waits for no answer any more. */
  void forget() {
    lookup = null;
  }

  /**
   * Takes the answer.
   *
   * @return empty while there is none
   * @throws CameraException if it is that there is no such place
   */
  Optional<RtspTarget> answer() throws CameraException {
    if (!lookup.isDone()) {
      return Optional.empty();
    }
    CompletableFuture<AddressBook.Place> done = lookup;
    lookup = null;
    if (done.isCompletedExceptionally()) {
      Throwable cause = done.handle((place, thrown) -> thrown).join();
      throw cause instanceof CameraException known
          ? known
          : new CameraException("a fault of istream, see the log: " + cause, true, cause);
    }
    return Optional.of(target(done.join()));
  }

  private RtspTarget target(AddressBook.Place place) {
    if (redirects == 0) {
      home = place;
    }
    boolean foreign = !place.sameHost(home);
    return new RtspTarget(place.url(), place.address(), camera.credentials(), audio, foreign);
  }
}
