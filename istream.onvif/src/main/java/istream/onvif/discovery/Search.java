// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One look around: asks thrice, listens until the time is over, and closes what it opened. */
final class Search implements AutoCloseable {
  /** When to ask: datagrams get lost, and some cameras are slow. */
  private static final List<Long> ROUNDS =
      List.of(0L, TimeUnit.MILLISECONDS.toNanos(500), TimeUnit.MILLISECONDS.toNanos(1500));

  private static final int DATAGRAM_BYTES = 1 << 16;
  private static final int AT_A_STRETCH = 256;
  private static final int ADDRESSES_OF_ONE_NIC = 4;

  private final DeviceRegister register;
  private final LongSupplier clock;
  private final Selector selector;
  private final List<ProbeChannel> channels = new ArrayList<>();
  private final Troubles troubles = new Troubles();
  private final Inbox inbox = new Inbox();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES);

  Search(DeviceRegister register, LongSupplier clock) throws IOException {
    this.register = register;
    this.clock = clock;
    selector = Selector.open();
  }

  /** Looks on an interface: a camera answers only to an address of its own network. */
  void on(Nic nic) {
    for (Subnet subnet : nic.subnets().stream().limit(ADDRESSES_OF_ONE_NIC).toList()) {
      try {
        channels.add(ProbeChannel.on(nic, subnet.own(), selector));
      } catch (IOException e) {
        troubles.failed(nic.name(), e);
      }
    }
  }

  /** Asks hosts, all of one family; what cannot be asked does not answer. */
  void to(List<InetAddress> hosts) {
    try {
      channels.add(ProbeChannel.to(hosts, selector));
    } catch (IOException e) {
      troubles.failed("", e);
    }
  }

  /**
   * Asks and listens, until the time is over, the listener has enough, the thread is interrupted or
   * no question can be sent.
   *
   * @param grace how long to go on when something was seen
   * @return whether any question could be sent
   */
  boolean run(long nanos, long grace, Discovery.Listener seen) throws IOException {
    long begin = clock.getAsLong();
    long end = nanos;
    int round = 0;
    boolean more = true;
    for (long now = 0; more && now < end && !isInterrupted(); now = clock.getAsLong() - begin) {
      if (round < ROUNDS.size() && now >= ROUNDS.get(round)) {
        round++;
        ask();
        if (troubles.nothingWorks()) {
          return false;
        }
      }
      long next = round < ROUNDS.size() ? Math.min(end, ROUNDS.get(round)) : end;
      receive(inbox.isEmpty() ? next - now : 0);
      if (!inbox.isEmpty()) {
        List<Device> news = read();
        end = news.isEmpty() ? end : Math.min(end, now + grace);
        more = tell(news, seen);
      }
    }
    if (more) {
      tell(register.review(), seen);
    }
    return true;
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private void ask() {
    for (ProbeChannel channel : channels) {
      try {
        channel.ask();
        troubles.worked(channel.networkInterface());
      } catch (IOException e) {
        troubles.failed(channel.networkInterface(), e);
      }
    }
  }

  /** Waits for datagrams, and takes those that are there. */
  private void receive(long nanos) throws IOException {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    if (nanos > 0) {
      selector.select(key -> drain((ProbeChannel) key.attachment()), millis);
    } else {
      selector.selectNow(key -> drain((ProbeChannel) key.attachment()));
    }
  }

  private void drain(ProbeChannel channel) {
    try {
      for (int i = 0; i < AT_A_STRETCH; i++) {
        Optional<Datagram> datagram = channel.receive(buffer);
        if (datagram.isEmpty()) {
          return;
        }
        inbox.offer(datagram.get());
      }
    } catch (IOException e) {
      troubles.failed(channel.networkInterface(), e);
    }
  }

  private List<Device> read() {
    List<Device> news = new ArrayList<>();
    for (Sighting sighting : ProbeReader.read(inbox.take())) {
      news.addAll(register.add(sighting));
    }
    return news;
  }

  private static boolean tell(List<Device> news, Discovery.Listener seen) {
    for (Device device : news) {
      if (!seen.seen(device)) {
        return false;
      }
    }
    return true;
  }

  /** What stood in the way. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>(troubles.remarks());
    remarks.addAll(register.remarks());
    remarks.addAll(inbox.remarks());
    return remarks;
  }

  @Override
  public void close() throws IOException {
    for (ProbeChannel channel : channels) {
      channel.close();
    }
    selector.close();
  }
}
