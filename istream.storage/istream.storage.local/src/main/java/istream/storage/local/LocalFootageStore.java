// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageException;
import istream.api.footage.FootageStore;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import istream.api.footage.StoreStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reading, counting and deleting what lies on the disk. Any thread. */
final class LocalFootageStore implements FootageStore {
  private final Equipment equipment;
  private final Volume volume;
  private final OpenSegments open;
  private final Clock clock;
  private final Runnable asked;

  /**
   * Makes a store.
   *
   * @param asked told that somebody wants fresh figures; returns at once
   */
  LocalFootageStore(
      Equipment equipment, Volume volume, OpenSegments open, Clock clock, Runnable asked) {
    this.equipment = equipment;
    this.volume = volume;
    this.open = open;
    this.clock = clock;
    this.asked = asked;
  }

  @Override
  public StoreStatus status() {
    asked.run();
    StoreStatus.State state = volume.state();
    if (state == StoreStatus.State.READY && equipment.space().full()) {
      state = StoreStatus.State.FULL;
    }
    String error = volume.problem().isEmpty() ? equipment.health().lastError() : volume.problem();
    return new StoreStatus(
        equipment.settings().id(),
        "local",
        state,
        equipment.usage().bytes(""),
        equipment.space().known(),
        equipment.settings().floorBytes(),
        error);
  }

  @Override
  public Stream<Segment> list(SegmentQuery query) throws FootageException {
    volume.require();
    try {
      return StreamSupport.stream(new SegmentListing(equipment.tree(), query), false)
          .map(this::describe)
          .flatMap(Optional::stream)
          .filter(segment -> segment.open() || segment.end().isAfter(query.from()));
    } catch (IOException e) {
      throw equipment.health().retryable("listing failed: " + e + "; check the disk", e);
    }
  }

  /** Empty for one that was deleted since its name was read. */
  private Optional<Segment> describe(SegmentKey key) {
    Path path = equipment.tree().file(key);
    Optional<LocalOpenSegment> recording = open.find(key);
    if (recording.isPresent()) {
      Instant end = recording.get().end().orElse(key.start());
      return Optional.of(segment(key, end, recording.get().length(), true));
    }
    try {
      return Optional.of(segment(key, end(key, path), Files.size(path), open.isHeld(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that cannot be read is listed all the same, so that it can be seen and deleted. */
  private Instant end(SegmentKey key, Path path) throws NoSuchFileException {
    try (FootageFile file = new FootageFile(key, path)) {
      return file.end().orElse(key.start());
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      equipment.health().note(key.path() + " cannot be read: " + e, e);
      return key.start();
    }
  }

  private Segment segment(SegmentKey key, Instant end, long bytes, boolean isOpen) {
    Duration duration = Duration.between(key.start(), end);
    return new Segment(
        key,
        equipment.settings().id(),
        duration.isNegative() ? Duration.ZERO : duration,
        bytes,
        isOpen,
        equipment.tree().file(key).toString());
  }

  @Override
  public SeekableByteChannel open(SegmentKey key) throws FootageException {
    volume.require();
    Optional<LocalOpenSegment> recording = open.find(key);
    try {
      FileChannel channel = FileChannel.open(equipment.tree().file(key), StandardOpenOption.READ);
      return new BoundedChannel(
          channel, recording.isPresent() ? recording.get().length() : channel.size());
    } catch (NoSuchFileException e) {
      throw equipment.health().refusal("there is no " + key.path(), e);
    } catch (IOException e) {
      throw equipment.health().retryable("reading " + key.path() + " failed: " + e, e);
    }
  }

  @Override
  public long delete(SegmentKey key) throws FootageException {
    volume.require();
    if (open.isHeld(key)) {
      throw equipment.health().refusal(key.path() + " is being recorded and stays", null);
    }
    try {
      OptionalLong freed = unlink(key);
      open.forget(key);
      if (freed.isPresent()) {
        equipment.space().freed(freed.getAsLong());
        equipment.tree().prune(key, clock.instant());
        equipment.announcer().deleted(key);
      }
      return freed.orElse(0);
    } catch (IOException e) {
      throw equipment
          .health()
          .retryable("deleting " + key.path() + " failed: " + e + "; check the disk", e);
    }
  }

  /** Returns the bytes freed; empty if there was no file of that name. */
  private OptionalLong unlink(SegmentKey key) throws IOException {
    Path file = equipment.tree().file(key);
    boolean gone = false;
    try {
      long bytes = Files.size(file);
      equipment.usage().leaves(key, bytes);
      gone = Files.deleteIfExists(file);
      return gone ? OptionalLong.of(bytes) : OptionalLong.empty();
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } finally {
      equipment.usage().left(key, gone);
    }
  }

  @Override
  public long usedBytes(String camera) throws FootageException {
    volume.require();
    return equipment
        .usage()
        .bytes(camera)
        .orElseThrow(
            () ->
                new FootageException(
                    "storage "
                        + equipment.settings().id()
                        + ": still counting its footage; ask again in some seconds",
                    true,
                    null));
  }
}
