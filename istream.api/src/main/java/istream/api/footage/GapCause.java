// SPDX-License-Identifier: Apache-2.0
package istream.api.footage;

import java.util.Locale;

/** Why there is no footage. Printed in lower case. */
public enum GapCause {
  /** The camera refused, stalled, rebooted or talked nonsense. */
  CAMERA,
  /** The camera could not be reached, or packets were lost. */
  NETWORK,
  /** The storage was full, missing, failing or too slow. */
  DISK,
  /** The process ended, by itself or by force. */
  RESTART,
  /** A bundle was updated. */
  UPDATE,
  /** The owner stopped the recording. */
  OPERATOR,
  /** The wall clock was set. */
  CLOCK,
  /** More arrived than could be taken. */
  OVERLOAD;

  /** The word that users and scripts see. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
