// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageStore;
import istream.api.footage.GapLedger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The storages there are, and a disk thread for each one that a camera records to. Thread-safe. */
public final class ArchiveLanes implements AutoCloseable {
  private static final String ONLY_ONE = "";

  private final Map<String, FootageArchive> archives = new TreeMap<>();
  private final Map<String, GapLedger> ledgers = new HashMap<>();
  private final Map<String, FootageStore> stores = new HashMap<>();
  private final Map<String, ArchiveLane> lanes = new HashMap<>();
  private String chosen = ONLY_ONE;

  /** An archive has come. */
  public void add(FootageArchive archive) {
    synchronized (this) {
      archives.put(archive.id(), archive);
    }
    changed();
  }

  /** An archive has gone. */
  public synchronized void remove(FootageArchive archive) {
    archives.remove(archive.id(), archive);
  }

  /** A ledger has come. */
  public void add(String storageId, GapLedger ledger) {
    synchronized (this) {
      ledgers.put(storageId, ledger);
    }
    changed();
  }

  /** A ledger has gone. */
  public synchronized void remove(GapLedger ledger) {
    ledgers.values().remove(ledger);
  }

  /** A store has come; one without an archive is of no use here, and does no harm. */
  public void add(String storageId, FootageStore store) {
    synchronized (this) {
      stores.put(storageId, store);
    }
    changed();
  }

  /** A store has gone. */
  public synchronized void remove(FootageStore store) {
    stores.values().remove(store);
  }

  private synchronized void changed() {
    lanes.values().forEach(ArchiveLane::storageChanged);
  }

  /**
   * The disk thread of a storage.
   *
   * @param storageId an id, or empty for the only one
   */
  public synchronized ArchiveLane lane(String storageId) {
    return lanes.computeIfAbsent(
        storageId,
        id ->
            new ArchiveLane(
                id.equals(ONLY_ONE) ? "only" : id, () -> storage(id), () -> missing(id)));
  }

  private synchronized Storage storage(String id) {
    String name = id;
    if (id.equals(ONLY_ONE)) {
      if (archives.size() == 1) {
        // stays the one even when a second storage is added while cameras record
        chosen = archives.keySet().iterator().next();
      }
      name = chosen;
    }
    FootageArchive archive = archives.get(name);
    return archive == null ? null : new Storage(archive, ledgers.get(name), stores.get(name));
  }

  /** Why a storage cannot be used, in words. */
  private synchronized String missing(String id) {
    if (!id.equals(ONLY_ONE)) {
      return "there is no local storage " + id + "; there is: " + archives.keySet();
    }
    return archives.isEmpty()
        ? "there is no local storage; write etc/istream.storage.local-archive.cfg"
        : "there are several local storages " + archives.keySet() + "; name one with archive =";
  }

  @Override
  public synchronized void close() {
    lanes.values().forEach(ArchiveLane::stop);
  }
}
