// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.CameraCensus;
import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Answer;
import java.io.PrintStream;
import java.util.List;

/** Says what to do after a look around. */
final class NextSteps {
  private static final String LOGIN = " --user USER --password";

  private final List<FoundCamera> strangers;
  private final boolean nothing;
  private final boolean login;

  NextSteps(CameraCensus census, KnownCameras known, boolean login) {
    strangers = census.cameras().stream().filter(it -> known.id(it).isEmpty()).toList();
    nothing = census.cameras().isEmpty();
    this.login = login;
  }

  void print(PrintStream out) {
    if (nothing) {
      printNothingFound(out);
      return;
    }
    out.println();
    long ready = strangers.stream().filter(Ignition::isRecordable).count();
    long closed = count(Answer.NEEDS_LOGIN) + count(Answer.REFUSES_LOGIN);
    if (strangers.isEmpty()) {
      out.println("Each of them has a file already; see istream status.");
    }
    if (ready > 0) {
      String command = login ? "istream ignite" + LOGIN : "istream ignite";
      out.println(Figures.count(ready, "camera") + " can be recorded now: " + command);
    }
    if (closed > 0) {
      String which = login ? " another login:" : " a login:";
      out.println(Figures.count(closed, "camera") + " want" + (closed == 1 ? "s" : "") + which);
      out.println("  istream discover" + LOGIN + "   shows what they can stream");
      out.println("  istream ignite" + LOGIN + "     records them");
    }
    out.flush();
  }

  /** What to look at when there is no camera. */
  static void printNothingFound(PrintStream out) {
    out.println("No camera was found. What to check:");
    out.println("- The camera has power, its cable is plugged in, and the lamp of its port is on.");
    out.println("- ONVIF is switched on in the camera's settings (often under Network), and so is");
    out.println("  WS-Discovery; some cameras want an ONVIF user of its own.");
    out.println(
        "- This machine is in the camera's network: \"ip -brief address\" lists interfaces;");
    out.println("  --nic NAME looks on one of them.");
    out.println(
        "- Cameras behind a router or a VPN are not heard: ask them, istream discover HOST");
    out.println("- A camera without ONVIF is recorded all the same, by its stream's address; see");
    out.println("  istream probe --help");
    out.flush();
  }

  private long count(Answer answer) {
    return strangers.stream().filter(camera -> camera.answer() == answer).count();
  }
}
