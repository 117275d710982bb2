// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks up names of hosts within a time, which the system does not. */
final class Resolver {
  private static final String LITERAL = "(((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4})|.*:.*";

  private Resolver() {}

  /** The addresses of a host; blocks at most so long, and not at all for an address. */
  static List<InetAddress> addresses(String host, long millis) throws IOException {
    if (host.matches(LITERAL)) {
      return List.of(InetAddress.getAllByName(host));
    }
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
    Thread thread = new Thread(lookup, "istream-onvif-lookup");
    thread.setDaemon(true);
    thread.start();
    try {
      return List.of(lookup.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw unknown("its name was not looked up in time", e);
    } catch (ExecutionException e) {
      throw unknown("nobody knows that name", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown("interrupted", e);
    }
  }

  private static UnknownHostException unknown(String message, Exception cause) {
    UnknownHostException unknown = new UnknownHostException(message);
    unknown.initCause(cause);
    return unknown;
  }
}
