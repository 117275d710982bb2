// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell on a terminal. */
class ShellIT {
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  @TempDir Path home;
  private Instance instance;

  @BeforeEach
  void start() throws Exception {
    Peers.require("script", "bsdutils");
    instance = new Instance(Distribution.unpacked().launcher(), home.resolve("instance"));
    instance.write("istream.camera-garden.cfg", "rtsp.url = rtsp://127.0.0.1:1/none\n");
    instance.with("HOME", Files.createDirectories(home.resolve("user")).toString()).start();
    Wait.until(
        "the camera is known",
        Duration.ofSeconds(10),
        () -> instance.run("status").out().contains("garden"));
  }

  @AfterEach
  void stop() {
    if (instance != null) {
      instance.close();
    }
  }

  @Test
  void completesCommandsAndIdsAndKeepsAHistoryWithoutPasswords() throws Exception {
    try (Pty pty = instance.terminal("shell")) {
      pty.await("istream> ");
      pty.type("exting\t gar\t\r");
      pty.await("garden: switched off");
      pty.type("probe --user u --password hunter2 rtsp://127.0.0.1:1/none\r");
      pty.await("nothing listens");
      pty.type(CTRL_D);
      assertEquals(0, pty.exit(), pty.screen());
      assertFalse(pty.screen().contains("hunter2"), pty.screen());
    }
    String history = Files.readString(instance.data().resolve("history"));
    assertTrue(history.contains("extinguish") && history.contains("garden"), history);
    assertFalse(history.contains("hunter2"), history);
    assertFalse(Files.exists(home.resolve("user/.karaf")));
  }

  @Test
  void aCommandAsksOnTheTerminalThatItWasTypedOn() throws Exception {
    String[] probe = {"probe", "rtsp://127.0.0.1:1/none", "--user", "u", "--password"};
    try (Pty pty = instance.terminal(probe)) {
      pty.await("Password of u:");
      pty.type("hunter2\r");
      pty.await("nothing listens");
      assertEquals(1, pty.exit(), pty.screen());
      assertFalse(pty.screen().contains("hunter2"), pty.screen());
    }
    Instance.Result piped = instance.run(probe);
    assertEquals(1, piped.exit(), piped.err());
    assertTrue(piped.err().contains("no terminal to ask"), piped.err());
  }

  @Test
  void interruptsACommandAndSaysWhenTheInstanceIsGone() throws Exception {
    try (Pty pty = instance.terminal("shell")) {
      pty.await("istream> ");
      pty.type("log:tail\r");
      pty.await("log:tail");
      pty.type(CTRL_C);
      pty.type("echo the\" \"end\r");
      pty.await("the end");
      instance.kill();
      assertEquals(1, pty.exit(), pty.screen());
      pty.await("the instance ended");
    }
  }
}
