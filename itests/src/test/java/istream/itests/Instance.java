// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One instance of the distribution, with directories of its own for configuration and data, run the
 * way an operator runs it: through the launcher alone. Closing ends it, by force where need be.
 */
public final class Instance implements AutoCloseable {
  /** The start of a whole Karaf on a busy machine. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final long COMMAND_SECONDS = 60;
  private static final long STOP_SECONDS = 30;

  /** What a command did. */
  public record Result(int exit, String out, String err) {}

  private final Path launcher;
  private final Path home;
  private final Map<String, String> environment = new TreeMap<>();
  private Process server;

  /** An instance of that launcher's tree that keeps all it writes below {@code home}. */
  public Instance(Path launcher, Path home) throws IOException {
    this.launcher = launcher;
    this.home = Files.createDirectories(home);
    environment.put("ISTREAM_ETC", etc().toString());
    environment.put("ISTREAM_DATA", data().toString());
  }

  /** Sets a variable of the environment of everything started from here on. */
  public Instance with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** The configuration directory. */
  public Path etc() {
    return home.resolve("etc");
  }

  /** The data directory. */
  public Path data() {
    return home.resolve("data");
  }

  /** The directory of the storage that the distribution ships. */
  public Path footage() {
    return data().resolve("footage");
  }

  /** Starts the server in the foreground and waits until it answers a command, or ends it. */
  public Instance start() throws Exception {
    server = server();
    try {
      Wait.until("the instance answers; its console: " + console(), START, this::answers);
      return this;
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  private boolean answers() throws Exception {
    if (!server.isAlive()) {
      throw new AssertionError("the server ended: " + Files.readString(console()));
    }
    return Files.exists(data().resolve("istream.sock")) && run("status").exit() == 0;
  }

  /** Starts the server as {@link #start} does and does not wait. */
  public Instance launch() throws IOException {
    server = server();
    return this;
  }

  /** Starts the server and does not wait. */
  public Process server() throws IOException {
    ProcessBuilder builder = builder(List.of("server"));
    builder.redirectErrorStream(true).redirectOutput(console().toFile());
    return builder.start();
  }

  /** What the server said on its console. */
  public Path console() {
    return home.resolve("console.log");
  }

  /** The process of the server itself. */
  public Process process() {
    return server;
  }

  /** Ends the server as a service manager does. */
  public void stop() throws InterruptedException {
    server.destroy();
    if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("SIGTERM did not end the server within " + STOP_SECONDS + " s");
    }
  }

  /** Ends the server as a power cut does, without a last word. */
  public void kill() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  /** Runs {@code bin/istream WORDS…} without a terminal and with an empty standard input. */
  public Result run(String... words) throws IOException, InterruptedException {
    return runWithInput("", words);
  }

  /** Runs {@code bin/istream WORDS…} with that standard input. */
  public Result runWithInput(String input, String... words)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(home, "command", ".out");
    Path err = Files.createTempFile(home, "command", ".err");
    Path in = Files.writeString(Files.createTempFile(home, "command", ".in"), input);
    try {
      Process command =
          builder(List.of(words))
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!command.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
        command.destroyForcibly();
        throw new AssertionError("bin/istream " + List.of(words) + " does not end");
      }
      return new Result(command.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
      Files.delete(in);
    }
  }

  /** Begins {@code bin/istream WORDS…} without a terminal and does not wait for its end. */
  public Process begin(String... words) throws IOException {
    return builder(List.of(words))
        .redirectInput(Redirect.from(new File("/dev/null")))
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
  }

  /** Runs {@code bin/istream WORDS…} on a terminal of its own. */
  public Pty terminal(String... words) throws IOException {
    return new Pty(builder(List.of(words)), Files.createTempFile(home, "screen", ".txt"));
  }

  /** Writes a configuration file, whole: another name first, then the right one. */
  public void write(String file, String text) throws IOException {
    Files.createDirectories(etc());
    Path draft = Files.writeString(home.resolve(file + ".draft"), text, StandardCharsets.UTF_8);
    Files.move(draft, etc().resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether the running instance has taken that file, named without its suffix, over. */
  public boolean configured(String file) throws IOException, InterruptedException {
    Result list = run("shell", "config:list '(felix.fileinstall.filename=*/" + file + ".cfg)'");
    if (list.exit() != 0) {
      throw new IOException("config:list failed: " + list.err());
    }
    return list.out().contains(file + ".cfg");
  }

  /** Deletes a configuration file. */
  public void delete(String file) throws IOException {
    Files.delete(etc().resolve(file));
  }

  private ProcessBuilder builder(List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder;
  }

  /** The log, as far as it is written; empty before its first line. */
  public String log() throws IOException {
    return lastOfLog(Long.MAX_VALUE);
  }

  /** The end of the log, for the message of a test that fails. */
  public String lastOfLog() throws IOException {
    return lastOfLog(50);
  }

  private String lastOfLog(long most) throws IOException {
    Path log = data().resolve("log/istream.log");
    if (!Files.exists(log)) {
      return "";
    }
    List<String> lines =
        Files.readAllLines(log).stream().filter(line -> !line.startsWith("\tat ")).toList();
    return String.join("\n", lines.subList((int) Math.max(0, lines.size() - most), lines.size()));
  }

  @Override
  public void close() {
    if (server == null || !server.isAlive()) {
      return;
    }
    server.destroy();
    try {
      if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
