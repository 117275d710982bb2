// SPDX-License-Identifier: Apache-2.0
package istream.api.recording;

import java.util.Locale;

/** What a recorder is doing. Printed in lower case. */
public enum RecorderState {
  /** Opening the stream. */
  CONNECTING,
  /** Frames arrive and are stored. */
  RECORDING,
  /** Backing off; the reason says why. */
  WAITING,
  /** Switched off by its owner. */
  DISABLED,
  /** Its file holds a value that cannot be used; the reason says which. */
  MISCONFIGURED;

  /** The word that users and scripts see. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
