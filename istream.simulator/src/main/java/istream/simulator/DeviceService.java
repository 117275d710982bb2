// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static istream.simulator.Soap.element;
import static istream.simulator.Soap.parent;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The device service: ONVIF Core Specification, 8. */
final class DeviceService {
  private final Clock clock;

  DeviceService(Clock clock) {
    this.clock = clock;
  }

  String answer(String operation, Whereabouts at) throws SoapFault {
    OnvifDevice device = at.device();
    String content =
        switch (operation) {
          case "GetSystemDateAndTime" -> time(device);
          case "GetDeviceInformation" -> information(device);
          case "GetScopes" -> scopes(device);
          case "GetServices" -> services(at);
          case "GetCapabilities" -> capabilities(at);
          case "GetNetworkProtocols" ->
              protocol("HTTP", at.httpPort()) + protocol("RTSP", at.rtspPort());
          case "GetEndpointReference" -> element("tds:GUID", device.endpoint());
          default -> throw SoapFault.notSupported(operation);
        };
    return parent("tds:" + operation + "Response", content);
  }

  private String time(OnvifDevice device) throws SoapFault {
    if (device.camera().has(Fault.ONVIF_NO_CLOCK)) {
      throw SoapFault.notSupported("GetSystemDateAndTime");
    }
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    String time =
        parent(
            "tt:Time",
            element("tt:Hour", now.getHour()),
            element("tt:Minute", now.getMinute()),
            element("tt:Second", now.getSecond()));
    String date =
        parent(
            "tt:Date",
            element("tt:Year", now.getYear()),
            element("tt:Month", now.getMonthValue()),
            element("tt:Day", now.getDayOfMonth()));
    return parent(
        "tds:SystemDateAndTime",
        element("tt:DateTimeType", "Manual"),
        element("tt:DaylightSavings", "false"),
        parent("tt:TimeZone", element("tt:TZ", "UTC0")),
        parent("tt:UTCDateTime", time, date));
  }

  private static String information(OnvifDevice device) {
    return element("tds:Manufacturer", "istream")
        + element("tds:Model", device.model())
        + element("tds:FirmwareVersion", "1.0")
        + element("tds:SerialNumber", device.serialNumber())
        + element("tds:HardwareId", "simulator");
  }

  private static String scopes(OnvifDevice device) {
    StringBuilder text = new StringBuilder();
    for (String scope : device.scopes()) {
      text.append(
          parent("tds:Scopes", element("tt:ScopeDef", "Fixed"), element("tt:ScopeItem", scope)));
    }
    return text.toString();
  }

  private static String services(Whereabouts at) {
    String media2 =
        at.device().camera().has(Fault.ONVIF_NO_MEDIA2)
            ? ""
            : service(Soap.MEDIA2, at.service(OnvifServices.MEDIA2));
    return service(Soap.DEVICE, at.service(OnvifServices.DEVICE))
        + service(Soap.MEDIA, at.service(OnvifServices.MEDIA))
        + media2;
  }

  private static String service(String space, String address) {
    return parent(
        "tds:Service",
        element("tds:Namespace", space),
        element("tds:XAddr", address),
        parent("tds:Version", element("tt:Major", 2), element("tt:Minor", 60)));
  }

  private static String capabilities(Whereabouts at) {
    return parent(
        "tds:Capabilities",
        parent("tt:Device", element("tt:XAddr", at.service(OnvifServices.DEVICE))),
        parent(
            "tt:Media",
            element("tt:XAddr", at.service(OnvifServices.MEDIA)),
            parent("tt:StreamingCapabilities", element("tt:RTP_RTSP_TCP", "true"))));
  }

  private static String protocol(String name, int port) {
    return parent(
        "tds:NetworkProtocols",
        element("tt:Name", name),
        element("tt:Enabled", "true"),
        element("tt:Port", port));
  }
}
