// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.camera.CameraException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Something that was asked of the address book.
 *
 * @param words what is being done
 * @param check what to look at if it takes too long
 * @param mostNanos how long it may take
 * @param place the answer; fails with {@link CameraException}
 */
record Question(
    String words, String check, long mostNanos, CompletableFuture<AddressBook.Place> place) {
  /**
   * Takes the answer.
   *
   * @param waitedNanos time since it was asked
   * @return empty while there is none
   * @throws CameraException if there is no such place, or no answer in time
   */
  Optional<AddressBook.Place> answer(long waitedNanos) throws CameraException {
    try {
      AddressBook.Place now = place.getNow(null);
      if (now == null && waitedNanos > mostNanos) {
        throw late();
      }
      return Optional.ofNullable(now);
    } catch (CompletionException e) {
      throw failure(e.getCause());
    }
  }

  /** Waits for the answer. */
  AddressBook.Place await() throws CameraException, InterruptedException {
    try {
      return place.get(mostNanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      throw late();
    }
  }

  private CameraException late() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(mostNanos);
    return new CameraException(
        words + " takes longer than " + seconds + " s; check " + check, true, null);
  }

  private CameraException failure(Throwable cause) {
    return cause instanceof CameraException known
        ? known
        : new CameraException(words + " failed: " + cause, true, cause);
  }
}
