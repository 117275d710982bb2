// SPDX-License-Identifier: Apache-2.0
package istream.shell.client;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs one command in the running instance and shows what it prints. */
public final class Client {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int NO_INSTANCE = 3;

  private final DataInputStream in;
  private final DataOutputStream out;
  private final boolean terminal;

  private Client(DataInputStream in, DataOutputStream out, boolean terminal) {
    this.in = in;
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Arguments: the socket; {@code terminal} or {@code pipe}, which the launcher knows best. The
   * words of the command stand in the environment. Exits with the command's status.
   */
  public static void main(String[] arguments) {
    Path socket = Path.of(arguments[0]);
    boolean terminal = arguments[1].equals("terminal");
    List<String> words = words(System.getenv());
    boolean conversation = words.equals(List.of(Wire.SHELL));
    if (conversation && !terminal) {
      System.err.println("istream: shell without a command needs a terminal");
      System.exit(WRONG_USAGE);
    }
    System.exit(run(socket, terminal, words, conversation));
  }

  /** The words in {@code ISTREAM_WORD_1} and so on, as many as {@code ISTREAM_WORDS} says. */
  private static List<String> words(Map<String, String> environment) {
    int count = Integer.parseInt(environment.get("ISTREAM_WORDS"));
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> environment.get("ISTREAM_WORD_" + i))
        .toList();
  }

  private static int run(Path socket, boolean terminal, List<String> words, boolean conversation) {
    SocketChannel channel;
    try {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      System.err.println(
          "istream: no instance answers at "
              + socket.toAbsolutePath()
              + " ("
              + e.getMessage()
              + "); start one with: bin/istream start");
      return NO_INSTANCE;
    }
    try (channel) {
      Client client =
          new Client(
              new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel))),
              new DataOutputStream(new BufferedOutputStream(new ChannelOutput(channel))),
              terminal);
      client.send(words);
      return conversation ? client.converse() : client.follow();
    } catch (EOFException e) {
      System.err.println("istream: the instance ended before the command did");
      return FAILED;
    } catch (IOException e) {
      System.err.println("istream: the instance cannot be heard any more: " + e.getMessage());
      return FAILED;
    }
  }

  private void send(List<String> words) throws IOException {
    out.writeInt(Wire.VERSION);
    out.writeBoolean(terminal);
    out.writeInt(words.size());
    for (String word : words) {
      out.writeUTF(word);
    }
    out.flush();
  }

  private int converse() throws IOException {
    try (Keyboard keyboard = new Keyboard(out)) {
      keyboard.start();
      return follow();
    }
  }

  private int follow() throws IOException {
    while (true) {
      int kind = in.readByte();
      switch (kind) {
        case Wire.OUT -> print(System.out);
        case Wire.ERR -> print(System.err);
        case Wire.ASK -> ask(in.readUTF(), in.readBoolean());
        case Wire.READ -> read();
        case Wire.EXIT -> {
          return in.readInt();
        }
        default -> throw new IOException("it sent a frame of the unknown kind " + kind);
      }
    }
  }

  private void print(PrintStream target) throws IOException {
    byte[] bytes = in.readNBytes(in.readInt());
    target.write(bytes, 0, bytes.length);
    target.flush();
  }

  private void ask(String prompt, boolean echo) throws IOException {
    Console console = System.console();
    String line = null;
    if (!terminal) {
      System.err.println("istream: there is no terminal to ask \"" + prompt.strip() + "\" on");
    } else if (echo) {
      line = console.readLine("%s", prompt);
    } else {
      char[] secret = console.readPassword("%s", prompt);
      line = secret == null ? null : new String(secret);
    }
    out.writeBoolean(line != null);
    out.writeUTF(line == null ? "" : line);
    out.flush();
  }

  private void read() throws IOException {
    InputStream input = System.in;
    byte[] bytes = new byte[4096];
    int count = input.read(bytes);
    out.writeInt(count);
    if (count > 0) {
      out.write(bytes, 0, count);
    }
    out.flush();
  }
}
