// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageException;
import istream.api.footage.FootageSource;
import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What lies on the disk, for those who copy it. Any thread. */
final class LocalFootageSource implements FootageSource {
  private static final int HOUR = 2;

  private final Equipment equipment;
  private final Volume volume;
  private final OpenSegments open;

  LocalFootageSource(Equipment equipment, Volume volume, OpenSegments open) {
    this.equipment = equipment;
    this.volume = volume;
    this.open = open;
  }

  @Override
  public List<String> cameras() throws FootageException {
    volume.require();
    try {
      return equipment.tree().cameras();
    } catch (IOException e) {
      throw unreadable("the cameras", e);
    }
  }

  @Override
  public List<Instant> hours(String camera) throws FootageException {
    volume.require();
    try {
      List<Instant> hours = new ArrayList<>();
      for (String day : equipment.tree().days(camera)) {
        for (String hour : equipment.tree().hours(camera, day)) {
          instant(day, hour).ifPresent(hours::add);
        }
      }
      return hours;
    } catch (IOException e) {
      throw unreadable("the footage of " + camera, e);
    }
  }

  /** Empty for names that are digits and no time. */
  private static Optional<Instant> instant(String day, String hour) {
    try {
      int number = Integer.parseInt(hour);
      LocalDate date = LocalDate.parse(day);
      return number < 24
          ? Optional.of(date.atTime(number, 0).toInstant(ZoneOffset.UTC))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<Extent> hour(String camera, Instant hour) throws FootageException {
    volume.require();
    String[] names = new SegmentKey(camera, hour).path().split("/", -1);
    try {
      List<Extent> extents = new ArrayList<>();
      for (SegmentKey key : equipment.tree().segments(camera, names[1], names[HOUR])) {
        extent(key).ifPresent(extents::add);
      }
      return extents;
    } catch (IOException e) {
      throw unreadable("the footage of " + camera, e);
    }
  }

  /** Empty for one that was deleted since its name was read. */
  private Optional<Extent> extent(SegmentKey key) throws IOException {
    Optional<LocalOpenSegment> recording = open.find(key);
    if (recording.isPresent()) {
      return Optional.of(new Extent(key, recording.get().length(), true));
    }
    try {
      long bytes = Files.size(equipment.tree().file(key));
      return Optional.of(new Extent(key, bytes, open.isHeld(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<Fragment> units(SegmentKey key) throws FootageException {
    volume.require();
    Optional<LocalOpenSegment> recording = open.find(key);
    if (recording.isPresent()) {
      return recording.get().fragments();
    }
    try (FootageFile file = new FootageFile(key, equipment.tree().file(key))) {
      return file.units();
    } catch (NoSuchFileException e) {
      throw missing(key, e);
    } catch (IOException e) {
      throw unreadable(key.path(), e);
    }
  }

  @Override
  public SeekableByteChannel open(SegmentKey key) throws FootageException {
    volume.require();
    Path file = equipment.tree().file(key);
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw missing(key, e);
    } catch (IOException e) {
      throw unreadable(key.path(), e);
    }
  }

  @Override
  public void cut(SegmentKey key) {
    open.askForCut(key);
  }

  private FootageException missing(SegmentKey key, IOException e) {
    return equipment.health().refusal("there is no " + key.path(), e);
  }

  private FootageException unreadable(String what, IOException e) {
    return equipment
        .health()
        .retryable("reading " + what + " failed: " + e + "; check the disk", e);
  }
}
