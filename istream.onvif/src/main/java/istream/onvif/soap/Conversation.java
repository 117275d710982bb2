// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.onvif.xml.Node;

/**
 * Asks one device, one question after the other, within one deadline. Knows its clock, and which
 * way of logging in it takes. Confined to one thread.
 */
public interface Conversation {
  /** The device service, at the address that works. */
  String deviceUrl();

  /**
   * Asks a question with the login, if there is one.
   *
   * @param url of the service, at an address that can be reached
   * @return the element of the answer, such as {@code GetProfilesResponse}; the whole document if
   *     there is none of that name but no fault either
   * @throws SoapFailure if it is not answered
   */
  Node ask(String url, Question question) throws SoapFailure;
}
