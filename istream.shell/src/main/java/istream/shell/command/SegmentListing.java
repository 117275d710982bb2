// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.footage.FootageException;
import istream.api.footage.FootageStore;
import istream.api.footage.Segment;
import istream.api.footage.SegmentQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * The segments of several storages in the order of their start, read as they are consumed. A
 * storage that cannot be read is a problem to tell, and hides nothing of the others. Confined to
 * one thread.
 */
final class SegmentListing implements Iterator<Segment>, AutoCloseable {
  private static final Comparator<Segment> ORDER =
      Comparator.comparing(Segment::key).thenComparing(Segment::storage);

  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::segment, ORDER));
  private final List<Stream<Segment>> streams = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private record Head(Segment segment, Iterator<Segment> rest) {}

  SegmentListing(List<FootageStore> stores, SegmentQuery query) {
    for (FootageStore store : stores) {
      try {
        Stream<Segment> stream = store.list(query);
        streams.add(stream);
        push(stream.iterator());
      } catch (FootageException e) {
        problems.add(e.getMessage());
      }
    }
  }

  private void push(Iterator<Segment> rest) {
    if (rest.hasNext()) {
      heads.add(new Head(rest.next(), rest));
    }
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public Segment next() {
    Head head = heads.poll();
    if (head == null) {
      throw new NoSuchElementException("no further segment");
    }
    push(head.rest());
    return head.segment();
  }

  /**
   * Refuses to pass for complete.
   *
   * @throws CommandFailure if a storage could not be read
   */
  void requireComplete() throws CommandFailure {
    if (!problems.isEmpty()) {
      throw new CommandFailure("not everything could be read: " + String.join("; ", problems));
    }
  }

  @Override
  public void close() {
    streams.forEach(Stream::close);
  }

  /** Writes one segment as an element. */
  static void json(JsonWriter json, Segment segment) {
    json.object().name("camera").value(segment.key().camera());
    json.name("storage").value(segment.storage());
    json.name("start").value(segment.key().start());
    json.name("duration").value(segment.duration());
    json.name("bytes").value(segment.bytes());
    json.name("open").value(segment.open());
    json.name("file").value(segment.file()).endObject();
  }
}
