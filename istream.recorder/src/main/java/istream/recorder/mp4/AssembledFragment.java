// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.api.footage.Unit;
import istream.recorder.buffer.Payload;
import java.util.List;

/**
 * A fragment ready to be stored, and the memory that it occupies. Belongs to who receives it.
 *
 * @param unit the fragment; its buffers are valid until {@link #release}
 * @param payloads the memory behind the buffers
 * @param frames of video
 * @param bytes of the unit
 */
public record AssembledFragment(Unit unit, List<Payload> payloads, int frames, long bytes) {
  /** Keeps a copy of the list. */
  public AssembledFragment {
    payloads = List.copyOf(payloads);
  }

  /** Gives the memory back; the unit's bytes must not be touched again. May be repeated. */
  public void release() {
    payloads.forEach(Payload::release);
  }
}
