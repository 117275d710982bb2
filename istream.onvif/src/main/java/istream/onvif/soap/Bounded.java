// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import java.util.LinkedHashMap;
import java.util.Map;

/** Forgets what was not used for the longest time, so that strangers cannot fill the memory. */
final class Bounded<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int most;

  Bounded(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
