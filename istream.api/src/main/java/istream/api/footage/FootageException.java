// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

/** A storage does not do what was asked. */
public final class FootageException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean retryable;

  /**
   * Makes an exception.
   *
   * @param message names the storage, the file, the cause and the next step
   * @param retryable whether the same call can succeed later without anybody changing the request
   */
  public FootageException(String message, boolean retryable, Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  /** Whether the same call can succeed later without anybody changing the request. */
  public boolean retryable() {
    return retryable;
  }
}
