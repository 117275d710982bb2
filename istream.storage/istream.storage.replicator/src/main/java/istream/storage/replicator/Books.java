// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.SegmentKey;

/** What is known of one replication; shared by its threads. */
record Books(Heads heads, HourLedger ledger, Horizon horizon, Risk risk, Alarms alarms) {
  /** A live head becomes backlog. */
  void handOver(Head head) {
    heads.remove(head.key());
    ledger.lack(head.key(), head.missingBytes());
  }

  /** A segment is here no more. */
  void forget(SegmentKey key) {
    heads.remove(key);
    ledger.forget(key);
    alarms.clear(key);
  }

  /** All of a segment is durable there. */
  void confirm(SegmentKey key) {
    ledger.confirm(key);
    alarms.clear(key);
  }
}
