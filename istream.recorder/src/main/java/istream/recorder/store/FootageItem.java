// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import istream.api.footage.GapCause;
import istream.recorder.media.AudioFormat;
import istream.recorder.media.VideoFormat;
import istream.recorder.mp4.AssembledFragment;
import java.util.Optional;

/** What the network side hands to the disk side, in order. */
public sealed interface FootageItem {
  /** Memory it holds. */
  default long bytes() {
    return 0;
  }

  /** Gives its memory back. */
  default void release() {}

  /** A run begins: the fragments that follow have this format, and decode times that go on. */
  record RunStart(VideoFormat video, Optional<AudioFormat> audio) implements FootageItem {}

  /** One fragment. */
  record Footage(AssembledFragment fragment) implements FootageItem {
    /** What the heap holds of each piece counts, too: small pieces are mostly that. */
    private static final int PIECE_BYTES = 256;

    @Override
    public long bytes() {
      return fragment.bytes() + (long) PIECE_BYTES * fragment.payloads().size();
    }

    @Override
    public void release() {
      fragment.release();
    }
  }

  /**
   * From here on something is missing.
   *
   * @param lasting whether it is worth writing down at once, before footage goes on
   */
  record Trouble(GapCause cause, String detail, boolean lasting) implements FootageItem {}
}
