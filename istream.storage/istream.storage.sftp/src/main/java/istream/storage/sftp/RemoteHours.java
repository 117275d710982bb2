// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cameras, hours and segments there, by listing. */
final class RemoteHours {
  private final Remote remote;
  private final Directory directory;

  RemoteHours(Remote remote) {
    this.remote = remote;
    directory = new Directory(remote);
  }

  List<String> cameras() throws ReplicaException {
    return directory.directories(remote.base()).stream().filter(RemoteHours::isCamera).toList();
  }

  private static boolean isCamera(String name) {
    try {
      return !new SegmentKey(name, Instant.EPOCH).camera().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Beginnings of the hours that a camera has a directory for, oldest first. */
  List<Instant> hours(String camera) throws ReplicaException {
    List<Instant> hours = new ArrayList<>();
    String path = remote.base() + "/" + camera;
    for (String day : directory.directories(path)) {
      for (String hour : directory.directories(path + "/" + day)) {
        instant(day, hour).ifPresent(hours::add);
      }
    }
    return hours;
  }

  private static Optional<Instant> instant(String day, String hour) {
    try {
      LocalDate date = LocalDate.parse(day);
      return Optional.of(date.atTime(Integer.parseInt(hour), 0).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Segments of a camera that begin in an hour, with their sizes. */
  Map<SegmentKey, Long> segments(String camera, Instant hour) throws ReplicaException {
    Map<SegmentKey, Long> segments = new HashMap<>();
    directory.segments(camera, remote.hour(camera, hour), segments);
    return segments;
  }
}
