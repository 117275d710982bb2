// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Runs a simulator until it is stopped; lines on standard input inject faults. */
public final class Main {
  private static final String USAGE =
      """
      usage: java -jar istream.simulator.jar [OPTION]… --camera NAME[:CLIP][:silent] …
        --camera NAME:CLIP  a camera at rtsp://ADDRESS:PORT/NAME; clips: h264, h264b, h264small, h265
        --port N            listen there (8554; 0: a free one)
        --bind ADDRESS      listen on that address (127.0.0.1)
        --login USER:PASSWORD and --auth basic|digest|sha256[,…] (digest)
        --kilobits N        pad every camera's video to that bit rate
        --backlog BYTES     kept for a slow reader; what comes beyond is lost for it
        --timeout S         a session without a sign of life ends (60)
      lines on standard input:
      """
          + ControlLine.SYNTAX;

  private Main() {}

  /** Starts; exits 2 if the arguments are wrong, 1 if the port cannot be opened. */
  public static void main(String[] arguments) throws InterruptedException {
    SimulatorSettings settings;
    try {
      settings = settings(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("istream.simulator: " + e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    try (Simulator simulator = Simulator.start(settings)) {
      for (SimulatedCamera camera : simulator.cameras()) {
        System.out.println("camera " + camera.name() + " " + camera.url());
      }
      System.out.println("ready on port " + simulator.port());
      obey(simulator);
      // standard input may be closed from the start: then only a signal ends it
      new CountDownLatch(1).await();
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(
          "istream.simulator: cannot start on " + settings.address() + ": " + e.getMessage());
      System.exit(1);
    }
  }

  private static void obey(Simulator simulator) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    ControlLine control = new ControlLine(simulator);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(control.obey(line));
    }
  }

  static SimulatorSettings settings(String... arguments) {
    String bind = "127.0.0.1";
    int port = 8554;
    int kilobits = 0;
    int backlog = SimulatorSettings.USUAL_BACKLOG;
    int timeout = 60;
    String login = "";
    String auth = "digest";
    List<CameraSpec> cameras = new ArrayList<>();
    Deque<String> words = new ArrayDeque<>(List.of(arguments));
    while (!words.isEmpty()) {
      String option = words.remove();
      String value = words.poll();
      if (value == null) {
        throw new IllegalArgumentException(option + " is unknown or lacks its value");
      }
      switch (option) {
        case "--camera" -> cameras.add(CameraSpec.parse(value));
        case "--port" -> port = Integer.parseInt(value);
        case "--bind" -> bind = value;
        case "--login" -> login = value;
        case "--auth" -> auth = value;
        case "--kilobits" -> kilobits = Integer.parseInt(value);
        case "--backlog" -> backlog = Integer.parseInt(value);
        case "--timeout" -> timeout = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("no option " + option);
      }
    }
    InetSocketAddress address = new InetSocketAddress(bind, port);
    return new SimulatorSettings(address, cameras, login(login, auth), kilobits, backlog, timeout);
  }

  private static Login login(String login, String auth) {
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
