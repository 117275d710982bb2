// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The question "who is there?" (WS-Discovery of April 2005). Some cameras answer to one form only,
 * some only if every prefix is declared where it is used.
 */
enum Probe {
  /** What ONVIF asks for. */
  TRANSMITTER("dn:NetworkVideoTransmitter"),
  /** What newer devices may answer to only. */
  DEVICE("tds:Device"),
  /** To whatever there is. */
  ANYTHING("");

  private static final String SOAP = " xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"";
  private static final String ADDRESSING =
      " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"";
  private static final String DISCOVERY =
      " xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\"";
  private static final String TYPES =
      " xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\""
          + " xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\"";

  private final String type;

  Probe(String type) {
    this.type = type;
  }

  /** One with an id of its own: devices keep silent to one that they have answered. */
  ByteBuffer message() {
    return ByteBuffer.wrap(text(UUID.randomUUID()).getBytes(StandardCharsets.UTF_8));
  }

  private String text(UUID id) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope"
        + (SOAP + ADDRESSING + DISCOVERY + TYPES)
        + "><s:Header><a:Action s:mustUnderstand=\"1\">"
        + "http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action><a:MessageID>urn:uuid:"
        + id
        + "</a:MessageID><a:ReplyTo><a:Address>"
        + "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"
        + "</a:Address></a:ReplyTo><a:To s:mustUnderstand=\"1\">"
        + "urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header><s:Body><d:Probe>"
        + (type.isEmpty() ? "<d:Types/>" : "<d:Types" + DISCOVERY + TYPES + ">" + type)
        + (type.isEmpty() ? "" : "</d:Types>")
        + "<d:Scopes/></d:Probe></s:Body></s:Envelope>";
  }
}
