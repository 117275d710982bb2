// SPDX-License-Identifier: Apache-2.0
package istream.onvif.find;

import istream.api.camera.CameraException;
import istream.api.camera.FoundCamera.Route;
import istream.onvif.discovery.Device;
import istream.onvif.discovery.Discovery;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host that the owner names.
 *
 * @param url of its device service; empty if no more than the host, or host and port, is known
 * @param host name or address
 * @param port 0 if it is not named
 */
record HostQuery(String url, String host, int port) {
  private static final Pattern URL =
      Pattern.compile(
          "(?i)https?://(\\[[0-9a-f:.%]+\\]|[^\\s/:@?#\\[\\]]+)(?::(\\d{1,5}))?(/\\S*)?");

  private static final Pattern PLACE =
      Pattern.compile("(?i)(\\[[0-9a-f:.%]+\\]|[^\\s/:@?#\\[\\]]+)(?::(\\d{1,5}))?");

  private static final Pattern BARE_IPV6 = Pattern.compile("(?i)[0-9a-f]*:[0-9a-f.]*:[0-9a-f:.%]*");
  private static final String USUAL_PATH = "/onvif/device_service";
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int HIGHEST_PORT = 65_535;
  private static final int HTTPS_PORT = 443;

  /**
   * Reads {@code HOST}, {@code HOST:PORT} or a URL.
   *
   * @throws CameraException if it is none of them
   */
  static HostQuery of(String text) throws CameraException {
    if (BARE_IPV6.matcher(text).matches()) {
      return new HostQuery("", "[" + text + "]", 0);
    }
    Matcher url = URL.matcher(text);
    Matcher place = PLACE.matcher(text);
    Matcher matcher = url.matches() ? url : place;
    if (!matcher.matches()) {
      throw refused(text);
    }
    int port = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    if (port > HIGHEST_PORT) {
      throw refused(text);
    }
    boolean whole = matcher.groupCount() > 2;
    boolean path = whole && matcher.group(3) != null;
    return new HostQuery(whole ? path ? text : text + USUAL_PATH : "", matcher.group(1), port);
  }

  private static CameraException refused(String text) {
    String shown = text.indexOf('@') < 0 ? "\"" + text + "\" is" : "this address with an @ is";
    return new CameraException(
        shown
            + " not a host; allowed: HOST, HOST:PORT or http://HOST[:PORT]/PATH, without a login"
            + " (use --user and --password)",
        false,
        null);
  }

  /**
   * Asks who is there. Blocks for some two seconds.
   *
   * @param survey tells the open ones of the ports that cameras use
   * @return one or more devices; one without endpoint if it does not say who it is
   * @throws CameraException if the name is unknown, or nothing listens there
   */
  List<Device> devices(Discovery discovery, Function<InetAddress, List<Integer>> survey)
      throws CameraException {
    InetAddress address = resolve();
    List<Device> told = discovery.ask(bare(), ANSWER_NANOS).stream().filter(this::meant).toList();
    if (!told.isEmpty()) {
      return told;
    }
    List<String> urls = new ArrayList<>();
    if (!url.isEmpty()) {
      urls.add(url);
    } else if (port > 0) {
      urls.add(usual(port));
    } else {
      survey.apply(address).forEach(open -> urls.add(usual(open)));
    }
    if (urls.isEmpty()) {
      throw new CameraException(
          host
              + " does not answer at any port that cameras use ("
              + PortSurvey.PORTS
              + "); check that it is on, or name the port: HOST:PORT",
          true,
          null);
    }
    return List.of(new Device(0, "", "", "", List.of(new Route("", bare())), urls, ""));
  }

  /** Without the brackets of an IPv6 address. */
  private String bare() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private boolean meant(Device device) {
    return url.isEmpty()
        ? port == 0 || device.urls().stream().anyMatch(it -> it.contains(":" + port + "/"))
        : device.urls().stream().anyMatch(url::equalsIgnoreCase);
  }

  private String usual(int open) {
    return open == HTTPS_PORT
        ? "https://" + host + USUAL_PATH
        : "http://" + host + (open == 80 ? "" : ":" + open) + USUAL_PATH;
  }

  private InetAddress resolve() throws CameraException {
    try {
      return InetAddress.getByName(bare());
    } catch (UnknownHostException e) {
      throw new CameraException(
          "the name " + host + " is not known to the network; check it, or give the address",
          true,
          e);
    }
  }
}
