// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageException;
import istream.api.footage.Fragment;
import istream.api.footage.OpenSegment;
import istream.api.footage.SegmentKey;
import istream.api.footage.Unit;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recorders append here. Any thread. */
final class LocalFootageArchive implements FootageArchive {
  private final Equipment equipment;
  private final Volume volume;
  private final OpenSegments open;
  private final Runnable opened;

  /**
   * Makes an archive.
   *
   * @param opened told whenever there is something new to sync
   */
  LocalFootageArchive(Equipment equipment, Volume volume, OpenSegments open, Runnable opened) {
    this.equipment = equipment;
    this.volume = volume;
    this.open = open;
    this.opened = opened;
  }

  @Override
  public String id() {
    return equipment.settings().id();
  }

  @Override
  public OpenSegment create(SegmentKey key, Unit init) throws FootageException {
    volume.require();
    // once per segment, so that not even one begins on the disk below a lost mount
    volume.check();
    volume.require();
    List<Path> unsynced = new ArrayList<>();
    try {
      equipment.usage().made(key);
      FileChannel channel = equipment.tree().create(key, unsynced);
      LocalOpenSegment segment =
          new LocalOpenSegment(equipment, key, channel, unsynced, List.of(), open::ended);
      open.add(segment);
      begin(segment, init);
      opened.run();
      return segment;
    } catch (FileAlreadyExistsException e) {
      throw equipment.health().refusal(key.path() + " is there already", e);
    } catch (IOException e) {
      throw equipment
          .health()
          .retryable("making " + key.path() + " failed: " + e + "; check the disk", e);
    }
  }

  /** A file without its init is no footage: it goes as it came. */
  private void begin(LocalOpenSegment segment, Unit init) throws IOException, FootageException {
    try {
      segment.append(init);
    } catch (FootageException e) {
      Files.deleteIfExists(equipment.tree().file(segment.key()));
      open.forget(segment.key());
      throw e;
    }
  }

  @Override
  public OpenSegment reopen(SegmentKey key, long length) throws FootageException {
    volume.require();
    if (open.find(key).isPresent() || open.isAbandoned(key)) {
      String why = open.isAbandoned(key) ? "could not be synced" : "is being recorded";
      throw equipment.health().refusal(key.path() + " " + why + "; start another segment", null);
    }
    Path file = equipment.tree().file(key);
    try {
      if (!Files.exists(file) || Files.size(file) < length) {
        throw equipment
            .health()
            .refusal(key.path() + " is gone or shorter than it was; start another segment", null);
      }
      List<Fragment> units = unitsUpTo(key, file, length);
      LocalOpenSegment segment = goOn(key, file, length, units);
      open.add(segment);
      opened.run();
      return segment;
    } catch (IOException e) {
      throw equipment
          .health()
          .retryable("opening " + key.path() + " again failed: " + e + "; check the disk", e);
    }
  }

  private List<Fragment> unitsUpTo(SegmentKey key, Path path, long length)
      throws IOException, FootageException {
    List<Fragment> units;
    try (FootageFile file = new FootageFile(key, path)) {
      units =
          file.units().stream().filter(unit -> unit.offset() + unit.length() <= length).toList();
    }
    Fragment last = units.isEmpty() ? null : units.get(units.size() - 1);
    if (last == null || last.kind() == Unit.Kind.TAIL || last.offset() + last.length() != length) {
      throw equipment
          .health()
          .refusal(
              key.path() + " cannot go on after " + length + " bytes; start another segment", null);
    }
    return units;
  }

  private LocalOpenSegment goOn(SegmentKey key, Path file, long length, List<Fragment> units)
      throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      long before = channel.size();
      channel.truncate(length);
      channel.force(false);
      equipment.usage().begins(key, before);
      equipment.usage().add(key, length - before);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new LocalOpenSegment(equipment, key, channel, List.of(), units, open::ended);
  }

  @Override
  public Optional<Instant> recordedUntil(String camera) throws FootageException {
    volume.require();
    try {
      Optional<SegmentKey> key = equipment.tree().floor(camera, Instant.MAX);
      while (key.isPresent()) {
        Optional<Instant> end = end(key.get());
        if (end.isPresent()) {
          return end;
        }
        key = equipment.tree().floor(camera, key.get().start().minusMillis(1));
      }
      return Optional.empty();
    } catch (IOException e) {
      throw equipment.health().retryable("reading footage of " + camera + " failed: " + e, e);
    }
  }

  private Optional<Instant> end(SegmentKey key) throws IOException {
    Optional<LocalOpenSegment> segment = open.find(key);
    if (segment.isPresent()) {
      return segment.get().end();
    }
    try (FootageFile file = new FootageFile(key, equipment.tree().file(key))) {
      return file.end();
    }
  }

  @Override
  public boolean cutAsked(SegmentKey key) {
    return open.cutAsked(key);
  }
}
