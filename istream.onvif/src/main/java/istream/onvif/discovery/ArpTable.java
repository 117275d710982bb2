// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The kernel's table of neighbours. What it once said is kept; it is read again now and then. */
final class ArpTable implements Neighbours {
  private static final long FRESH_NANOS = 200_000_000;
  private static final String NOBODY = "00:00:00:00:00:00";

  private final Path proc;
  private final LongSupplier clock;
  private final Map<List<String>, String> known = new HashMap<>();
  private long read;
  private boolean fresh;

  ArpTable(Path proc, LongSupplier clock) {
    this.proc = proc;
    this.clock = clock;
  }

  @Override
  public String hardware(String networkInterface, String address) {
    List<String> key = List.of(networkInterface, address);
    if (!known.containsKey(key) && !(fresh && clock.getAsLong() - read < FRESH_NANOS)) {
      read();
    }
    return known.getOrDefault(key, "");
  }

  private void read() {
    read = clock.getAsLong();
    fresh = true;
    try {
      Files.readAllLines(proc.resolve("net/arp")).forEach(this::learn);
    } catch (IOException e) {
      known.clear(); // then there is no evidence
    }
  }

  /** Columns: address, type, flags, hardware address, mask, interface. */
  private void learn(String line) {
    String[] columns = line.strip().split("\\s+", -1);
    if (columns.length == 6 && columns[3].contains(":") && !columns[3].equals(NOBODY)) {
      known.put(List.of(columns[5], columns[0]), columns[3]);
    }
  }
}
