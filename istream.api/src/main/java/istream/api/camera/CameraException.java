// SPDX-License-Identifier: Apache-2.0
package istream.api.camera;

/** A camera does not do what was asked. */
public final class CameraException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean retryable;

  /**
   * Makes an exception.
   *
   * @param message names the camera, the cause and the next step
   * @param retryable whether trying again can help without anybody changing anything
   */
  public CameraException(String message, boolean retryable, Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  /** Whether trying again can help without anybody changing anything. */
  public boolean retryable() {
    return retryable;
  }
}
