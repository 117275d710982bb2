// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The one thread that does everything: reads, writes, and sends what is due. */
final class Loop implements Runnable, Executor {
  // pictures that are due within this time go together: fewer wake-ups
  private static final long SHORTEST_WAIT_MILLIS = 5;
  private static final long LONGEST_WAIT_MILLIS = 40;

  private final Map<String, SimulatedCamera> cameras;
  private final SimulatorSettings settings;
  private final RandomGenerator random;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Selector selector;
  private ServerSocketChannel server;
  private InetSocketAddress address;
  private long life;
  private long closedUntil;
  private volatile boolean stopped;

  Loop(
      Map<String, SimulatedCamera> cameras,
      SimulatorSettings settings,
      RandomGenerator random,
      Clock clock,
      LongSupplier nanoTime)
      throws IOException {
    this.cameras = cameras;
    this.settings = settings;
    this.random = random;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.selector = Selector.open();
    this.address = settings.address();
  }

  /** Opens the port and starts the cameras' time. */
  InetSocketAddress open() throws IOException {
    server = ServerSocketChannel.open();
    server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    server.bind(address);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    // a reboot opens the same port again
    address = (InetSocketAddress) server.getLocalAddress();
    long now = nanoTime.getAsLong();
    cameras.values().forEach(camera -> camera.boot(life, now));
    return address;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  void stop() {
    stopped = true;
    selector.wakeup();
  }

  /** Closes everything and opens it again later; called by the loop's thread. */
  void reboot(Duration closed) {
    life++;
    closedUntil = nanoTime.getAsLong() + closed.toNanos();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close port " + address.getPort(), e);
    }
    connections().forEach(Connection::reset);
  }

  private List<Connection> connections() {
    return selector.keys().stream()
        .filter(key -> key.isValid() && key.attachment() instanceof Connection)
        .map(key -> (Connection) key.attachment())
        .toList();
  }

  @Override
  public void run() {
    try (Selector closing = selector) {
      long wait = 0;
      while (!stopped) {
        select(closing, wait);
        // before what was sent after them
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        serve(closing);
        wait = server.isOpen() ? tick() : revive();
      }
      connections().forEach(Connection::close);
      server.close();
    } catch (IOException e) {
      System.getLogger("istream.simulator")
          .log(System.Logger.Level.ERROR, "the simulator has ended: " + e.getMessage(), e);
    }
  }

  private static void select(Selector ready, long millis) throws IOException {
    if (millis > 0) {
      ready.select(millis);
    } else {
      ready.selectNow();
    }
  }

  private void serve(Selector ready) throws IOException {
    for (SelectionKey key : ready.selectedKeys()) {
      if (key.isValid() && key.isAcceptable()) {
        accept();
      }
      if (key.isValid() && key.isReadable()) {
        ((Connection) key.attachment()).read(nanoTime.getAsLong());
      }
      if (key.isValid() && key.isWritable()) {
        ((Connection) key.attachment()).write();
      }
    }
    ready.selectedKeys().clear();
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel == null) {
      return;
    }
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    Dialog dialog = new Dialog(cameras, settings, random);
    key.attach(new Connection(channel, key, dialog, nanoTime.getAsLong()));
  }

  private long tick() {
    long now = nanoTime.getAsLong();
    long silence = Duration.ofSeconds(settings.delivery().sessionSeconds()).toNanos() * 3 / 2;
    for (Connection connection : connections()) {
      if (now - connection.heardAt() > silence) {
        connection.close();
      } else {
        connection.idle();
      }
    }
    long next = Duration.ofMillis(LONGEST_WAIT_MILLIS).toNanos();
    for (SimulatedCamera camera : cameras.values()) {
      next = Math.min(next, camera.tick(now, clock.instant()));
    }
    return next == 0 ? 0 : Math.max(SHORTEST_WAIT_MILLIS, Duration.ofNanos(next).toMillis() + 1);
  }

  private long revive() throws IOException {
    if (nanoTime.getAsLong() >= closedUntil) {
      open();
    }
    return SHORTEST_WAIT_MILLIS;
  }
}
