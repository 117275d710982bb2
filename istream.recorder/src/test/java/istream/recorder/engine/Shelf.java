// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageException;
import istream.api.footage.Fragment;
import istream.api.footage.OpenSegment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/** An archive in memory, which blocks while the test holds its lock. */
final class Shelf implements FootageArchive {
  /** What was stored, each unit as a text of its bytes. */
  final List<String> units = new CopyOnWriteArrayList<>();

  final ReentrantLock lock = new ReentrantLock();

  @Override
  public String id() {
    return "shelf";
  }

  @Override
  public OpenSegment create(SegmentKey key, Unit init) {
    Open segment = new Open(key);
    segment.append(init);
    return segment;
  }

  @Override
  public OpenSegment reopen(SegmentKey key, long length) throws FootageException {
    throw new FootageException("nothing is reopened here", false, null);
  }

  @Override
  public Optional<Instant> recordedUntil(String camera) {
    return Optional.empty();
  }

  @Override
  public boolean cutAsked(SegmentKey key) {
    return false;
  }

  private final class Open implements OpenSegment {
    private final SegmentKey key;
    private final List<Fragment> fragments = new ArrayList<>();
    private long length;

    Open(SegmentKey key) {
      this.key = key;
    }

    @Override
    public SegmentKey key() {
      return key;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public Fragment append(Unit unit) {
      lock.lock();
      try {
        StringBuilder text = new StringBuilder();
        for (ByteBuffer bytes : unit.bytes()) {
          text.append(StandardCharsets.ISO_8859_1.decode(bytes));
        }
        units.add(text.toString());
        Fragment entry =
            new Fragment(
                unit.kind(),
                length,
                text.length(),
                unit.start(),
                unit.duration(),
                unit.decodeTime(),
                unit.key());
        fragments.add(entry);
        length += text.length();
        return entry;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Optional<Instant> durableUntil() {
      return Optional.empty();
    }

    @Override
    public List<Fragment> fragments() {
      return fragments;
    }

    @Override
    public void close() {
      // nothing is left to do
    }
  }
}
