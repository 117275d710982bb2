// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Lines that make the cameras of a running simulator misbehave. */
final class ControlLine {
  static final String SYNTAX =
      """
        CAMERA FAULT [AMOUNT]  inject; `all` for every camera
        CAMERA FAULT off       clear
        CAMERA reset           reset its connections
        CAMERA clip NAME       go on with another clip
        reboot SECONDS         close the port for a while, begin anew
        status                 next frame number and viewers of every camera
        logins                 ONVIF requests, those with a password, those of them refused
        faults: stall, loss (share), wrong-ssrc, slow-start (s), refused-login, flood, nonsense,
                early-data, changing-session, bare-description, burst (s), endless-description,
                onvif-html-401, onvif-fault-200, onvif-wrong-xaddr (1 to 3), onvif-no-media2,
                onvif-broken-media2, onvif-no-services, onvif-no-clock, onvif-bad-length (bytes),
                onvif-early-close, onvif-undeclared-prefix, onvif-utf16, onvif-garbage,
                onvif-endless, onvif-dribble (s), onvif-nesting (megabytes), onvif-laughs,
                onvif-silent, onvif-many (devices), onvif-huge-datagram, onvif-locked (attempts)
      """;

  private final Simulator simulator;

  ControlLine(Simulator simulator) {
    this.simulator = simulator;
  }

  /** Does what a line says and returns the answer: {@code ok …}, or {@code error …}. */
  String obey(String line) {
    String[] words = line.trim().split("\\s+", -1);
    try {
      return switch (words[0]) {
        case "status" -> status();
        case "logins" -> logins();
        case "reboot" -> reboot(words);
        default -> cameras(words);
      };
    } catch (IllegalArgumentException e) {
      return "error " + e.getMessage();
    }
  }

  private String status() {
    StringBuilder text = new StringBuilder("ok");
    for (SimulatedCamera camera : simulator.cameras()) {
      text.append(
          String.format(
              Locale.ROOT,
              " %s next=%d viewers=%d",
              camera.name(),
              camera.nextNumber(),
              camera.viewers()));
    }
    return text.toString();
  }

  private String logins() {
    StringBuilder text = new StringBuilder("ok");
    for (SimulatedCamera camera : simulator.cameras()) {
      if (!camera.onvifUrl().isEmpty()) {
        text.append(" ").append(camera.name()).append(" ").append(camera.logins());
      }
    }
    return text.toString();
  }

  private String reboot(String... words) {
    double seconds = words.length > 1 ? Double.parseDouble(words[1]) : 5;
    simulator.reboot(Duration.ofMillis((long) (seconds * 1000)));
    return "ok";
  }

  private String cameras(String... words) {
    if (words.length < 2) {
      throw new IllegalArgumentException("a line is one of\n" + SYNTAX);
    }
    List<SimulatedCamera> cameras =
        words[0].equals("all") ? simulator.cameras() : List.of(simulator.camera(words[0]));
    for (SimulatedCamera camera : cameras) {
      obey(camera, words);
    }
    return "ok";
  }

  private static void obey(SimulatedCamera camera, String... words) {
    String amount = words.length > 2 ? words[2] : "";
    switch (words[1]) {
      case "reset" -> camera.reset();
      case "clip" -> camera.play(amount);
      default -> {
        Fault fault = Fault.of(words[1]);
        if (amount.equals("off")) {
          camera.clear(fault);
        } else if (amount.isEmpty()) {
          camera.inject(fault);
        } else {
          camera.inject(fault, Double.parseDouble(amount));
        }
      }
    }
  }
}
