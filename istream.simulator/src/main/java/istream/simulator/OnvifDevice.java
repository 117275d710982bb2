// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a camera is to those who ask by ONVIF.
 *
 * @param camera its large stream, and its faults
 * @param sub its small stream
 * @param endpoint by which it is known wherever it is
 * @param title what a person calls it
 */
record OnvifDevice(
    SimulatedCamera camera, Optional<SimulatedCamera> sub, String endpoint, String title) {
  /**
   * A stream that it offers.
   *
   * @param token names it
   * @param source sends it
   */
  record Profile(String token, SimulatedCamera source) {}

  /** All devices; a camera NAME-sub is the small stream of the camera NAME. */
  static List<OnvifDevice> of(Map<String, SimulatedCamera> cameras, OnvifSettings.Naming naming) {
    List<OnvifDevice> devices = new ArrayList<>();
    for (SimulatedCamera camera : cameras.values()) {
      String name = camera.name();
      boolean small =
          name.endsWith(CameraSpec.SUB)
              && cameras.containsKey(name.substring(0, name.length() - CameraSpec.SUB.length()));
      if (!small) {
        String endpoint = naming.endpoint().isEmpty() ? endpoint(naming, name) : naming.endpoint();
        String title = naming.title().isEmpty() ? name : naming.title();
        Optional<SimulatedCamera> sub = Optional.ofNullable(cameras.get(name + CameraSpec.SUB));
        devices.add(new OnvifDevice(camera, sub, endpoint, title));
      }
    }
    return devices;
  }

  private static String endpoint(OnvifSettings.Naming naming, String name) {
    return urn("istream simulator/" + naming.identity() + "/" + name);
  }

  /** An endpoint that is always the same for a text. */
  static String urn(String text) {
    return "urn:uuid:" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  String serialNumber() {
    return Integer.toHexString(endpoint.hashCode());
  }

  String model() {
    return "Simulator " + camera.clip().codec().encoding();
  }

  List<String> scopes() {
    String scope = "onvif://www.onvif.org/";
    return List.of(
        scope + "type/video_encoder",
        scope + "Profile/Streaming",
        scope + "Profile/T",
        scope + "hardware/" + encoded(model()),
        scope + "name/" + encoded(title));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  List<Profile> profiles() {
    Profile main = new Profile("main", camera);
    return sub.map(small -> List.of(main, new Profile("sub", small))).orElse(List.of(main));
  }

  Profile profile(String token) throws SoapFault {
    return profiles().stream()
        .filter(profile -> profile.token().equals(token))
        .findFirst()
        .orElseThrow(() -> SoapFault.wrong("ter:NoProfile", "no profile " + token));
  }
}
