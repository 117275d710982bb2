// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageListener;
import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners; one that throws disturbs nobody. Any thread. */
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  private final String storage;
  private final Supplier<List<FootageListener>> listeners;

  private volatile String lastFailure = "";

  Announcer(String storage, Supplier<List<FootageListener>> listeners) {
    this.storage = storage;
    this.listeners = listeners;
  }

  void written(SegmentKey key, Fragment fragment) {
    tell(listener -> listener.written(storage, key, fragment));
  }

  void durable(SegmentKey key, Fragment fragment) {
    tell(listener -> listener.durable(storage, key, fragment));
  }

  void closed(SegmentKey key, long bytes) {
    tell(listener -> listener.closed(storage, key, bytes));
  }

  void deleted(SegmentKey key) {
    tell(listener -> listener.deleted(storage, key));
  }

  private void tell(Consumer<FootageListener> event) {
    for (FootageListener listener : listeners.get()) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        note(listener.getClass().getName() + ": " + e, e);
      }
    }
  }

  /** In the log once, not for every unit. */
  private void note(String failure, RuntimeException e) {
    if (failure.equals(lastFailure)) {
      LOG.debug("storage {}: a listener failed again: {}", storage, failure);
    } else {
      LOG.warn("storage {}: a listener failed; the others were told", storage, e);
    }
    lastFailure = failure;
  }
}
