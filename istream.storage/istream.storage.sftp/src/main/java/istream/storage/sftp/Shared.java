// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.time.Clock;

/** What all connections of one storage share. */
record Shared(
    SftpSettings settings, StoreState state, RemoteIndex index, Shipments shipments, Clock clock) {
  /** For a storage that nothing is known of yet. */
  Shared(SftpSettings settings, Clock clock) {
    this(settings, new StoreState(), new RemoteIndex(), new Shipments(), clock);
  }
}
