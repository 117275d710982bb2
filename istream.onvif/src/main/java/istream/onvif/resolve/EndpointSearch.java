// SPDX-License-Identifier: Apache-2.0
package istream.onvif.resolve;

import istream.api.camera.CameraException;
import istream.onvif.discovery.Device;
import istream.onvif.discovery.Discovery;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Looks for devices by their endpoint. However many cameras are missing, one search looks for all
 * of them: who asks while one is under way waits for it and uses what it sees afterwards.
 */
final class EndpointSearch {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);

  private final Discovery discovery;
  private final List<String> interfaces;
  private final LongSupplier nanoTime;
  private final ReentrantLock turn = new ReentrantLock();
  private Map<Integer, Device> seen = Map.of();
  private CameraException failure;
  private long lookedNanos;
  private boolean looked;

  EndpointSearch(Discovery discovery, List<String> interfaces, LongSupplier nanoTime) {
    this.discovery = discovery;
    this.interfaces = interfaces;
    this.nanoTime = nanoTime;
  }

  /**
   * The devices of that endpoint that are there now; blocks for some 2.5 to 5 s.
   *
   * @throws CameraException if nobody can be looked for
   */
  List<Device> find(String endpoint) throws CameraException, InterruptedException {
    long begin = nanoTime.getAsLong();
    turn.lockInterruptibly();
    try {
      // a search that began after we were asked has seen all that there is to see
      if (!looked || lookedNanos - begin < 0) {
        look();
      }
      if (failure != null) {
        throw failure;
      }
      return seen.values().stream().filter(it -> it.endpoint().equals(endpoint)).toList();
    } finally {
      turn.unlock();
    }
  }

  private void look() {
    lookedNanos = nanoTime.getAsLong();
    looked = true;
    failure = null;
    Map<Integer, Device> found = new ConcurrentHashMap<>();
    try {
      discovery.look(
          interfaces,
          LOOK_NANOS,
          device -> {
            found.put(device.number(), device);
            return true;
          });
    } catch (CameraException e) {
      failure = e;
    }
    seen = found;
  }
}
