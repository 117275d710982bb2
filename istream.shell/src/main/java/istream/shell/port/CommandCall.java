// SPDX-License-Identifier: Apache-2.0
package istream.shell.port;

import istream.shell.client.ChannelOutput;
import istream.shell.client.Wire;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.CommandException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command from a terminal, from its words to its exit status. */
final class CommandCall {
  private static final Logger LOG = LoggerFactory.getLogger(CommandCall.class);

  /** Where a command without a scope is looked for: as the branding says for the shell. */
  private static final String SCOPE = "istream:shell:bundle:*";

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private final SessionFactory sessions;
  private final DataInputStream in;
  private final DataOutputStream out;

  CommandCall(SocketChannel client, SessionFactory sessions) {
    this.sessions = sessions;
    in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(client)));
    out = new DataOutputStream(new ChannelOutput(client));
  }

  void run() throws IOException {
    int version = in.readInt();
    if (version != Wire.VERSION) {
      throw new IOException("a client of version " + version);
    }
    boolean terminal = in.readBoolean();
    int count = in.readInt();
    if (count < 1 || count > Wire.MOST_WORDS) {
      throw new IOException(count + " words");
    }
    List<String> words = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      words.add(in.readUTF());
    }
    boolean conversation = terminal && words.equals(List.of(Wire.SHELL));
    int status = conversation ? converse() : command(words, terminal);
    synchronized (out) {
      out.writeByte(Wire.EXIT);
      out.writeInt(status);
    }
  }

  private int converse() throws IOException {
    try {
      new Conversation(in, out).hold(sessions);
      return DONE;
    } catch (UnsupportedOperationException e) {
      // Karaf asks for the subject of the thread, which nobody can from Java 24 on
      try (PrintStream error = stream(Wire.ERR, true)) {
        error.print(
            "istream: the shell does not run on this Java ("
                + e.getMessage()
                + "); use Java 17, or run one command: bin/istream shell COMMAND\r\n");
      }
      return FAILED;
    }
  }

  private int command(List<String> words, boolean terminal) {
    try (PrintStream standard = stream(Wire.OUT, terminal);
        PrintStream error = stream(Wire.ERR, terminal)) {
      return execute(words, standard, error);
    }
  }

  private PrintStream stream(int kind, boolean terminal) {
    OutputStream frames = new FrameStream(out, kind);
    OutputStream shown = terminal ? frames : new PlainStream(frames);
    return new PrintStream(shown, true, StandardCharsets.UTF_8);
  }

  private int execute(List<String> words, PrintStream standard, PrintStream error) {
    try (Session session = sessions.create(new FrameInput(in, out), standard, error, parent())) {
      answer(session);
      String name = words.get(0);
      List<String> arguments = words.subList(1, words.size());
      session.put(Session.SCOPE, SCOPE);
      session.put(Session.SUBSHELL, "");
      if (name.equals(Wire.SHELL)) {
        show(session.execute(String.join(" ", arguments)), standard);
      } else if (session.getRegistry().getCommand("istream", name) == null) {
        error.println("istream: there is no command " + name + "; bin/istream -h lists them");
        return WRONG_USAGE;
      } else {
        session.execute(CommandLine.of(name, arguments));
      }
      return DONE;
    } catch (CommandException e) {
      error.println("istream: " + message(e));
      return WRONG_USAGE;
    } catch (Exception e) {
      LOG.debug("command {} failed", words.get(0), e);
      error.println("istream: " + message(e));
      return FAILED;
    }
  }

  private static void show(Object result, PrintStream standard) {
    if (result != null) {
      standard.println(result);
    }
  }

  private static String message(Exception e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }

  /** The terminal that a session without one takes from its parent. */
  private static Session parent() {
    return (Session)
        Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (proxy, method, arguments) ->
                method.getName().equals("getTerminal") ? new PlainTerminal() : null);
  }

  /** Commands are given a session that can ask the one who waits: Karaf's own refuses to. */
  private void answer(Session session) {
    Registry registry = session.getRegistry();
    registry.unregister(session);
    registry.register(
        Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("readLine")) {
                return ask((String) arguments[0], (Character) arguments[1]);
              }
              try {
                return method.invoke(session, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private String ask(String prompt, Character mask) throws IOException {
    synchronized (out) {
      out.writeByte(Wire.ASK);
      out.writeUTF(Objects.requireNonNullElse(prompt, ""));
      out.writeBoolean(mask == null);
    }
    boolean answered = in.readBoolean();
    String line = in.readUTF();
    return answered ? line : null;
  }
}
