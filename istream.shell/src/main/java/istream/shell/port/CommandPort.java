// SPDX-License-Identifier: Apache-2.0
package istream.shell.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens at {@code istream.sock} in the data directory, which only the owner of the process can
 * connect to, whoever may enter the directory, and runs the commands that come, each on a thread of
 * its own.
 */
@Component(service = CommandPort.class, immediate = true)
public final class CommandPort {
  private static final Logger LOG = LoggerFactory.getLogger(CommandPort.class);
  private static final String NAME = "istream.sock";
  private static final int LONGEST_PATH = 100;

  private final SessionFactory sessions;
  private final Path file;
  private final Optional<ServerSocketChannel> server;

  /** Opens the port; an instance without one still records, and says so in the log. */
  @Activate
  public CommandPort(BundleContext bundles, @Reference SessionFactory sessions) {
    this.sessions = sessions;
    file = Path.of(Optional.ofNullable(bundles.getProperty("karaf.data")).orElse("")).resolve(NAME);
    server = open();
    server.ifPresent(
        channel -> {
          Thread thread = new Thread(() -> accept(channel), "istream-port");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private Optional<ServerSocketChannel> open() {
    try {
      Files.deleteIfExists(file);
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(address()));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return Optional.of(channel);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.error(
          "bin/istream cannot reach this instance: {} cannot be made: {}", file, e.toString());
      return Optional.empty();
    }
  }

  /** The path of a socket may have some 100 characters; a relative one is shorter. */
  private Path address() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    boolean tooLong = file.toString().length() > LONGEST_PATH;
    return tooLong && Files.isSameFile(here, file.toAbsolutePath().getParent())
        ? Path.of(NAME)
        : file;
  }

  private void accept(ServerSocketChannel channel) {
    while (channel.isOpen()) {
      try {
        serve(channel.accept());
      } catch (ClosedChannelException e) {
        LOG.debug("the command port is closed");
      } catch (IOException e) {
        LOG.warn("the command port failed to take a command: {}", e.toString());
      }
    }
  }

  private void serve(SocketChannel client) {
    Thread thread =
        new Thread(
            () -> {
              try (client) {
                new CommandCall(client, sessions).run();
              } catch (IOException | UncheckedIOException e) {
                LOG.debug("a terminal went away: {}", e.toString());
              }
            },
            "istream-command");
    thread.setDaemon(true);
    thread.start();
  }

  @Deactivate
  void close() throws IOException {
    if (server.isPresent()) {
      server.get().close();
      Files.deleteIfExists(file);
    }
  }
}
