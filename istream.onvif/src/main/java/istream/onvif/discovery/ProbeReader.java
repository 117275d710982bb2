// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import istream.onvif.xml.ExcessiveXml;
import istream.onvif.xml.LenientXml;
import istream.onvif.xml.Node;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads answers to probes. Whom they relate to does not matter: many relate to nothing. */
final class ProbeReader {
  private static final int MOST = 64;
  private static final int LONGEST = 256;
  private static final int LONGEST_ADDRESSES = 4096;
  private static final List<String> ANNOUNCEMENTS =
      List.of("ProbeMatch", "ResolveMatch", "Hello", "ProbeMatches");
  private static final List<String> SIGNS =
      List.of("onvif", "networkvideotransmitter", "device_service");

  private ProbeReader() {}

  /** The devices that a datagram tells of, if they look as if they spoke ONVIF. */
  static List<Sighting> read(Datagram datagram) {
    try {
      return announcements(LenientXml.read(datagram.bytes()))
          .limit(MOST)
          .filter(ProbeReader::speaksOnvif)
          .map(announcement -> sighting(announcement, datagram))
          .toList();
    } catch (ExcessiveXml e) {
      return List.of();
    }
  }

  private static Stream<Node> announcements(Node document) {
    for (String name : ANNOUNCEMENTS) {
      List<Node> nodes = document.all(name);
      if (!nodes.isEmpty()) {
        return nodes.stream();
      }
    }
    return Stream.of(document).filter(node -> node.first("XAddrs").isPresent());
  }

  private static boolean speaksOnvif(Node announcement) {
    return Stream.of("Types", "Scopes", "XAddrs")
        .flatMap(name -> announcement.all(name).stream())
        .map(node -> node.text().toLowerCase(Locale.ROOT))
        .anyMatch(text -> SIGNS.stream().anyMatch(text::contains));
  }

  private static Sighting sighting(Node announcement, Datagram datagram) {
    return new Sighting(
        endpoint(announcement),
        datagram.networkInterface(),
        datagram.sender(),
        Stream.of(Cut.at(LONGEST_ADDRESSES, announcement.text("XAddrs")).split("\\s+", -1))
            .filter(address -> !address.isEmpty())
            .toList(),
        Scopes.split(announcement.text("Scopes")));
  }

  private static String endpoint(Node announcement) {
    String address = announcement.text("EndpointReference", "Address");
    String endpoint = address.isEmpty() ? announcement.text("EndpointReference") : address;
    return Cut.at(LONGEST, endpoint);
  }
}
