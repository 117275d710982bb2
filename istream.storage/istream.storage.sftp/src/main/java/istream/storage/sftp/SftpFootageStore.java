// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.configuration.ConfigProblem;
import istream.api.footage.FootageException;
import istream.api.footage.FootageListener;
import istream.api.footage.FootageStore;
import istream.api.footage.Segment;
import istream.api.footage.SegmentKey;
import istream.api.footage.SegmentQuery;
import istream.api.footage.StoreStatus;
import istream.api.replication.ReplicaException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reading, counting and deleting what lies on the server. Any thread. */
final class SftpFootageStore implements FootageStore, RemoteListing.Source {
  private final Shared shared;
  private final SharedRemote remote;
  private final Census census;
  private final Supplier<List<FootageListener>> listeners;

  SftpFootageStore(
      Shared shared,
      SharedRemote remote,
      Census census,
      Supplier<List<FootageListener>> listeners) {
    this.shared = shared;
    this.remote = remote;
    this.census = census;
    this.listeners = listeners;
  }

  @Override
  public StoreStatus status() {
    List<ConfigProblem> problems = shared.settings().problems();
    return new StoreStatus(
        shared.settings().id(),
        "sftp",
        problems.isEmpty() ? shared.state().state() : StoreStatus.State.MISCONFIGURED,
        shared.index().bytes(""),
        shared.state().free(),
        0,
        problems.isEmpty()
            ? shared.state().lastError()
            : problems.stream().map(ConfigProblem::message).collect(Collectors.joining("; ")));
  }

  @Override
  public Stream<Segment> list(SegmentQuery query) throws FootageException {
    return StreamSupport.stream(new RemoteListing(this, query), false);
  }

  private <T> T use(SharedRemote.Work<T> work) throws FootageException {
    try {
      return remote.use(work);
    } catch (ReplicaException e) {
      throw new FootageException(e.getMessage(), e.kind() == ReplicaException.Kind.LINK, e);
    }
  }

  @Override
  public SortedSet<Instant> hours(SegmentQuery query) throws FootageException {
    if (shared.index().isCounted()) {
      // a server that is gone must not look like an empty one
      use(there -> there.sftp().await(there.sftp().realpath(".")));
      SortedSet<Instant> hours = new TreeSet<>();
      cameras(query, shared.index().cameras())
          .forEach(camera -> hours.addAll(shared.index().hours(camera)));
      return hours;
    }
    return use(
        there -> {
          RemoteHours listing = new RemoteHours(there);
          SortedSet<Instant> hours = new TreeSet<>();
          for (String camera : cameras(query, listing.cameras())) {
            hours.addAll(listing.hours(camera));
          }
          return hours;
        });
  }

  private static List<String> cameras(SegmentQuery query, List<String> all) {
    return query.camera().isEmpty() ? all : List.of(query.camera());
  }

  @Override
  public Map<SegmentKey, Long> segments(SegmentQuery query, Instant hour) throws FootageException {
    return use(
        there -> {
          RemoteHours listing = new RemoteHours(there);
          List<String> all =
              shared.index().isCounted() ? shared.index().cameras() : listing.cameras();
          Map<SegmentKey, Long> segments = new HashMap<>();
          for (String camera : cameras(query, all)) {
            segments.putAll(listing.segments(camera, hour));
          }
          return segments;
        });
  }

  @Override
  public Segment describe(SegmentKey key, long bytes, Duration guess) {
    Duration duration =
        shared.shipments().until(key).map(end -> Duration.between(key.start(), end)).orElse(guess);
    boolean open = shared.shipments().open(key).isPresent();
    String file =
        "sftp://" + shared.settings().server().address() + "/" + path(key).replaceAll("^/", "");
    return new Segment(key, shared.settings().id(), duration, bytes, open, file);
  }

  private String path(SegmentKey key) {
    return shared.settings().path() + "/" + key.path();
  }

  @Override
  public SeekableByteChannel open(SegmentKey key) throws FootageException {
    OptionalLong shipped = shared.shipments().open(key);
    long there = use(at -> new RemoteRemoval(at).size(key).orElse(-1));
    if (there < 0) {
      throw refusal("there is no " + key.path(), null);
    }
    long size = shipped.isPresent() ? Math.min(shipped.getAsLong(), there) : there;
    return new RemoteChannel(remote, key, size);
  }

  @Override
  public long delete(SegmentKey key) throws FootageException {
    if (shared.shipments().open(key).isPresent()) {
      throw refusal(key.path() + " is being written and stays", null);
    }
    OptionalLong freed = use(there -> new RemoteRemoval(there).remove(key));
    if (freed.isPresent()) {
      shared.index().deleted(key, freed.getAsLong());
      listeners.get().forEach(listener -> listener.deleted(shared.settings().id(), key));
    }
    return freed.orElse(0);
  }

  private FootageException refusal(String what, Exception cause) {
    return new FootageException(new Complaints(shared.settings()).on(what), false, cause);
  }

  @Override
  public long usedBytes(String camera) throws FootageException {
    OptionalLong bytes = shared.index().bytes(camera);
    if (bytes.isEmpty()) {
      census.start();
      String what = "still counting its footage; ask again in some seconds";
      throw new FootageException(new Complaints(shared.settings()).on(what), true, null);
    }
    return bytes.getAsLong();
  }
}
