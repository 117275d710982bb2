// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

/** A question to a device was not answered. */
public final class SoapFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Kind {
    /** No connection. */
    UNREACHABLE,
    /** Connected, but nothing came, or not all in time. */
    SILENT,
    /** It wants a login, and there is none. */
    NEEDS_LOGIN,
    /** It refuses the login, now or not long ago. */
    REFUSES_LOGIN,
    /** It does not know the question. */
    UNSUPPORTED,
    /** It has a reason of its own not to answer. */
    FAULT,
    /** What it says cannot be read, or there is too much of it. */
    NONSENSE
  }

  private final Kind kind;

  /**
   * Makes one.
   *
   * @param message for a person: names the device's address, the cause, and the next step if there
   *     is one; what the device said is quoted within bounds
   */
  public SoapFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Why it was not answered. */
  public Kind kind() {
    return kind;
  }
}
