// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Knows the names that the test tells it, and is silent to the others until it is closed. */
final class NameServer implements AddressBook.Names, AutoCloseable {
  final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<String, String> known = new ConcurrentHashMap<>();
  private final Map<String, Error> faults = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);

  /** A host is at an address. */
  NameServer tell(String host, String address) {
    known.put(host, address);
    return this;
  }

  /** It is silent when asked for that host. */
  void forget(String host) {
    known.remove(host);
  }

  void fail(String host, Error fault) {
    faults.put(host, fault);
  }

  @Override
  public InetAddress find(String host) throws UnknownHostException {
    asked.add(host);
    if (faults.containsKey(host)) {
      throw faults.get(host);
    }
    String address = known.get(host);
    if (address == null) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new UnknownHostException(host);
    }
    return InetAddress.getByAddress(host, InetAddress.getByName(address).getAddress());
  }

  @Override
  public void close() {
    end.countDown();
  }
}
