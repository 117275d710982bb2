// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.footage.GapCause;
import istream.recorder.media.StreamFailure;
import istream.recorder.media.StreamFailure.Kind;
import istream.recorder.store.FootageItem;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Finds out why footage is missing, and tells the disk side. The first trouble since the last
 * footage is the cause of the gap. Confined to the network thread.
 */
final class Blame {
  /** A gap that lasts so long is written down before its end is known. */
  static final long LASTING_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Consumer<FootageItem.Trouble> out;
  private StreamFailure stall;
  private FootageItem.Trouble trouble;
  private long troubleNanos;

  Blame(Consumer<FootageItem.Trouble> out) {
    this.out = out;
  }

  /** All is well. */
  void recording() {
    stall = null;
    trouble = null;
  }

  /** A try has failed, or what went well for a while. */
  void failed(StreamFailure failure, long now) {
    if (failure.kind() == Kind.STALLED && trouble == null && stall == null) {
      stall = failure; // whether camera or network is to blame shows at the next try
    } else {
      tell(cause(failure), failure.message(), now);
    }
  }

  private static GapCause cause(StreamFailure failure) {
    return switch (failure.kind()) {
      case UNREACHABLE -> GapCause.NETWORK;
      case FLOOD -> GapCause.OVERLOAD;
      default -> GapCause.CAMERA;
    };
  }

  /** The camera answers: what it left out before is its own fault. */
  void connected(long now) {
    if (stall != null) {
      tell(GapCause.CAMERA, stall.message(), now);
    }
  }

  /** The camera has not answered to a call for a while: then it is not the one to blame. */
  void unanswered(long now) {
    if (stall != null) {
      tell(GapCause.NETWORK, stall.message() + " and cannot be reached", now);
    }
  }

  private void tell(GapCause cause, String detail, long now) {
    stall = null;
    if (trouble == null) {
      trouble = new FootageItem.Trouble(cause, detail, false);
      troubleNanos = now;
      out.accept(trouble);
    }
  }

  /** To be called at least as often as {@link #LASTING_NANOS}. */
  void tick(long now) {
    if (trouble != null && !trouble.lasting() && now - troubleNanos >= LASTING_NANOS) {
      trouble = new FootageItem.Trouble(trouble.cause(), trouble.detail(), true);
      out.accept(trouble);
    }
  }
}
