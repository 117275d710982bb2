// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command of an instance on a terminal of its own, which a test types on and looks at. */
public final class Pty implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Process process;
  private final Path screen;

  /** Runs that command, its terminal's output going to the file {@code screen}. */
  public Pty(ProcessBuilder command, Path screen) throws IOException {
    this.screen = screen;
    String line = String.join(" ", command.command());
    command.command("script", "--quiet", "--return", "--flush", "--command", line, "/dev/null");
    command.environment().put("TERM", "xterm");
    process = command.redirectErrorStream(true).redirectOutput(screen.toFile()).start();
  }

  /** Types, key by key as written. */
  public void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits until the terminal has shown that, from its beginning on. */
  public void await(String shown) throws Exception {
    Wait.until("the terminal shows " + shown, ANSWER, () -> screen().contains(shown));
  }

  /** All that was shown so far, without the sequences that colour it and move about. */
  public String screen() throws IOException {
    return Files.readString(screen).replaceAll("\u001b(\\[[0-9;?]*[A-Za-z]|[=>])", "");
  }

  /** Waits for the end of the command and returns its exit status. */
  public int exit() throws InterruptedException {
    if (!process.waitFor(ANSWER.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the command on the terminal does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
