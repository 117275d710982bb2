// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ActionCommand;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.JLineTerminal;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Karaf's own console remembers of the lines that are typed into it. */
class PasswordCensorTest {
  @TempDir Path home;
  private Path history;

  @BeforeEach
  void settle() throws Exception {
    // Subject.getSubject is gone there, and with it Karaf's shell and what it could remember
    assumeTrue(Runtime.version().feature() < 24, "Karaf's shell does not run on this Java");
    Files.writeString(home.resolve("shell.init.script"), "greeting = hello\n");
    System.setProperty("karaf.home", home.toString());
    System.setProperty("karaf.etc", home.toString());
    System.setProperty("karaf.shell.init.script", "shell.init.script");
    history = Files.createFile(home.resolve("history"));
    System.setProperty("karaf.history", history.toString());
  }

  @AfterEach
  void leave() {
    List.of("karaf.home", "karaf.etc", "karaf.shell.init.script", "karaf.history")
        .forEach(System::clearProperty);
  }

  private List<String> remembered(String... lines) throws Exception {
    ThreadIOImpl streams = new ThreadIOImpl();
    SessionFactoryImpl karaf = new SessionFactoryImpl(streams);
    karaf.getCommandProcessor().addListener(new PasswordCensor());
    karaf.register(new ActionCommand(new ManagerImpl(karaf, karaf), ProbeCommand.class));
    InputStream typed =
        new ByteArrayInputStream(
            (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    PrintStream screen =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    streams.start();
    try (DumbTerminal terminal =
            new DumbTerminal("test", "dumb", typed, screen, StandardCharsets.UTF_8);
        Session session =
            karaf.create(typed, screen, screen, new JLineTerminal(terminal), "UTF-8", () -> {})) {
      session.run();
    } finally {
      streams.stop();
    }
    return Files.readAllLines(history).stream()
        .map(line -> line.substring(line.indexOf(':') + 1)) // after its time
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "istream:probe rtsp://h/1 --user me --password s3cret",
        "istream:probe rtsp://h/1 --user=me --password=s3cret",
        "istream:probe rtsp://h/1 --user me --password 's3 cret'",
        "istream:probe --user me --password s3cret rtsp://h/1 | grep video",
        "istream:probe --user me --password 's3\\ncret' rtsp://h/1",
        "probe rtsp://h/1 --password s3cret"
      })
  void aPasswordIsNotRemembered(String line) throws Exception {
    assertEquals(List.of("echo one", "echo two"), remembered("echo one", line, "echo two"));
  }

  @Test
  void notEvenInTheFirstLine() throws Exception {
    assertEquals(List.of(), remembered("istream:probe rtsp://h/1 --password s3cret"));
  }

  @Test
  void whatIsIgnoredAlreadyStaysIgnored() throws Exception {
    Files.writeString(home.resolve("shell.init.script"), "history-ignore = \"echo*\"\n");
    assertEquals(
        List.of("ls"), remembered("echo one", "istream:probe rtsp://h/1 --password x", "ls"));
  }

  @Test
  void aLogShowsNoPassword() {
    PasswordCensor censor = new PasswordCensor();
    assertEquals(
        "istream:probe 'rtsp://h/1' '--password ***",
        censor.filter("istream:probe 'rtsp://h/1' '--password' 's3 cret'"));
    assertEquals("istream:status", censor.filter("istream:status"));
  }
}
