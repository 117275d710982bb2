// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Fragments of what may be more than one NAL unit. Some cameras fragment a whole byte stream, from
 * its parameter sets to its slices, as if it were one NAL unit; that shows in a first NAL unit that
 * is a parameter set or a delimiter, which are too small to be worth fragmenting. Only then is all
 * of it gathered and searched; from then on, slices of the same camera are too. Where one NAL unit
 * belongs that is not fragmented, slices are searched until the camera has shown that it keeps to
 * the rule.
 */
final class SuspectFragments {
  private static final int MOST_BYTES = 2 << 20;
  private static final int LEAST_BYTES = 16 << 10;

  /** Slices searched in vain, until one is taken for what it should be. */
  private static final int ENOUGH_CLEAN = 500;

  private final Consumer<ByteBuffer> nals;
  private final Consumer<ByteBuffer> counted = this::found;
  private ByteBuffer gathered = ByteBuffer.allocate(0);
  private boolean open;
  private boolean tooMuch;
  private boolean convicted;
  private int count;
  private int cleanSlices;

  SuspectFragments(Consumer<ByteBuffer> nals) {
    this.nals = nals;
  }

  /** Whether fragments of this kind are to be gathered. */
  boolean suspects(NalKind kind) {
    return convicted || kind.isParameterSet() || kind == NalKind.DELIMITER;
  }

  /** Begins anew. */
  void start() {
    gathered.clear();
    tooMuch = false;
    open = true;
  }

  boolean isOpen() {
    return open;
  }

  void append(int value) {
    reserve(1);
    gathered.put((byte) value);
  }

  void append(ByteBuffer bytes) {
    if (gathered.position() + bytes.remaining() > MOST_BYTES) {
      tooMuch = true;
    }
    if (!tooMuch) {
      reserve(bytes.remaining());
      gathered.put(bytes);
    }
  }

  private void reserve(int bytes) {
    if (gathered.remaining() < bytes) {
      int size = Math.max(LEAST_BYTES, 2 * (gathered.position() + bytes));
      gathered = ByteBuffer.allocate(size).put(gathered.flip());
    }
  }

  /**
   * Hands out the NAL units that were gathered, if any.
   *
   * @return false if it was more than can be kept
   */
  boolean finish() {
    if (!open) {
      return true;
    }
    open = false;
    if (!tooMuch) {
      convicted |= search(gathered.flip());
    }
    return !tooMuch;
  }

  /** Hands out the NAL units that lie where one belongs; consumes all of it. */
  void split(ByteBuffer bytes, NalKind kind) {
    if (kind.isSlice() && cleanSlices >= ENOUGH_CLEAN) {
      nals.accept(bytes);
    } else if (search(bytes)) {
      cleanSlices = Integer.MIN_VALUE;
    } else if (kind.isSlice()) {
      cleanSlices++;
    }
  }

  private boolean search(ByteBuffer bytes) {
    count = 0;
    AnnexB.split(bytes, counted);
    return count > 1;
  }

  private void found(ByteBuffer nal) {
    count++;
    nals.accept(nal);
  }

  /** Forgets what was gathered; true if there was something. */
  boolean drop() {
    boolean dropped = open;
    open = false;
    return dropped;
  }
}
