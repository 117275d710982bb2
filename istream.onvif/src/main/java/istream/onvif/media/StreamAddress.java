// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import istream.onvif.soap.SoapFailure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a stream is, made of what a camera says. Only the authority is repaired: what comes behind
 * it is the camera's own language, and is neither parsed nor put into any normal form.
 *
 * @param scheme {@code rtsp} or {@code rtsps}
 * @param host at which the device can be reached
 * @param port 0 if there is none
 * @param rest path and query; empty, or begins with {@code /} or {@code ?}
 * @param multicast whether the camera seems to mean a multicast stream
 */
record StreamAddress(String scheme, String host, int port, String rest, boolean multicast) {
  private static final int LONGEST = 2048;
  private static final int QUOTED = 60;
  private static final int HTTP_PORT = 80;
  private static final Pattern SCHEME =
      Pattern.compile("(?i)(?:([a-z][a-z0-9+.-]*):(?=[/\\\\])[/\\\\]{1,2}|//)(.*)");
  private static final Pattern AUTHORITY = Pattern.compile("([^/?#]*)(.*)");
  private static final Pattern MULTICAST =
      Pattern.compile("(?i)(?<![a-z])(mcast|multicast)(?![a-z])(?!=(0|false|no|off))");

  /**
   * Reads what a camera says.
   *
   * @param deviceUrl where the device was reached; its host is the stream's too, for what cameras
   *     know of their own address is unspecified, stale, or inside of a network that is not ours
   * @throws SoapFailure if it is no address of RTSP
   */
  static StreamAddress read(String told, String deviceUrl) throws SoapFailure {
    String text = unescaped(Escapes.joined(told));
    if (text.length() > LONGEST) {
      throw unusable(deviceUrl, text, "is longer than " + LONGEST + " characters");
    }
    Matcher parts = SCHEME.matcher(text);
    boolean full = parts.matches();
    String scheme = full && parts.group(1) != null ? parts.group(1) : "rtsp";
    scheme = scheme.toLowerCase(Locale.ROOT);
    if (!scheme.equals("rtsp") && !scheme.equals("rtsps")) {
      throw unusable(deviceUrl, scheme + ":", "is no address of RTSP");
    }
    Matcher place = AUTHORITY.matcher(withoutSplitLogin(full ? parts.group(2) : text));
    if (!place.matches() || place.group(1).length() + place.group(2).length() < 2) {
      throw unusable(deviceUrl, scheme + "://", "has neither host nor path");
    }
    Authority own = Authority.read(place.group(1));
    Authority device = deviceAuthority(deviceUrl);
    boolean local = own.isLoopback() && device.isLoopback();
    String rest = Escapes.visible(place.group(2));
    boolean multicast = own.isMulticast() || MULTICAST.matcher(rest).find();
    return new StreamAddress(
        scheme, local ? own.host() : device.host(), own.port(), rest, multicast);
  }

  private static SoapFailure unusable(String deviceUrl, String text, String why) {
    return new SoapFailure(
        SoapFailure.Kind.NONSENSE,
        deviceUrl + " gives as stream address “" + Numbers.cut(text, QUOTED) + "”, which " + why,
        null);
  }

  /** A password with a slash in it ends the authority too early. */
  private static String withoutSplitLogin(String text) {
    Matcher login = Pattern.compile("[^/?#@:\\[]*:(?!\\d*(?:[:/?#@]|$))[^@]*@(.*)").matcher(text);
    return login.matches() ? login.group(1) : text;
  }

  private static String unescaped(String text) {
    String once = text.replace("&amp;", "&");
    return once.replace("&amp;", "&");
  }

  private static Authority deviceAuthority(String deviceUrl) {
    Matcher parts = SCHEME.matcher(deviceUrl);
    Matcher place = AUTHORITY.matcher(parts.matches() ? parts.group(2) : deviceUrl);
    return Authority.read(place.matches() ? place.group(1) : deviceUrl);
  }

  /** Whether the device should be asked at which port RTSP is. */
  boolean hasDoubtfulPort() {
    return scheme.equals("rtsp") && (port == 0 || port == HTTP_PORT);
  }

  /** The same at the port of RTSP that the device tells; 0 if it tells none. */
  StreamAddress at(int told) {
    return new StreamAddress(scheme, host, told, rest, multicast);
  }

  /** As a recorder takes it; without a port, it is RTSP's usual one. */
  @Override
  public String toString() {
    return scheme + "://" + host + (port == 0 ? "" : ":" + port) + rest;
  }
}
