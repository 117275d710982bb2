// SPDX-License-Identifier: Apache-2.0
package istream.api.camera;

import java.util.List;
import java.util.Objects;

/**
 * A camera that a search has found. All texts are the camera's own words, cut to a sensible length
 * and without control characters, and nothing else is known of them: they may lie, repeat those of
 * another camera, or be empty.
 *
 * @param name what it calls itself; may be empty
 * @param endpoint its WS-Discovery endpoint; empty if it told none
 * @param routes where it was seen, the best one first; at least one
 * @param onvifUrl its device service, at an address that works as far as that could be found out;
 *     empty if it told none and none was found
 * @param answer how far one gets with it
 * @param make what it says it is
 * @param profiles what it can stream; empty if it did not say
 * @param problem what is wrong, and what to do; empty if nothing is
 */
public record FoundCamera(
    String name,
    String endpoint,
    List<Route> routes,
    String onvifUrl,
    Answer answer,
    Make make,
    List<StreamProfile> profiles,
    String problem) {
  /** Keeps copies; refuses null, and a camera that was seen nowhere. */
  public FoundCamera {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(onvifUrl, "onvifUrl");
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(make, "make");
    Objects.requireNonNull(problem, "problem");
    routes = List.copyOf(routes);
    profiles = List.copyOf(profiles);
    if (routes.isEmpty()) {
      throw new IllegalArgumentException("a camera without a route was not seen");
    }
  }

  /**
   * Where a camera was seen.
   *
   * @param networkInterface name of the interface; empty if it was asked directly
   * @param address its IP address, or the host name by which it was asked
   */
  public record Route(String networkInterface, String address) {}

  /** What a camera says it is; empty texts for what it does not say. */
  public record Make(String manufacturer, String model, String serial) {
    /** Nothing is known. */
    public static final Make UNKNOWN = new Make("", "", "");
  }

  /** How far one gets with a camera. */
  public enum Answer {
    /** It told its profiles: it can be recorded. */
    READY,
    /** It answers, and wants a login. */
    NEEDS_LOGIN,
    /** It refuses this login. */
    REFUSES_LOGIN,
    /** It answers, but so that nothing can be made of it. */
    FAULTY,
    /** It shares its address with another device: which of the two one reaches is chance. */
    AMBIGUOUS,
    /** It was seen, and does not answer at any of its addresses. */
    UNREACHABLE
  }
}
