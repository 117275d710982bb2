// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.util.Locale;

/** What a simulated camera can be made to do wrong, until it is cleared. */
public enum Fault {
  /** The connection stays open and nothing is sent any more: neither media nor answers. */
  STALL(1),
  /** Media packets are left out; amount: the share of them, 0 to 1. */
  LOSS(0.02),
  /** Packets carry another SSRC than the one announced. */
  WRONG_SSRC(1),
  /** Media begins late after PLAY; amount: seconds. */
  SLOW_START(5),
  /** Every login is refused, the right one too. */
  REFUSED_LOGIN(1),
  /** Media comes as fast as the socket takes it. */
  FLOOD(1),
  /** Random bytes instead of media. */
  NONSENSE(1),
  /** Media begins before PLAY is answered. */
  EARLY_DATA(1),
  /** Every answer names another session. */
  CHANGING_SESSION(1),
  /** The description lacks the parameter sets: they come in the stream only. */
  BARE_DESCRIPTION(1),
  /** Media is held back and sent at once; amount: seconds held back. */
  BURST(5),
  /** The answer to DESCRIBE never ends. */
  ENDLESS_DESCRIPTION(1);

  private final double usual;

  Fault(double usual) {
    this.usual = usual;
  }

  /** The amount if none is named. */
  public double usual() {
    return usual;
  }

  /** The word on the control line: lower case, {@code -} between words. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The fault of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Fault of(String word) {
    for (Fault fault : values()) {
      if (fault.word().equals(word)) {
        return fault;
      }
    }
    throw new IllegalArgumentException("no fault " + word);
  }
}
