// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Takes datagrams from the kernel, whose own queue is short, faster than they can be read; and of
 * nobody more than a camera or a recorder of many cameras has to say.
 */
final class Inbox {
  private static final int MOST_SENDERS = 1024;
  private static final int MOST_OF_ONE = 640;
  private static final int MOST_BYTES_OF_ONE = 1 << 20;
  private static final int MOST_BYTES = 2 << 20;
  private static final int OVERHEAD = 128;

  private final Queue<Datagram> waiting = new ArrayDeque<>();
  private final Map<String, Share> shares = new HashMap<>();
  private int bytes;
  private boolean crowded;

  private static final class Share {
    private int datagrams;
    private int bytes;
    private boolean exceeded;
  }

  /** Keeps it, or lets it go. */
  void offer(Datagram datagram) {
    int size = datagram.bytes().length + OVERHEAD;
    if (!isGranted(datagram.sender(), size)) {
      return;
    }
    if (bytes + size > MOST_BYTES) {
      crowded = true;
      return;
    }
    bytes += size;
    waiting.add(datagram);
  }

  private boolean isGranted(String sender, int size) {
    if (shares.size() >= MOST_SENDERS && !shares.containsKey(sender)) {
      crowded = true;
      return false;
    }
    Share share = shares.computeIfAbsent(sender, one -> new Share());
    share.exceeded |= share.datagrams + 1 > MOST_OF_ONE || share.bytes + size > MOST_BYTES_OF_ONE;
    if (!share.exceeded) {
      share.datagrams++;
      share.bytes += size;
    }
    return !share.exceeded;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The oldest; there must be one. */
  Datagram take() {
    Datagram datagram = waiting.remove();
    bytes -= datagram.bytes().length + OVERHEAD;
    return datagram;
  }

  /** What was too much. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    shares.forEach(
        (sender, share) -> {
          if (share.exceeded && remarks.size() < 32) {
            remarks.add(sender + " sends more than any camera; some of it is left out");
          }
        });
    if (crowded) {
      remarks.add("more answers came than can be read; look on one interface at a time (--nic)");
    }
    return remarks;
  }
}
