// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import istream.api.camera.Credentials;
import java.net.InetSocketAddress;

/**
 * Where a stream is.
 *
 * @param url its address, byte for byte as the camera wants it, without a login before the host
 * @param address where to connect to; already resolved
 * @param credentials to log in with when the server asks
 * @param audio whether audio may be set up
 * @param foreign whether a redirect led to a host that is not the camera's own: it gets no login
 */
public record RtspTarget(
    String url,
    InetSocketAddress address,
    Credentials credentials,
    boolean audio,
    boolean foreign) {
  /** Keeps the login from foreign hosts. */
  public RtspTarget {
    credentials = foreign ? Credentials.NONE : credentials;
  }

  /** A stream where its owner says that it is. */
  public RtspTarget(String url, InetSocketAddress address, Credentials credentials, boolean audio) {
    this(url, address, credentials, audio, false);
  }

  /** Where to connect to, for messages. */
  String place() {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Addresses of some makers carry a password in their path: it is masked. */
  @Override
  public String toString() {
    return "RtspTarget[" + ControlUrl.shown(url) + ", " + place() + ", " + credentials + "]";
  }
}
