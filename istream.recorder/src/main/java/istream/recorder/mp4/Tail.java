// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.api.footage.Fragment;
import istream.api.footage.Unit;
import java.nio.ByteBuffer;
import java.util.List;

/** The last unit of a file that was closed in order: {@code mfra} (ISO 14496-12 section 8.8.9). */
public final class Tail {
  private Tail() {}

  /**
   * Makes the unit's bytes, read-only: an index of the fragments that begin with a key frame.
   *
   * @param index the file's units so far; those of another kind are passed over
   */
  public static ByteBuffer of(List<Fragment> index) {
    List<Fragment> keys =
        index.stream().filter(unit -> unit.kind() == Unit.Kind.FRAGMENT && unit.key()).toList();
    BoxWriter out = new BoxWriter(64 + 19 * keys.size());
    int mfra = out.box("mfra");
    int tfra = out.fullBox("tfra", 1, 0);
    out.u32(1).u32(0).u32(keys.size()); // track 1; numbers of one byte
    for (Fragment key : keys) {
      out.u64(key.decodeTime()).u64(key.offset() + FragmentHeader.PRFT_BYTES).u8(1).u8(1).u8(1);
    }
    out.end(tfra);
    int mfro = out.fullBox("mfro", 0, 0);
    out.u32(out.position() + 4 - mfra);
    out.end(mfro);
    out.end(mfra);
    return out.finish();
  }
}
