// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import istream.api.footage.Unit;
import istream.recorder.media.VideoFormat;
import istream.recorder.mp4.AssembledFragment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What the network side delivers, counted in seconds since noon. */
final class Footage {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final VideoFormat VIDEO = video("Z0LAHtkDxWhAAAADAEAAAAwDxYuS", "aMuMsg==");

  private Footage() {}

  static VideoFormat video(String... parameterSets) {
    return new VideoFormat(
        VideoFormat.Codec.H264,
        List.of(parameterSets).stream()
            .map(set -> ByteBuffer.wrap(Base64.getDecoder().decode(set)).asReadOnlyBuffer())
            .toList(),
        640,
        480);
  }

  static Instant at(double second) {
    return NOON.plusMillis(Math.round(second * 1000));
  }

  static FootageItem.RunStart runStart() {
    return new FootageItem.RunStart(VIDEO, Optional.empty());
  }

  /** A fragment of one second. */
  static FootageItem.Footage fragment(double second, boolean key) {
    Unit unit =
        new Unit(
            Unit.Kind.FRAGMENT,
            List.of(ByteBuffer.wrap(new byte[10])),
            at(second),
            Duration.ofSeconds(1),
            Math.round(second * 90_000),
            key);
    return new FootageItem.Footage(new AssembledFragment(unit, List.of(), 25, 10, List.of()));
  }
}
