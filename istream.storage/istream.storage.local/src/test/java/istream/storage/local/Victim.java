// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageException;
import istream.api.footage.OpenSegment;
import istream.api.footage.SegmentKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A process that records until it is killed. */
final class Victim {
  private Victim() {}

  /**
   * Records into the data directory that is the first argument; says so for each fragment.
   *
   * @param arguments the directory, and the bytes of a fragment
   */
  public static void main(String[] arguments) throws FootageException {
    LocalSettings settings =
        LocalSettings.of(
            Map.of("service.pid", "x~archive", "min.free.megabytes", "1"), Path.of(arguments[0]));
    LocalStorage storage =
        new LocalStorage(
            settings, Clock.systemUTC(), System::nanoTime, List::of, LocalStorage.probe(settings));
    storage.start();
    SegmentKey key = new SegmentKey("front", Clock.systemUTC().instant());
    OpenSegment segment = storage.archive().create(key, Footage.init(key.start()));
    int bytes = Integer.parseInt(arguments[1]);
    for (int i = 0; i < 1_000_000; i++) {
      segment.append(Footage.fragment(key.start(), i, bytes));
      System.out.println(segment.length());
    }
  }
}
