// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How simulated cameras are to answer ONVIF.
 *
 * @param port of HTTP; 0 for a free one
 * @param interfaces names of the network interfaces on which probes are answered
 * @param logins how a password may be proved, if the cameras ask for a login at all
 * @param clockOffset of the cameras' clock from the right time
 * @param naming by what the cameras are known
 */
public record OnvifSettings(
    int port, List<String> interfaces, Logins logins, Duration clockOffset, Naming naming) {
  /** A free port, no discovery, both logins, the right time. */
  public static final OnvifSettings USUAL =
      new OnvifSettings(0, List.of(), Logins.BOTH, Duration.ZERO, new Naming("", "", ""));

  /** How a password may be proved. */
  public enum Logins {
    /** Nobody is asked for one. */
    NONE,
    /** WS-UsernameToken only; there is never a challenge. */
    WSSE,
    /** HTTP Digest only; a token is overlooked. */
    DIGEST,
    /** Either. */
    BOTH
  }

  /**
   * By what cameras are known.
   *
   * @param endpoint of all of them; empty: one of its own for each name and identity
   * @param identity tells apart cameras of the same name in two simulators
   * @param title said instead of the cameras' names; empty: their names
   */
  public record Naming(String endpoint, String identity, String title) {
    /** Refuses null. */
    public Naming {
      Objects.requireNonNull(endpoint, "endpoint");
      Objects.requireNonNull(identity, "identity");
      Objects.requireNonNull(title, "title");
    }
  }

  /** Keeps a copy of the interfaces. */
  public OnvifSettings {
    Objects.requireNonNull(logins, "logins");
    Objects.requireNonNull(clockOffset, "clockOffset");
    Objects.requireNonNull(naming, "naming");
    interfaces = List.copyOf(interfaces);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("ONVIF port " + port + " is not 0 to 65535");
    }
  }

  /** The same on another port. */
  public OnvifSettings port(int other) {
    return new OnvifSettings(other, interfaces, logins, clockOffset, naming);
  }

  /** The same, found on those interfaces. */
  public OnvifSettings discovery(String... others) {
    return new OnvifSettings(port, List.of(others), logins, clockOffset, naming);
  }

  /** The same with other logins. */
  public OnvifSettings logins(Logins other) {
    return new OnvifSettings(port, interfaces, other, clockOffset, naming);
  }

  /** The same with a clock that is wrong. */
  public OnvifSettings clockOffset(Duration other) {
    return new OnvifSettings(port, interfaces, logins, other, naming);
  }

  /** The same with one endpoint for every camera. */
  public OnvifSettings endpoint(String other) {
    return naming(new Naming(other, naming.identity(), naming.title()));
  }

  /** The same with other endpoints. */
  public OnvifSettings identity(String other) {
    return naming(new Naming(naming.endpoint(), other, naming.title()));
  }

  /** The same with one title for every camera. */
  public OnvifSettings title(String other) {
    return naming(new Naming(naming.endpoint(), naming.identity(), other));
  }

  private OnvifSettings naming(Naming other) {
    return new OnvifSettings(port, interfaces, logins, clockOffset, other);
  }
}
