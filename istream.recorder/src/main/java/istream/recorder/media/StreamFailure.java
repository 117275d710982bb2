// SPDX-License-Identifier: Apache-2.0
package istream.recorder.media;

/**
 * Why a stream cannot be opened, or goes on no longer.
 *
 * @param kind what sort of trouble it is
 * @param message names the address, the cause and the next step; never a password
 * @param retrySoon whether the cause may go away by itself within seconds
 */
public record StreamFailure(Kind kind, String message, boolean retrySoon) {
  /** Sorts of trouble. */
  public enum Kind {
    /** No TCP connection: no route, no answer to the request, unknown host. */
    UNREACHABLE,
    /** The host is there, but nobody listens at the port. */
    ABSENT,
    /** The login is missing or wrong, or may not see the stream. */
    REFUSED,
    /** The server knows no such stream. */
    NOT_FOUND,
    /** The server breaks the protocol beyond repair. */
    NONSENSE,
    /** The server is silent. */
    STALLED,
    /** The server hung up, or takes no viewer now. */
    CLOSED,
    /** There is nothing in the stream, or no way to get it, that is supported. */
    UNSUPPORTED,
    /** More comes than real time allows. */
    FLOOD
  }
}
