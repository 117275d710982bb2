// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.api.camera.Credentials;

/** Begins conversations, and remembers what was learnt of devices. Any thread may call. */
public interface Conversations {
  /**
   * Asks a device for its clock without a login, which every device should answer, and so finds out
   * whether there is one. Blocks, at most until the deadline.
   *
   * @param url of a device service; when it does not answer there, the other usual paths are tried
   * @param deadline on {@link System#nanoTime}'s clock, for all of the conversation
   * @throws SoapFailure if nothing answers that could be an ONVIF device
   */
  Conversation open(String url, Credentials credentials, long deadline) throws SoapFailure;
}
