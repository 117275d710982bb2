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
  ENDLESS_DESCRIPTION(1),
  /** ONVIF: who has not proved a login, and without a login everybody, gets a web page. */
  ONVIF_HTML_401(1),
  /** ONVIF: faults come with status 200. */
  ONVIF_FAULT_200(1),
  /** ONVIF: addresses name 0.0.0.0; amount 2: a foreign host; 3: and a foreign RTSP port. */
  ONVIF_WRONG_XADDR(1),
  /** ONVIF: there is no media2 service. */
  ONVIF_NO_MEDIA2(1),
  /** ONVIF: the media2 service is named and answers with a web page, status 500. */
  ONVIF_BROKEN_MEDIA2(1),
  /** ONVIF: GetServices closes the connection. */
  ONVIF_NO_SERVICES(1),
  /** ONVIF: GetSystemDateAndTime is not known. */
  ONVIF_NO_CLOCK(1),
  /** ONVIF: Content-Length is larger than the body; amount: bytes. */
  ONVIF_BAD_LENGTH(100),
  /** ONVIF: the connection closes in the midst of the body. */
  ONVIF_EARLY_CLOSE(1),
  /** ONVIF: prefixes are used that nothing declares. */
  ONVIF_UNDECLARED_PREFIX(1),
  /** ONVIF: the answer declares UTF-16 and is not. */
  ONVIF_UTF16(1),
  /** ONVIF: NUL bytes and garbage before the answer. */
  ONVIF_GARBAGE(1),
  /** ONVIF: the answer never ends. */
  ONVIF_ENDLESS(1),
  /** ONVIF: the answer comes byte by byte; amount: seconds between two. */
  ONVIF_DRIBBLE(1),
  /** ONVIF: elements within elements; amount: megabytes of them. */
  ONVIF_NESTING(1024),
  /** ONVIF: a document type whose entities would unfold to gigabytes. */
  ONVIF_LAUGHS(1),
  /** ONVIF: connections are accepted and nothing is answered. */
  ONVIF_SILENT(1),
  /** ONVIF: a probe is answered for many devices; amount: how many. */
  ONVIF_MANY(500),
  /** ONVIF: a probe is answered with as much as a datagram holds. */
  ONVIF_HUGE_DATAGRAM(1),
  /** ONVIF: every login is refused and counted; amount: attempts that are left. */
  ONVIF_LOCKED(5);

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
