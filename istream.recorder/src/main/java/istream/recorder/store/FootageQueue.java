// SPDX-License-Identifier: Apache-2.0
package istream.recorder.store;

import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * What one camera has delivered and the disk has not taken yet; bounded in bytes. The network
 * thread offers, the disk thread takes; neither ever waits for the other.
 */
public final class FootageQueue {
  private final ArrayDeque<FootageItem> items = new ArrayDeque<>();
  private final LongSupplier mostBytes;
  private final Runnable wake;
  private long bytes;
  private boolean closed;

  /**
   * Makes an empty queue.
   *
   * @param mostBytes the bound, asked each time, since it is shared among the cameras there are
   * @param wake called after something was added
   */
  public FootageQueue(LongSupplier mostBytes, Runnable wake) {
    this.mostBytes = mostBytes;
    this.wake = wake;
  }

  /** Adds footage if it fits; else takes nothing and leaves the item to the caller. */
  public boolean offer(FootageItem.Footage footage) {
    synchronized (this) {
      boolean full = bytes > 0 && bytes + footage.bytes() > mostBytes.getAsLong();
      if (closed || full) {
        return false;
      }
      items.addLast(footage);
      bytes += footage.bytes();
    }
    wake.run();
    return true;
  }

  /** Adds an item that holds no footage; never refused while the queue is open. */
  public void tell(FootageItem item) {
    synchronized (this) {
      if (closed) {
        return;
      }
      items.addLast(item);
    }
    wake.run();
  }

  /** Whether a camera that had to drop may begin again: at most half full. */
  public synchronized boolean hasRoom() {
    return bytes <= mostBytes.getAsLong() / 2;
  }

  /** The oldest item, which stays; null if there is none. */
  synchronized FootageItem peek() {
    return items.peekFirst();
  }

  /** Forgets the oldest item and releases its memory. */
  void remove() {
    FootageItem item;
    synchronized (this) {
      item = items.pollFirst();
      if (item != null) {
        bytes -= item.bytes();
      }
    }
    if (item != null) {
      item.release();
    }
  }

  /** Takes nothing more from now on; what is in it can still be taken out. */
  public void close() {
    synchronized (this) {
      closed = true;
    }
    wake.run();
  }

  /** Whether it takes nothing more. */
  synchronized boolean isClosed() {
    return closed;
  }

  /** Whether nothing will come any more. */
  synchronized boolean exhausted() {
    return closed && items.isEmpty();
  }

  /** Bytes that wait for the disk. */
  public synchronized long bytes() {
    return bytes;
  }
}
