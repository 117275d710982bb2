// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.FoundCamera;
import istream.api.camera.StreamProfile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** Which of the cameras that were found have a file already. */
final class KnownCameras {
  private final Map<FoundCamera, String> ids = new HashMap<>();
  private final List<FoundCamera> found;

  /** Compares them, by the surest sign first. */
  KnownCameras(List<ConfiguredCamera> configured, List<FoundCamera> found) {
    this.found = found;
    List<ConfiguredCamera> rest = configured;
    for (BiPredicate<ConfiguredCamera, FoundCamera> sign :
        List.<BiPredicate<ConfiguredCamera, FoundCamera>>of(
            this::sameEndpoint,
            KnownCameras::sameService,
            KnownCameras::sameStream,
            this::onlyOneThere)) {
      // a file stands for the camera of its surest sign, and for no other
      rest = rest.stream().filter(file -> !recognise(file, sign)).toList();
    }
  }

  private boolean recognise(
      ConfiguredCamera file, BiPredicate<ConfiguredCamera, FoundCamera> sign) {
    List<FoundCamera> hits = found.stream().filter(camera -> sign.test(file, camera)).toList();
    hits.forEach(camera -> ids.putIfAbsent(camera, file.id()));
    return !hits.isEmpty();
  }

  /** The id of its file. */
  Optional<String> id(FoundCamera camera) {
    return Optional.ofNullable(ids.get(camera));
  }

  private boolean sameEndpoint(ConfiguredCamera file, FoundCamera camera) {
    if (file.endpoint().isEmpty() || !file.endpoint().equals(camera.endpoint())) {
      return false;
    }
    // endpoints repeat: then the host decides
    return file.onvif().map(place -> hosts(camera).contains(place.host())).orElse(false)
        || found.stream().filter(it -> it.endpoint().equals(file.endpoint())).count() == 1;
  }

  private static boolean sameService(ConfiguredCamera file, FoundCamera camera) {
    return file.onvif().isPresent() && file.onvif().equals(Place.of(camera.onvifUrl()));
  }

  private static boolean sameStream(ConfiguredCamera file, FoundCamera camera) {
    return file.rtsp().isPresent()
        && camera.profiles().stream()
            .map(StreamProfile::uri)
            .anyMatch(uri -> Place.of(uri).equals(file.rtsp()));
  }

  private boolean onlyOneThere(ConfiguredCamera file, FoundCamera camera) {
    return file.rtsp().isPresent()
        && hosts(camera).contains(file.rtsp().get().host())
        && found.stream().filter(it -> hosts(it).contains(file.rtsp().get().host())).count() == 1;
  }

  private static Set<String> hosts(FoundCamera camera) {
    Set<String> hosts = new HashSet<>();
    camera.routes().forEach(route -> hosts.add(Place.host(route.address())));
    Place.of(camera.onvifUrl()).ifPresent(place -> hosts.add(place.host()));
    return hosts;
  }
}
