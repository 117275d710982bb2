// SPDX-License-Identifier: Apache-2.0
package istream.api.recording;

/** A stream cannot be opened or goes on no longer. */
public final class RecordingException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean retryable;

  /**
   * Makes an exception.
   *
   * @param message names the address (never a password), the step and the cause
   * @param retryable whether trying again can help without anybody changing anything
   */
  public RecordingException(String message, boolean retryable, Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  /** Whether trying again can help without anybody changing anything. */
  public boolean retryable() {
    return retryable;
  }
}
