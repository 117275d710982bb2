// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import istream.api.camera.FoundCamera.Make;
import istream.api.camera.StreamProfile;
import istream.onvif.soap.SoapFailure;
import java.util.List;

/** Asks a device about itself: Media2 and Media1 merged, addresses repaired. One thread. */
public interface Inquiry {
  /** What it says it is; a device that does not say is {@link Make#UNKNOWN}. */
  Make make();

  /**
   * Its profiles, those with the larger picture first; their {@code uri} is empty.
   *
   * @throws SoapFailure if neither media service tells them
   */
  List<StreamProfile> profiles() throws SoapFailure;

  /**
   * The address of a profile's stream, repaired, without a login.
   *
   * @throws SoapFailure if neither media service tells it
   */
  String streamUri(String token) throws SoapFailure;
}
