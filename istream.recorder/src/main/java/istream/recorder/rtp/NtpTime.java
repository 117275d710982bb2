// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

/** NTP timestamps (RFC 5905 section 6) as nanoseconds since 1970. */
final class NtpTime {
  private static final long FROM_1900_TO_1970 = 2_208_988_800L;
  private static final long ERA_SECONDS = 1L << 32;

  private NtpTime() {}

  static long toUnixNanos(long ntp) {
    long seconds = ntp >>> 32;
    long fraction = ntp & 0xffffffffL;
    // with the highest bit clear it is the era that starts in 2036 (RFC 4330 section 3)
    long era = seconds < ERA_SECONDS / 2 ? ERA_SECONDS : 0;
    return (seconds + era - FROM_1900_TO_1970) * 1_000_000_000L
        + ((fraction * 1_000_000_000L) >>> 32);
  }
}
