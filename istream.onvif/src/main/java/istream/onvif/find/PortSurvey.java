// SPDX-License-Identifier: Apache-2.0
package istream.onvif.find;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Finds out at which of the ports that cameras use somebody listens. */
final class PortSurvey {
  /** Seen on cameras, the most usual first. */
  static final List<Integer> PORTS =
      List.of(80, 8080, 8000, 8899, 2020, 888, 8999, 5000, 6688, 443);

  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private PortSurvey() {}

  /** The open ports, the most usual first; knocks at all of them at once, for at most 1.5 s. */
  static List<Integer> open(InetAddress host) {
    Set<Integer> open = new TreeSet<>(java.util.Comparator.comparingInt(PORTS::indexOf));
    List<SocketChannel> knocking = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int port : PORTS) {
        knock(new InetSocketAddress(host, port), selector, knocking, open);
      }
      listen(selector, open);
    } catch (IOException e) {
      // no selector, no survey: the caller says that nothing answers
      open.clear();
    } finally {
      knocking.forEach(PortSurvey::leave);
    }
    return List.copyOf(open);
  }

  private static void knock(
      InetSocketAddress address, Selector selector, List<SocketChannel> all, Set<Integer> open)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    all.add(channel);
    channel.configureBlocking(false);
    try {
      if (channel.connect(address)) {
        open.add(address.getPort());
      } else {
        channel.register(selector, SelectionKey.OP_CONNECT, address.getPort());
      }
    } catch (IOException closed) {
      leave(channel);
    }
  }

  private static void listen(Selector selector, Set<Integer> open) throws IOException {
    long begin = System.nanoTime();
    long left = MOST_NANOS;
    while (left > 0 && !selector.keys().isEmpty() && !Thread.currentThread().isInterrupted()) {
      selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
      for (SelectionKey key : selector.selectedKeys()) {
        if (answered(key)) {
          open.add((Integer) key.attachment());
        }
        key.cancel();
      }
      selector.selectedKeys().clear();
      selector.selectNow();
      left = MOST_NANOS - (System.nanoTime() - begin);
    }
  }

  private static boolean answered(SelectionKey key) {
    try {
      return ((SocketChannel) key.channel()).finishConnect();
    } catch (IOException closed) {
      return false;
    }
  }

  private static void leave(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // it is gone all the same
    }
  }
}
