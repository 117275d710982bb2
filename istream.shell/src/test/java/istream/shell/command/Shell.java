// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ActionCommand;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.RegistryImpl;
import org.apache.karaf.shell.support.completers.ArgumentCommandLine;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Runs commands as Karaf does, with its own parser of arguments, beside the given services. */
final class Shell {
  private final List<Object> services = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Registry registry = new RegistryImpl(null);
  private final Path etc;
  private InputStream keyboard = InputStream.nullInputStream();
  private String typed;
  private String prompt = "";
  private int held;

  Shell(Path etc) {
    this.etc = etc;
  }

  Shell with(Object... more) {
    services.addAll(List.of(more));
    return this;
  }

  /** What standard input holds, and what is typed at a prompt. */
  Shell input(String standard, String atPrompt) {
    keyboard = new ByteArrayInputStream(standard.getBytes(StandardCharsets.UTF_8));
    typed = atPrompt;
    return this;
  }

  /** Runs the command and returns what it printed on standard output. */
  String run(Class<? extends Action> command, Object... arguments) throws Exception {
    Session session = proxy(Session.class, this::session);
    registry.register(proxy(BundleContext.class, this::context));
    registry.register(session);
    PrintStream systemOut = System.out;
    PrintStream systemErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      new ActionCommand(new ManagerImpl(registry, registry), command)
          .execute(session, List.of(arguments));
    } finally {
      System.setOut(systemOut);
      System.setErr(systemErr);
    }
    if (held != 0) {
      throw new AssertionError(held + " services are still held");
    }
    return printed();
  }

  /** What the shell offers after the typed beginning of a word. */
  List<String> complete(Class<? extends Completer> completer, String typed) throws Exception {
    registry.register(proxy(BundleContext.class, this::context));
    List<String> candidates = new ArrayList<>();
    new ManagerImpl(registry, registry)
        .instantiate(completer)
        .complete(null, new ArgumentCommandLine(typed, typed.length()), candidates);
    return candidates.stream().map(String::strip).toList();
  }

  String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String warned() {
    return err.toString(StandardCharsets.UTF_8);
  }

  String prompt() {
    return prompt;
  }

  private Object session(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "getRegistry" -> registry;
      case "getKeyboard" -> keyboard;
      case "readLine" -> {
        prompt = (String) arguments[0];
        yield typed;
      }
      default -> identity(proxy, method, arguments);
    };
  }

  private Object context(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "getProperty" -> "karaf.etc".equals(arguments[0]) ? etc.toString() : null;
      case "getServiceReferences" ->
          services.stream()
              .filter(((Class<?>) arguments[0])::isInstance)
              .map(Shell::reference)
              .toList();
      case "getService" -> {
        held++;
        yield ((ServiceReference<?>) arguments[0]).getProperty("service");
      }
      case "ungetService" -> {
        held--;
        yield true;
      }
      default -> identity(proxy, method, arguments);
    };
  }

  private static ServiceReference<?> reference(Object service) {
    return proxy(
        ServiceReference.class,
        (proxy, method, arguments) ->
            method.getName().equals("getProperty") ? service : identity(proxy, method, arguments));
  }

  private static Object identity(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == arguments[0];
      case "toString" -> "a stand-in";
      default -> null;
    };
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
