// SPDX-License-Identifier: Apache-2.0
package istream.recorder;

import istream.api.camera.Camera;
import istream.api.camera.Credentials;
import istream.api.configuration.ConfigProblem;
import istream.api.configuration.ConfigReader;
import istream.api.configuration.Identifier;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A camera file, validated.
 *
 * @param id of the camera; what its file is called if that names none
 * @param camera the camera; null if a problem keeps it from being made
 * @param audio whether audio is recorded
 * @param segment length of a segment
 * @param archive id of the storage recorded to; empty for the only one
 * @param enabled whether to record
 * @param problems what cannot be used; empty if all is well
 */
record CameraSettings(
    String id,
    Camera camera,
    boolean audio,
    Duration segment,
    String archive,
    boolean enabled,
    List<ConfigProblem> problems) {
  private static final String URL_FORM = "rtsp://host[:port]/path";
  private static final Pattern SCHEME = Pattern.compile("^[^/?#]*//");
  private static final Pattern PLACE =
      Pattern.compile("(?:[\\p{L}\\p{N}._-]+|\\[[0-9A-Za-z:.%_-]+\\])(?::[0-9]{1,5})?");

  static CameraSettings of(Map<String, ?> properties) {
    ConfigReader reader = new ConfigReader(CameraComponent.Config.class, properties);
    String id = reader.requiredId();
    String rtsp = address(reader, "rtsp.url", URL_FORM, List.of("rtsp://"));
    String onvif =
        address(reader, "onvif.url", "http://host[:port]/path", List.of("http://", "https://"));
    String endpoint = reader.text("onvif.endpoint");
    if ((reader.text("rtsp.url") + reader.text("onvif.url") + endpoint).isEmpty()) {
      reader.refuse("rtsp.url", URL_FORM + ", or onvif.url or onvif.endpoint instead");
    }
    if (reader.choice("transport", List.of("tcp", "udp")).equals("udp")) {
      reader.refuse("transport", "tcp; udp is not part of this version");
    }
    boolean audio = reader.flag("audio");
    Duration segment = Duration.ofSeconds(reader.number("segment.seconds", 2, 3600));
    boolean enabled = reader.flag("enabled");
    String archive = reader.text("archive");
    if (!archive.isEmpty() && !Identifier.isValid(archive)) {
      reader.refuse("archive", "the id of a local storage: " + Identifier.ALLOWED);
    }
    Credentials login = new Credentials(reader.text("user"), reader.text(".password"));
    Camera camera =
        Identifier.isValid(id)
            ? new Camera(id, rtsp, onvif, endpoint, login, reader.text("profile"))
            : null;
    return new CameraSettings(id, camera, audio, segment, archive, enabled, reader.problems());
  }

  private static String address(
      ConfigReader reader, String key, String form, List<String> schemes) {
    String url = reader.text(key);
    if (url.isEmpty()) {
      return url;
    }
    String lower = url.toLowerCase(Locale.ROOT);
    String authority = SCHEME.matcher(url).replaceFirst("").split("[/?#]", 2)[0];
    if (!PLACE.matcher(authority).matches()) {
      reader.hide(key, form + " without a login in it: use the keys user and .password");
      return "";
    }
    if (schemes.stream().noneMatch(lower::startsWith)) {
      reader.refuse(key, form);
      return "";
    }
    return url;
  }
}
