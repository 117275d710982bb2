// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.Fragment;
import istream.api.replication.ReplicaException;
import istream.storage.sftp.Comparison.Result;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Where to go on with a file that lies there, if it is a beginning of ours. */
final class Resumption {
  /** A unit's first piece: sent last, and never larger than this. */
  static final int HEAD = Pace.LEAST;

  private static final int SAMPLE = 4 << 10;
  private static final int SAMPLES = 6;

  private final Remote remote;
  private final List<Fragment> units;
  private final SeekableByteChannel bytes;
  private final long size;
  private final int last;

  /**
   * Makes ready.
   *
   * @param size of the file there; not 0
   */
  Resumption(Remote remote, List<Fragment> units, SeekableByteChannel bytes, long size) {
    this.remote = remote;
    this.units = units;
    this.bytes = bytes;
    this.size = size;
    int unit = units.size() - 1;
    while (unit > 0 && units.get(unit).offset() >= size) {
      unit--;
    }
    last = unit;
  }

  private static long end(Fragment unit) {
    return unit.offset() + unit.length();
  }

  /** Where to go on if bytes are only ever added: with the unit that is not there to its end. */
  long unitToGoOn() {
    Fragment unit = units.get(last);
    return size < end(unit) ? unit.offset() : size;
  }

  /** By the size alone; empty if we can have left no such file. */
  OptionalLong bySize() {
    Fragment unit = units.get(last);
    if (size > end(unit)) {
      return OptionalLong.of(size);
    }
    boolean whole = size == end(unit);
    boolean torn = size > unit.offset() + HEAD;
    return whole || torn ? OptionalLong.of(unit.offset()) : OptionalLong.empty();
  }

  /** Whether all there is the same as ours, as far as samples show; what is appended stays. */
  boolean isBeginning(byte[] handle) throws ReplicaException, IOException {
    for (Comparison comparison : samples(handle).values()) {
      if (comparison.with(bytes) != Result.SAME) {
        return false;
      }
    }
    return true;
  }

  /** By reading; empty if what is there is not ours. */
  OptionalLong byReading(byte[] handle) throws ReplicaException, IOException {
    int torn = size < end(units.get(last)) ? last : last + 1;
    for (Map.Entry<Integer, Comparison> sample : samples(handle).entrySet()) {
      Result result = sample.getValue().with(bytes);
      if (result == Result.OTHER) {
        return OptionalLong.empty();
      } else if (result == Result.TORN) {
        torn = Math.min(torn, sample.getKey());
      }
    }
    if (torn > last) {
      return OptionalLong.of(size);
    }
    return beforeTorn(handle, torn);
  }

  /** Goes back over units that were not written, to one that was. */
  private OptionalLong beforeTorn(byte[] handle, int from) throws ReplicaException, IOException {
    int torn = from;
    while (torn > 0) {
      Result result = whole(handle, torn - 1).with(bytes);
      if (result == Result.OTHER) {
        return OptionalLong.empty();
      } else if (result == Result.SAME) {
        break;
      }
      torn--;
    }
    return OptionalLong.of(units.get(torn).offset());
  }

  /** The first unit, the last two, and the heads of some between. */
  private Map<Integer, Comparison> samples(byte[] handle) throws ReplicaException {
    Map<Integer, Comparison> samples = new TreeMap<>();
    samples.put(0, whole(handle, 0));
    if (last > 0) {
      samples.put(last, whole(handle, last));
    }
    if (last > 1) {
      samples.put(last - 1, whole(handle, last - 1));
    }
    for (int i = 1; i <= SAMPLES; i++) {
      int unit = (int) ((long) last * i / (SAMPLES + 1));
      if (!samples.containsKey(unit)) {
        samples.put(unit, part(handle, unit, SAMPLE));
      }
    }
    return samples;
  }

  private Comparison whole(byte[] handle, int unit) throws ReplicaException {
    return part(handle, unit, Integer.MAX_VALUE);
  }

  private Comparison part(byte[] handle, int unit, int most) throws ReplicaException {
    Fragment fragment = units.get(unit);
    long there = Math.min(fragment.length(), size - fragment.offset());
    return new Comparison(remote, handle, fragment.offset(), (int) Math.min(most, there));
  }
}
