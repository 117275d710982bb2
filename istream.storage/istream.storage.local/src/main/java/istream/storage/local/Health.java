// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong last on one storage; tells the log once, not at every try. Any thread. */
final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final String id;
  private volatile String lastError = "";

  Health(String id) {
    this.id = id;
  }

  /** What went wrong last; empty if nothing did. */
  String lastError() {
    return lastError;
  }

  /** Notes a trouble, and logs it unless it is the one noted last. */
  void note(String what, Exception cause) {
    String message = "storage " + id + ": " + what;
    if (message.equals(lastError)) {
      LOG.debug("{}", message, cause);
    } else {
      LOG.warn("{}", message);
      LOG.debug("{}", message, cause);
    }
    lastError = message;
  }

  /** Notes a trouble that passes by itself or by the owner's help, and makes its exception. */
  FootageException retryable(String what, Exception cause) {
    note(what, cause);
    return new FootageException("storage " + id + ": " + what, true, cause);
  }

  /** Makes the exception of a request that cannot succeed as it is. */
  FootageException refusal(String what, Exception cause) {
    return new FootageException("storage " + id + ": " + what, false, cause);
  }
}
