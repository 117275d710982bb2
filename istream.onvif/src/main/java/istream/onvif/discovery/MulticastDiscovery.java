// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import istream.api.camera.CameraException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** WS-Discovery by multicast; without threads or sockets while nobody asks. */
public final class MulticastDiscovery implements Discovery {
  /** A host that has answered once may be several devices. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final NetworkInterfaces interfaces;
  private final Path proc;
  private final LongSupplier clock;

  /** Makes one that looks on the interfaces of this computer. */
  public MulticastDiscovery() {
    this(NetworkInterfaces.ofThisComputer(), Path.of("/proc"), System::nanoTime);
  }

  /** Makes one of its pieces; {@code proc} is where the kernel tells of itself. */
  MulticastDiscovery(NetworkInterfaces interfaces, Path proc, LongSupplier clock) {
    this.interfaces = interfaces;
    this.proc = proc;
    this.clock = clock;
  }

  @Override
  public List<String> look(List<String> names, long nanos, Listener seen) throws CameraException {
    List<Nic> nics = interfaces.chosen(names);
    ReversePathFilter filter = new ReversePathFilter(proc);
    long drops = filter.drops();
    try (Search search = new Search(register(), clock)) {
      nics.forEach(search::on);
      if (!search.run(nanos, nanos, seen)) {
        throw silenced(search.remarks());
      }
      List<String> remarks = new ArrayList<>(search.remarks());
      filter.remark(drops, nics).ifPresent(remarks::add);
      return remarks;
    } catch (IOException e) {
      throw new CameraException("cannot look for cameras: " + e.getMessage(), true, e);
    }
  }

  private static CameraException silenced(List<String> remarks) {
    String message = "cannot look for cameras: " + String.join("; ", remarks);
    return new CameraException(message, true, null);
  }

  private DeviceRegister register() {
    return new DeviceRegister(new AddressRanking(interfaces.all()), new ArpTable(proc, clock));
  }

  @Override
  public List<Device> ask(String host, long nanos) {
    long begin = clock.getAsLong();
    Map<Boolean, List<InetAddress>> families =
        HostLookup.find(host, nanos).stream()
            .collect(Collectors.partitioningBy(Inet4Address.class::isInstance));
    DeviceRegister register = register();
    try (Search search = new Search(register, clock)) {
      families.values().stream().filter(hosts -> !hosts.isEmpty()).forEach(search::to);
      long left = nanos - (clock.getAsLong() - begin);
      search.run(left, GRACE_NANOS, device -> true);
    } catch (IOException e) {
      return List.of();
    }
    return register.devices();
  }
}
