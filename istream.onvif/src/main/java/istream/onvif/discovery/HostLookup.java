// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds the addresses of hosts, and does not wait for a name server that is silent. */
final class HostLookup {
  private static final int MOST = 8;

  private HostLookup() {}

  /** All addresses; none if there is none, or it is not known in time. */
  static List<InetAddress> find(String host, long nanos) {
    String bare = host.replaceAll("^\\[|\\]$", "");
    if (bare.isBlank()) {
      return List.of();
    }
    return IpLiteral.parse(bare).isPresent() ? addresses(bare) : byName(bare, nanos);
  }

  private static List<InetAddress> byName(String name, long nanos) {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> answer.complete(addresses(name)), "istream-lookup");
    thread.setDaemon(true);
    thread.start();
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException | TimeoutException e) {
      return List.of();
    }
  }

  private static List<InetAddress> addresses(String host) {
    try {
      return List.of(InetAddress.getAllByName(host)).stream().limit(MOST).toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
