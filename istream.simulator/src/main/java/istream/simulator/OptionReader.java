// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the options of the command line. */
final class OptionReader {
  static final String USAGE =
      """
      usage: java -jar istream.simulator.jar [OPTION]… --camera NAME[:CLIP][:silent] …
        --camera NAME:CLIP  a camera at rtsp://ADDRESS:PORT/NAME; clips: h264, h264b, h264small, h265
        --sub               a small second stream NAME-sub for each
        --port N            listen there (8554; 0: a free one)
        --bind ADDRESS      listen on that address (127.0.0.1)
        --login USER:PASSWORD and --auth basic|digest|sha256[,…] (digest)
        --kilobits N        pad every camera's video to that bit rate
        --backlog BYTES     kept for a slow reader; what comes beyond is lost for it
        --timeout S         a session without a sign of life ends (60)
      ONVIF at http://ADDRESS:PORT/NAME/onvif/device_service:
        --onvif             answer it; each of the following switches it on too
        --onvif-port N      listen there (0: a free one)
        --discovery NIC     answer probes on that interface; may repeat
        --onvif-login wsse|digest|both|none  (both)
        --clock-offset S    seconds that the cameras' clock is fast; may be below 0
        --endpoint TEXT     the same endpoint for every camera (one of its own for each)
        --identity WORD     other endpoints than another simulator's cameras of the same name
        --title TEXT        said instead of the cameras' names
      """;

  private final List<CameraSpec> cameras = new ArrayList<>();
  private final List<String> interfaces = new ArrayList<>();
  private String bind = "127.0.0.1";
  private int port = 8554;
  private SimulatorSettings.Delivery delivery = SimulatorSettings.Delivery.USUAL;
  private String login = "";
  private String auth = "digest";
  private boolean sub;
  private Optional<OnvifSettings> onvif = Optional.empty();

  /** Reads all options. */
  OptionReader read(String... arguments) {
    Deque<String> words = new ArrayDeque<>(List.of(arguments));
    while (!words.isEmpty()) {
      String option = words.remove();
      switch (option) {
        case "--onvif" -> onvif = Optional.of(onvif());
        case "--sub" -> sub = true;
        default -> {
          String value = words.poll();
          if (value == null) {
            throw new IllegalArgumentException(option + " is unknown or lacks its value");
          }
          take(option, value);
        }
      }
    }
    return this;
  }

  private OnvifSettings onvif() {
    return onvif.orElse(OnvifSettings.USUAL);
  }

  private void take(String option, String value) {
    switch (option) {
      case "--camera" -> cameras.add(CameraSpec.parse(value));
      case "--port" -> port = Integer.parseInt(value);
      case "--bind" -> bind = value;
      case "--login" -> login = value;
      case "--auth" -> auth = value;
      case "--kilobits" -> delivery = delivery.kilobits(Integer.parseInt(value));
      case "--backlog" -> delivery = delivery.backlog(Integer.parseInt(value));
      case "--timeout" -> delivery = delivery.sessionSeconds(Integer.parseInt(value));
      default -> onvif = Optional.of(onvif(option, value));
    }
  }

  private OnvifSettings onvif(String option, String value) {
    return switch (option) {
      case "--onvif-port" -> onvif().port(Integer.parseInt(value));
      case "--discovery" -> {
        interfaces.add(value);
        yield onvif().discovery(interfaces.toArray(new String[0]));
      }
      case "--onvif-login" -> onvif().logins(logins(value));
      case "--clock-offset" -> onvif().clockOffset(Duration.ofSeconds(Long.parseLong(value)));
      case "--endpoint" -> onvif().endpoint(value);
      case "--identity" -> onvif().identity(value);
      case "--title" -> onvif().title(value);
      default -> throw new IllegalArgumentException("no option " + option);
    };
  }

  private static OnvifSettings.Logins logins(String word) {
    return OnvifSettings.Logins.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** What the options say. */
  SimulatorSettings settings() {
    List<CameraSpec> all = new ArrayList<>(cameras);
    if (sub) {
      cameras.forEach(camera -> all.add(camera.sub()));
    }
    return new SimulatorSettings(new InetSocketAddress(bind, port), all, login(), delivery, onvif);
  }

  private Login login() {
    if (login.isEmpty()) {
      return Login.NONE;
    }
    int colon = login.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("--login is not USER:PASSWORD");
    }
    List<Login.Scheme> schemes = new ArrayList<>();
    for (String word : auth.split(",", -1)) {
      schemes.add(Login.Scheme.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    return new Login(login.substring(0, colon), login.substring(colon + 1), schemes);
  }
}
