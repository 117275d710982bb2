// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.concurrent.CountDownLatch;

/** Runs a simulator until it is stopped; lines on standard input inject faults. */
public final class Main {
  private Main() {}

  /** Starts; exits 2 if the arguments are wrong, 1 if the port cannot be opened. */
  public static void main(String[] arguments) throws InterruptedException {
    SimulatorSettings settings;
    try {
      settings = settings(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("istream.simulator: " + e.getMessage());
      System.err.print(OptionReader.USAGE);
      System.err.print("lines on standard input:\n" + ControlLine.SYNTAX);
      System.exit(2);
      return;
    }
    try (Simulator simulator = Simulator.start(settings)) {
      for (SimulatedCamera camera : simulator.cameras()) {
        System.out.println("camera " + camera.name() + " " + camera.url());
      }
      for (SimulatedCamera camera : simulator.cameras()) {
        if (!camera.onvifUrl().isEmpty()) {
          System.out.println("onvif " + camera.name() + " " + camera.onvifUrl());
        }
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
    return new OptionReader().read(arguments).settings();
  }
}
