// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.api.footage.Unit;
import istream.recorder.buffer.Payload;
import java.time.Instant;
import java.util.List;

/**
 * A fragment ready to be stored, and the memory that it occupies. Belongs to who receives it.
 *
 * @param unit the fragment; its buffers are valid until {@link #release}
 * @param payloads the memory behind the buffers
 * @param frames of video
 * @param bytes of the unit
 * @param holes where lost packets have left time without a frame, in or right before it
 */
public record AssembledFragment(
    Unit unit, List<Payload> payloads, int frames, long bytes, List<Hole> holes) {
  /**
   * Time without a frame in the middle of a run.
   *
   * @param from the end of the frame before, as long as frames usually last
   * @param to the start of the frame behind
   */
  public record Hole(Instant from, Instant to) {}

  /** Keeps copies of the lists. */
  public AssembledFragment {
    payloads = List.copyOf(payloads);
    holes = List.copyOf(holes);
  }

  /** Gives the memory back; the unit's bytes must not be touched again. May be repeated. */
  public void release() {
    payloads.forEach(Payload::release);
  }
}
