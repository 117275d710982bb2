// SPDX-License-Identifier: Apache-2.0
package istream.onvif;

import istream.api.camera.CameraException;
import istream.onvif.discovery.Device;
import istream.onvif.discovery.Discovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A network whose devices answer at once. */
public final class FakeDiscovery implements Discovery {
  private final List<Device> there = new CopyOnWriteArrayList<>();
  private final Map<String, List<Device>> hosts = new ConcurrentHashMap<>();
  private final List<String> remarks = new CopyOnWriteArrayList<>();
  private final AtomicInteger looks = new AtomicInteger();

  /** These are seen by every search, in that order. */
  public FakeDiscovery sees(Device... devices) {
    there.clear();
    there.addAll(List.of(devices));
    return this;
  }

  /** This is what a host answers when it is asked directly. */
  public FakeDiscovery at(String host, Device... devices) {
    hosts.put(host, List.of(devices));
    return this;
  }

  /** This stands in the way of a search. */
  public FakeDiscovery remarks(String remark) {
    remarks.add(remark);
    return this;
  }

  /** How many searches there were. */
  public int looks() {
    return looks.get();
  }

  @Override
  public List<String> look(List<String> interfaces, long nanos, Listener seen)
      throws CameraException {
    looks.incrementAndGet();
    if (interfaces.contains("eth9")) {
      throw new CameraException("no interface eth9; there are eth0, eth1", false, null);
    }
    for (Device device : there) {
      seen.seen(device);
    }
    return new ArrayList<>(remarks);
  }

  @Override
  public List<Device> ask(String host, long nanos) {
    return hosts.getOrDefault(host, List.of());
  }
}
