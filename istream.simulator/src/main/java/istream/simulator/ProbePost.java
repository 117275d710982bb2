// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;

/** Where probes arrive on one network interface: at the group, and at the interface's address. */
final class ProbePost implements Closeable {
  private static final int PORT = 3702;
  private static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", PORT);

  private final InetAddress address;
  private final DatagramChannel group;
  private final DatagramChannel own;

  /**
   * Opens it.
   *
   * @param bound where the cameras listen
   * @throws IOException if the interface is missing or cannot be used
   */
  ProbePost(String name, InetAddress bound, Selector selector) throws IOException {
    NetworkInterface nic = NetworkInterface.getByName(name);
    if (nic == null) {
      throw new IOException("--discovery " + name + ": no such network interface");
    }
    address = address(nic, bound);
    // two channels: only so is it known that a probe arrived at this interface and no other
    group = open(GROUP.getAddress(), selector);
    try {
      group.join(GROUP.getAddress(), nic);
      own = open(address, selector);
      own.setOption(StandardSocketOptions.IP_MULTICAST_IF, nic);
    } catch (IOException e) {
      group.close();
      throw new IOException("--discovery " + name + ": " + e.getMessage(), e);
    }
  }

  /** That of the cameras if it is of the interface, else the interface's first. */
  private static InetAddress address(NetworkInterface nic, InetAddress bound) throws IOException {
    List<InetAddress> addresses =
        nic.inetAddresses().filter(Inet4Address.class::isInstance).toList();
    // all of 127.0.0.0/8 is the loopback interface, though it lists one
    if (addresses.contains(bound) || (nic.isLoopback() && bound.isLoopbackAddress())) {
      return bound;
    }
    return addresses.stream()
        .findFirst()
        .orElseThrow(
            () -> new IOException("--discovery " + nic.getName() + ": it has no IPv4 address"));
  }

  private DatagramChannel open(InetAddress at, Selector selector) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(at, PORT));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The cameras' address on the interface. */
  InetAddress address() {
    return address;
  }

  void send(byte[] datagram, SocketAddress to) throws IOException {
    own.send(ByteBuffer.wrap(datagram), to);
  }

  void sendToAll(byte[] datagram) throws IOException {
    send(datagram, GROUP);
  }

  @Override
  public void close() throws IOException {
    group.close();
    own.close();
  }
}
