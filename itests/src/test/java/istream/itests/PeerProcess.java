// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of streams in a process of its own that obeys lines and ends with its standard input.
 */
final class PeerProcess implements AutoCloseable {
  private static final String READY = "ready on port ";
  private static final long END_SECONDS = 10;

  private final Process process;
  private final BufferedReader answers;
  private final int port;

  private PeerProcess(Process process, BufferedReader answers, int port) {
    this.process = process;
    this.answers = answers;
    this.port = port;
  }

  /**
   * Starts one and waits until its port is open.
   *
   * @throws IOException if it ends before
   */
  static PeerProcess start(List<String> command, ProcessBuilder.Redirect errors)
      throws IOException {
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(READY)) {
        int port = Integer.parseInt(line.substring(READY.length()));
        return new PeerProcess(process, answers, port);
      }
    }
    process.destroyForcibly();
    throw new IOException("it does not start: " + command);
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** Says a line to it, and returns what it answers when it has obeyed. */
  synchronized String say(String line) throws IOException {
    OutputStream to = process.getOutputStream();
    to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    to.flush();
    String answer = answers.readLine();
    if (answer == null || !answer.startsWith("ok")) {
      throw new IOException("it does not obey " + line + ": " + answer);
    }
    return answer;
  }

  /** A number that it tells of one of its streams. */
  long number(String stream, String key) throws IOException {
    String answer = say("status");
    Matcher told =
        Pattern.compile(" " + stream + "(?: [a-z]+=\\S+)*? " + key + "=(-?\\d+)").matcher(answer);
    if (!told.find()) {
      throw new IOException("no " + key + " of " + stream + " in " + answer);
    }
    return Long.parseLong(told.group(1));
  }

  /** Ends it without a last word. */
  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
