// SPDX-License-Identifier: Apache-2.0
package istream.api.camera;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to look for.
 *
 * @param interfaces names of the network interfaces to look on; empty for those that are configured
 * @param time how long to listen; empty for what is configured
 * @param credentials to ask cameras with
 * @param hosts {@code HOST}, {@code HOST:PORT} or the URL of a device service: these are asked, and
 *     nobody else; empty to look around
 */
public record CameraSearch(
    List<String> interfaces, Optional<Duration> time, Credentials credentials, List<String> hosts) {
  /** Keeps copies; refuses null. */
  public CameraSearch {
    interfaces = List.copyOf(interfaces);
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(credentials, "credentials");
    hosts = List.copyOf(hosts);
  }
}
