// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static istream.simulator.Soap.element;
import static istream.simulator.Soap.parent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a device says of itself to the network: WS-Discovery (April 2005). */
final class ProbeMatch {
  private static final String TYPES = "dn:NetworkVideoTransmitter tds:Device";
  private static final String ANYBODY =
      "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";
  private static final String EVERYBODY = "urn:schemas-xmlsoap-org:ws:2005:04:discovery";
  // what a datagram holds is 65507 bytes
  private static final int HUGE = 60_000;

  private ProbeMatch() {}

  /** Whether a probe looks for cameras. */
  static boolean wanted(SoapQuestion probe) {
    String types = probe.text("Types");
    return probe.space().equals(Soap.DISCOVERY)
        && probe.name().equals("Probe")
        && (types.isEmpty()
            || types.contains("NetworkVideoTransmitter")
            || types.matches("(\\S+:)?Device"));
  }

  /** The datagrams that answer a probe. */
  static List<byte[]> answers(SoapQuestion probe, Whereabouts at) {
    OnvifDevice device = at.device();
    List<byte[]> answers = new ArrayList<>();
    answers.add(answer(probe, at, device.endpoint()));
    for (int i = 1; i < device.camera().amount(Fault.ONVIF_MANY); i++) {
      answers.add(answer(probe, at, OnvifDevice.urn(device.endpoint() + "/" + i)));
    }
    return answers;
  }

  private static byte[] answer(SoapQuestion probe, Whereabouts at, String endpoint) {
    String header =
        header("ProbeMatches", ANYBODY) + element("wsa:RelatesTo", probe.header("MessageID"));
    String body = parent("d:ProbeMatches", parent("d:ProbeMatch", device(at, endpoint)));
    return Soap.envelope(header, body).getBytes(StandardCharsets.UTF_8);
  }

  /** The datagram that tells everybody that a device is there. */
  static byte[] hello(Whereabouts at) {
    String body = parent("d:Hello", device(at, at.device().endpoint()));
    return Soap.envelope(header("Hello", EVERYBODY), body).getBytes(StandardCharsets.UTF_8);
  }

  private static String header(String action, String to) {
    return element("wsa:MessageID", "urn:uuid:" + UUID.randomUUID())
        + element("wsa:To", to)
        + element("wsa:Action", Soap.DISCOVERY + "/" + action);
  }

  private static String device(Whereabouts at, String endpoint) {
    String scopes = String.join(" ", at.device().scopes());
    if (at.device().camera().has(Fault.ONVIF_HUGE_DATAGRAM)) {
      String more = " onvif://www.onvif.org/location/nowhere";
      scopes += more.repeat(HUGE / more.length());
    }
    return parent("wsa:EndpointReference", element("wsa:Address", endpoint))
        + element("d:Types", TYPES)
        + element("d:Scopes", scopes)
        + element("d:XAddrs", at.service(OnvifServices.DEVICE))
        + element("d:MetadataVersion", 1);
  }
}
