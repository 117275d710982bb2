// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Answers probes for all cameras, on one thread: WS-Discovery (April 2005). */
final class ProbeResponder implements Closeable, Runnable {
  private static final int LARGEST = 64 * 1024;

  private final List<OnvifDevice> devices;
  private final BiFunction<OnvifDevice, InetAddress, Whereabouts> whereabouts;
  private final Selector selector;
  private final List<ProbePost> posts = new ArrayList<>();
  private final ByteBuffer in = ByteBuffer.allocate(LARGEST);
  private volatile boolean stopped;

  ProbeResponder(
      List<OnvifDevice> devices, BiFunction<OnvifDevice, InetAddress, Whereabouts> whereabouts)
      throws IOException {
    this.devices = List.copyOf(devices);
    this.whereabouts = whereabouts;
    this.selector = Selector.open();
  }

  /** Opens the interfaces and says on each that the cameras are there. */
  void start(List<String> interfaces, InetAddress bound) throws IOException {
    for (String name : interfaces) {
      posts.add(new ProbePost(name, bound, selector));
    }
    for (ProbePost post : posts) {
      for (OnvifDevice device : devices) {
        post.sendToAll(ProbeMatch.hello(whereabouts.apply(device, post.address())));
      }
    }
    Thread thread = new Thread(this, "istream-simulator-discovery");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isValid() && key.isReadable()) {
            receive((DatagramChannel) key.channel(), (ProbePost) key.attachment());
          }
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      if (!stopped) {
        System.getLogger("istream.simulator")
            .log(System.Logger.Level.ERROR, "probes are not answered any more: " + e.getMessage());
      }
    }
  }

  private void receive(DatagramChannel channel, ProbePost post) throws IOException {
    in.clear();
    SocketAddress sender = channel.receive(in);
    if (sender == null) {
      return;
    }
    try {
      SoapQuestion probe = SoapQuestion.parse(Arrays.copyOf(in.array(), in.position()));
      if (ProbeMatch.wanted(probe)) {
        answer(probe, post, sender);
      }
    } catch (SoapFault none) {
      // not a probe
    }
  }

  private void answer(SoapQuestion probe, ProbePost post, SocketAddress sender) throws IOException {
    for (OnvifDevice device : devices) {
      Whereabouts at = whereabouts.apply(device, post.address());
      for (byte[] datagram : ProbeMatch.answers(probe, at)) {
        post.send(datagram, sender);
      }
    }
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    for (ProbePost post : posts) {
      post.close();
    }
    selector.close();
  }
}
