// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageException;
import istream.api.footage.Fragment;
import istream.api.footage.OpenSegment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A file that is being recorded. The recorder's thread appends, the storage's thread syncs. */
final class LocalOpenSegment implements OpenSegment {
  private final Equipment equipment;
  private final SegmentKey key;
  private final FileChannel channel;
  private final Consumer<LocalOpenSegment> ended;
  private final List<Path> unsynced;
  private final Object writing = new Object();
  private final Object syncing = new Object();
  private final List<Fragment> units;
  private long length;
  private int durable;
  private Instant durableUntil;
  private FootageException failure;
  private boolean closed;

  /**
   * Makes a segment of an open file.
   *
   * @param channel for writing; ends after the last of {@code units}
   * @param unsynced directories to be synced with the file
   * @param units stored already, and known to listeners
   * @param ended told once when it takes no more
   */
  LocalOpenSegment(
      Equipment equipment,
      SegmentKey key,
      FileChannel channel,
      List<Path> unsynced,
      List<Fragment> units,
      Consumer<LocalOpenSegment> ended) {
    this.equipment = equipment;
    this.key = key;
    this.channel = channel;
    this.unsynced = new ArrayList<>(unsynced);
    this.units = new ArrayList<>(units);
    this.ended = ended;
    durable = units.size();
    length = units.stream().mapToLong(unit -> unit.offset() + unit.length()).max().orElse(0);
    durableUntil = newest(units).orElse(null);
  }

  @Override
  public SegmentKey key() {
    return key;
  }

  @Override
  public synchronized long length() {
    return length;
  }

  @Override
  public synchronized Optional<Instant> durableUntil() {
    return Optional.ofNullable(durableUntil);
  }

  @Override
  public synchronized List<Fragment> fragments() {
    return List.copyOf(units);
  }

  /** End of the newest frame; empty if there is no fragment yet. */
  synchronized Optional<Instant> end() {
    return newest(units);
  }

  private static Optional<Instant> newest(List<Fragment> units) {
    return units.stream()
        .filter(unit -> unit.kind() == Unit.Kind.FRAGMENT)
        .map(Fragment::end)
        .reduce((a, b) -> b);
  }

  @Override
  public Fragment append(Unit unit) throws FootageException {
    synchronized (writing) {
      return store(unit);
    }
  }

  private Fragment store(Unit unit) throws FootageException {
    requireOpen();
    long bytes = unit.remaining();
    long offset = length();
    Fragment fragment =
        new Fragment(
            unit.kind(),
            offset,
            Math.toIntExact(bytes),
            unit.start(),
            unit.duration(),
            unit.decodeTime(),
            unit.key());
    try {
      equipment.space().reserve(bytes);
    } catch (FootageException e) {
      throw end(e);
    }
    try {
      write(unit.bytes(), bytes, offset);
    } catch (IOException e) {
      throw end(refused(bytes, e));
    }
    synchronized (this) {
      units.add(fragment);
      length += bytes;
    }
    equipment.space().taken();
    equipment.usage().add(key, bytes);
    equipment.announcer().written(key, fragment);
    if (equipment.settings().sync().isZero()) {
      synchronized (syncing) {
        announce();
      }
    }
    return fragment;
  }

  private void requireOpen() throws FootageException {
    synchronized (this) {
      if (failure == null && !closed) {
        return;
      }
    }
    String state = failed().map(Throwable::getMessage).orElse("it was closed");
    throw equipment.health().refusal(key.fileName() + " takes nothing more: " + state, null);
  }

  private void write(List<ByteBuffer> buffers, long bytes, long offset) throws IOException {
    ByteBuffer[] parts = buffers.toArray(ByteBuffer[]::new);
    channel.position(offset);
    long left = bytes;
    while (left > 0) {
      left -= channel.write(parts);
    }
  }

  private FootageException refused(long bytes, IOException e) {
    String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (words.contains("no space") || words.contains("quota")) {
      return equipment.space().full(bytes, e);
    }
    return equipment
        .health()
        .retryable("writing " + key.path() + " failed: " + e + "; check the disk", e);
  }

  /** Cuts a torn unit off, makes the rest durable, and takes no more; waits for an append. */
  FootageException end(FootageException why) {
    synchronized (writing) {
      return cutAndEnd(why);
    }
  }

  /** Takes no more, and leaves the file to the next archive as it is. Never blocks. */
  synchronized void letGo(FootageException why) {
    failure = failure == null ? why : failure;
  }

  private FootageException cutAndEnd(FootageException why) {
    synchronized (syncing) {
      synchronized (this) {
        if (failure != null || closed) {
          return why;
        }
        failure = why;
      }
      try {
        cutBack();
        flush();
        channel.close();
      } catch (IOException e) {
        abandon(e);
      }
    }
    ended.accept(this);
    return why;
  }

  /** A fresh channel where an interrupt has closed ours; the interrupt is kept for its owner. */
  private void cutBack() throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      if (channel.isOpen()) {
        channel.truncate(length());
      } else {
        Path file = equipment.tree().file(key);
        try (FileChannel again = FileChannel.open(file, StandardOpenOption.WRITE)) {
          again.truncate(length());
          again.force(false);
        }
        announce();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Makes what was appended durable and says so; a segment that cannot be synced is abandoned. */
  void sync() {
    synchronized (syncing) {
      synchronized (this) {
        if (failure != null || closed || durable == units.size()) {
          return;
        }
      }
      try {
        flush();
        return;
      } catch (IOException e) {
        abandon(e);
      }
    }
    ended.accept(this);
  }

  private void flush() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    int count;
    synchronized (this) {
      count = units.size();
    }
    channel.force(false);
    for (Path directory : unsynced) {
      // a disk that was unmounted under us cannot be named any more; it syncs its entries itself
      if (Files.exists(directory)) {
        FootageTree.sync(directory);
      }
    }
    unsynced.clear();
    announce(count);
  }

  private void announce() {
    announce(fragments().size());
  }

  private void announce(int count) {
    List<Fragment> news;
    synchronized (this) {
      news = List.copyOf(units.subList(Math.min(durable, count), count));
      durable = Math.max(durable, count);
      for (Fragment unit : news) {
        durableUntil = unit.kind() == Unit.Kind.FRAGMENT ? unit.end() : durableUntil;
      }
    }
    news.forEach(unit -> equipment.announcer().durable(key, unit));
  }

  /** After a failed sync nobody knows what the disk holds: never tried again. */
  private void abandon(IOException e) {
    FootageException lost =
        equipment
            .health()
            .refusal("syncing " + key.path() + " failed: " + e + "; check the disk", e);
    equipment.health().note("syncing " + key.path() + " failed: " + e + "; check the disk", e);
    synchronized (this) {
      failure = lost;
    }
    try {
      channel.close();
    } catch (IOException closing) {
      e.addSuppressed(closing);
    }
  }

  /** Why it takes no more; empty if it does, or was closed in order. */
  synchronized Optional<FootageException> failed() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void close() throws FootageException {
    synchronized (syncing) {
      Optional<FootageException> why = failed();
      if (why.isPresent()) {
        throw why.get();
      }
      synchronized (this) {
        if (closed) {
          return;
        }
      }
      try {
        flush();
        channel.close();
        synchronized (this) {
          closed = true;
        }
      } catch (IOException e) {
        abandon(e);
      }
    }
    ended.accept(this);
    Optional<FootageException> why = failed();
    if (why.isPresent()) {
      throw why.get();
    }
    equipment.announcer().closed(key, length());
  }
}
