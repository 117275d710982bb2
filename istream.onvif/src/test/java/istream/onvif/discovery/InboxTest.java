// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How much is taken from whom. */
class InboxTest {
  private final Inbox inbox = new Inbox();

  private int taken() {
    int taken = 0;
    for (; !inbox.isEmpty(); inbox.take()) {
      taken++;
    }
    return taken;
  }

  @Test
  void oneThatSendsWithoutEndLeavesRoomForOthers() {
    for (int i = 0; i < 5000; i++) {
      inbox.offer(new Datagram("eth0", "10.0.0.66", new byte[65_000]));
    }
    Datagram answer = new Datagram("eth0", "10.0.0.5", new byte[2000]);
    inbox.offer(answer);
    int of66 = 0;
    Datagram last = inbox.take();
    for (; !inbox.isEmpty(); last = inbox.take()) {
      of66++;
    }
    assertSame(answer, last);
    assertEquals(16, of66);
    assertEquals(
        List.of("10.0.0.66 sends more than any camera; some of it is left out"), inbox.remarks());
  }

  @Test
  void aRecorderOfManyCamerasIsHeardWhole() {
    for (int i = 0; i < 32 * 9 * 2; i++) {
      inbox.offer(new Datagram("eth0", "10.0.0.5", new byte[1500]));
    }
    assertEquals(32 * 9 * 2, taken());
    assertEquals(List.of(), inbox.remarks());
  }

  @Test
  void whatWaitsIsBoundedWhoeverSentIt() {
    for (int i = 0; i < 200; i++) {
      inbox.offer(new Datagram("eth0", "10.0.0." + i, new byte[65_000]));
    }
    assertTrue(taken() < 40);
    assertEquals(1, inbox.remarks().size());
    inbox.offer(new Datagram("eth0", "10.0.1.1", new byte[65_000]));
    assertEquals(1, taken());
  }
}
