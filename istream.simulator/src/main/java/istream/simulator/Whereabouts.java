// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.net.InetAddress;

/**
 * The addresses that a device tells to those who reach it at one of them.
 *
 * @param device it
 * @param address at which it was reached
 * @param httpPort where it answers ONVIF
 * @param rtspPort where it streams
 */
record Whereabouts(OnvifDevice device, InetAddress address, int httpPort, int rtspPort) {
  // RFC 5737: belongs to nobody
  private static final String FOREIGN = "203.0.113.7";
  private static final int UNSPECIFIED_HOST = 1;
  private static final int FOREIGN_HOST = 2;
  private static final int FOREIGN_STREAM = 3;

  String service(String name) {
    int port = wrong() >= FOREIGN_HOST ? 8899 : httpPort;
    return "http://" + host() + ":" + port + "/" + device.camera().name() + "/onvif/" + name;
  }

  String stream(SimulatedCamera source) {
    int port = wrong() >= FOREIGN_STREAM ? 8554 : rtspPort;
    return "rtsp://" + host() + ":" + port + "/" + source.name();
  }

  private String host() {
    return switch (wrong()) {
      case 0 -> host(address);
      case UNSPECIFIED_HOST -> "0.0.0.0";
      default -> FOREIGN;
    };
  }

  private int wrong() {
    return (int) device.camera().amount(Fault.ONVIF_WRONG_XADDR);
  }

  /** An address as it stands in a URL. */
  static String host(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String bare = zone < 0 ? text : text.substring(0, zone);
    return bare.indexOf(':') < 0 ? bare : "[" + bare + "]";
  }
}
