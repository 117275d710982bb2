// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * A storage at one moment.
 *
 * @param id its id
 * @param kind {@code local}, {@code sftp}, …
 * @param state what it is doing
 * @param usedBytes of footage; empty while they are being counted
 * @param freeBytes that may still be used; empty if that cannot be told, which never means "enough"
 * @param floorBytes that stay free
 * @param lastError what went wrong last, with cause and next step; empty if nothing did
 */
public record StoreStatus(
    String id,
    String kind,
    State state,
    OptionalLong usedBytes,
    OptionalLong freeBytes,
    long floorBytes,
    String lastError) {
  /** What a storage is doing. Printed in lower case. */
  public enum State {
    /** Takes footage. */
    READY,
    /** Full: takes nothing until something is deleted. */
    FULL,
    /** Its volume is missing, or cannot be read or written. */
    UNAVAILABLE,
    /** Its file holds a value that cannot be used. */
    MISCONFIGURED;

    /** The word that users and scripts see. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
