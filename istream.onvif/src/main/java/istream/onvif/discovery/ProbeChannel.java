// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Optional;

/** A socket that asks, and hears the answers. Never blocks. */
final class ProbeChannel implements Closeable {
  private static final int PORT = 3702;
  private static final String GROUP = "239.255.255.250";
  private static final int RECEIVE_BYTES = 1 << 20;

  private final String networkInterface;
  private final DatagramChannel channel;
  private final List<InetSocketAddress> targets;

  private ProbeChannel(String nic, DatagramChannel channel, List<InetSocketAddress> targets) {
    this.networkInterface = nic;
    this.channel = channel;
    this.targets = targets;
  }

  /** Asks everybody on an interface, as the one with that address of it. */
  static ProbeChannel on(Nic nic, InetAddress own, Selector selector) throws IOException {
    DatagramChannel channel = open(StandardProtocolFamily.INET);
    try {
      NetworkInterface out = NetworkInterface.getByName(nic.name());
      if (out == null) {
        throw new IOException("it is gone");
      }
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, out);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
      channel.bind(new InetSocketAddress(own, 0));
      return new ProbeChannel(nic.name(), channel, List.of(new InetSocketAddress(GROUP, PORT)))
          .registered(selector);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Asks hosts, all of one family. */
  static ProbeChannel to(List<InetAddress> hosts, Selector selector) throws IOException {
    boolean old = hosts.get(0) instanceof Inet4Address;
    DatagramChannel channel =
        open(old ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      channel.bind(null);
      return new ProbeChannel(
              "", channel, hosts.stream().map(h -> new InetSocketAddress(h, PORT)).toList())
          .registered(selector);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static DatagramChannel open(ProtocolFamily family) throws IOException {
    DatagramChannel channel = DatagramChannel.open(family);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private ProbeChannel registered(Selector selector) throws IOException {
    channel.register(selector, SelectionKey.OP_READ, this);
    return this;
  }

  /** Where answers come in; empty if hosts are asked. */
  String networkInterface() {
    return networkInterface;
  }

  /** Asks in all forms. */
  void ask() throws IOException {
    for (InetSocketAddress target : targets) {
      for (Probe probe : Probe.values()) {
        if (channel.send(probe.message(), target) == 0) {
          throw new IOException("its queue is full");
        }
      }
    }
  }

  /** The next datagram that is there. */
  Optional<Datagram> receive(ByteBuffer buffer) throws IOException {
    SocketAddress from = channel.receive(buffer.clear());
    if (!(from instanceof InetSocketAddress sender)) {
      return Optional.empty();
    }
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return Optional.of(new Datagram(networkInterface, sender.getAddress().getHostAddress(), bytes));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
