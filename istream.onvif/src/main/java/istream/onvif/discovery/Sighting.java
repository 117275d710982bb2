// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.util.List;

/**
 * A device's answer to a probe; all texts are the device's own words, bounded and without control
 * characters.
 *
 * @param endpoint its endpoint reference, an opaque text; may be empty
 * @param networkInterface on which the answer came
 * @param sender IP address that the answer came from
 * @param addresses its XAddrs, as they stand in the answer
 * @param scopes its scopes, as they stand in the answer
 */
record Sighting(
    String endpoint,
    String networkInterface,
    String sender,
    List<String> addresses,
    List<String> scopes) {}
