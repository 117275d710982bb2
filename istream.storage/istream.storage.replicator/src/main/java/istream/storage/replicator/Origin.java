// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.FootageSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The storage that is copied; it may come and go. Any thread. */
final class Origin {
  private final String wanted;
  private final Supplier<Map<String, FootageSource>> sources;
  private volatile String id;

  /**
   * Looks for nothing yet.
   *
   * @param wanted id of the storage; empty for the only one
   * @param sources those that are there, by id
   */
  Origin(String wanted, Supplier<Map<String, FootageSource>> sources) {
    this.wanted = wanted;
    this.sources = sources;
    id = wanted;
  }

  /** Its id; empty as long as none was found. */
  String id() {
    find();
    return id;
  }

  Optional<FootageSource> find() {
    Map<String, FootageSource> all = sources.get();
    if (!wanted.isEmpty()) {
      return Optional.ofNullable(all.get(wanted));
    }
    if (all.size() != 1) {
      return Optional.empty();
    }
    Map.Entry<String, FootageSource> only = all.entrySet().iterator().next();
    id = only.getKey();
    return Optional.of(only.getValue());
  }

  /** Why it is not to be found; empty if it is. */
  String problem() {
    Map<String, FootageSource> all = sources.get();
    if (find().isPresent()) {
      return "";
    }
    if (!wanted.isEmpty()) {
      return "there is no local storage " + wanted + "; check the key source of the replica's file";
    }
    return all.isEmpty()
        ? "there is no local storage to copy; configure one"
        : "there are several local storages ("
            + String.join(", ", all.keySet())
            + "); name one by the key source in the replica's file";
  }
}
