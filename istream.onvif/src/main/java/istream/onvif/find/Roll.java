// SPDX-License-Identifier: Apache-2.0
package istream.onvif.find;

import istream.api.camera.Credentials;
import istream.api.camera.FoundCamera;
import istream.onvif.discovery.Device;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The devices of one search, and what they answered. */
final class Roll {
  private final Interview interview;
  private final Credentials credentials;
  private final FairCrew crew;
  private final long deadline;

  /** By number; guarded by itself, as all below. */
  private final Map<Integer, Entry> entries = new LinkedHashMap<>();

  private int asked;

  /** A device as it is known now, and what came of asking it; null until it has answered. */
  private static final class Entry {
    private Device device;
    private FoundCamera answer;
  }

  Roll(Interview interview, Credentials credentials, FairCrew crew, long deadline) {
    this.interview = interview;
    this.credentials = credentials;
    this.crew = crew;
    this.deadline = deadline;
  }

  /** Asks a device that is new; one that is better known now is asked again if it has to be. */
  void take(Device device, Consumer<String> progress) {
    synchronized (entries) {
      Entry entry = entries.get(device.number());
      if (entry == null) {
        entry = new Entry();
        entries.put(device.number(), entry);
        progress.accept(line(device));
        entry.device = device;
        ask(device);
      } else {
        boolean elsewhere = !entry.device.urls().containsAll(device.urls());
        entry.device = device;
        if (elsewhere && unreachable(entry.answer)) {
          ask(device);
        }
      }
    }
  }

  private static boolean unreachable(FoundCamera answer) {
    return answer != null && answer.answer() == FoundCamera.Answer.UNREACHABLE;
  }

  private static String line(Device device) {
    FoundCamera.Route route = device.routes().get(0);
    String on = route.networkInterface().isEmpty() ? "" : " on " + route.networkInterface();
    return "seen: " + (device.name() + " at " + route.address()).strip() + on;
  }

  private void ask(Device device) {
    asked++;
    crew.execute(device.routes().get(0).address(), () -> answer(device));
  }

  private void answer(Device device) {
    FoundCamera answer = null;
    try {
      answer = interview.ask(device, credentials, deadline);
    } finally {
      synchronized (entries) {
        asked--;
        if (answer != null) {
          entries.get(device.number()).answer = answer;
        }
        entries.notifyAll();
      }
    }
  }

  /** Waits until all have answered or time is up, and tells what is known of them then. */
  List<FoundCamera> await(LongSupplier nanoTime) {
    synchronized (entries) {
      try {
        for (long left = left(nanoTime); asked > 0 && left > 0; left = left(nanoTime)) {
          entries.wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
      } catch (InterruptedException e) {
        // whoever asked does not want to wait: what is known is told
        Thread.currentThread().interrupt();
      }
      return entries.values().stream()
          .map(Roll::told)
          .sorted(
              Comparator.comparing(FoundCamera::name)
                  .thenComparing(it -> it.routes().get(0).address())
                  .thenComparing(FoundCamera::endpoint))
          .toList();
    }
  }

  private long left(LongSupplier nanoTime) {
    return deadline - nanoTime.getAsLong();
  }

  /** Its routes and a clash may have become known after it was asked. */
  private static FoundCamera told(Entry entry) {
    FoundCamera answer = entry.answer;
    if (answer == null || !entry.device.clash().isEmpty()) {
      return Interview.unasked(entry.device);
    }
    return new FoundCamera(
        answer.name(),
        answer.endpoint(),
        entry.device.routes(),
        answer.onvifUrl(),
        answer.answer(),
        answer.make(),
        answer.profiles(),
        answer.problem());
  }
}
