// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.CameraException;
import istream.api.camera.FoundCamera.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real probes and answers on the loopback interface. */
@Timeout(60)
class MulticastDiscoveryTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(50);
  private final MulticastDiscovery discovery = new MulticastDiscovery();

  @Test
  void aDeviceIsFoundAndTheSearchEndsWhenTheListenerHasEnough() throws Exception {
    List<Device> found = new ArrayList<>();
    try (Responder camera = new Responder(1)) {
      discovery.look(
          List.of("lo"),
          LONG,
          device -> {
            if (camera.isOne(device)) {
              found.add(device);
            }
            return found.isEmpty();
          });
      Device device = found.get(0);
      assertEquals(List.of(new Route("lo", "127.0.0.1")), device.routes());
      assertEquals("Camera 0", device.name());
      assertEquals(List.of("http://127.0.0.1:18000/onvif/device_service"), device.urls());
    }
  }

  @Test
  void eachFormOfAProbeComesThriceAndNoMessageTwice() throws Exception {
    AtomicLong now = new AtomicLong();
    MulticastDiscovery hurried = at(() -> now.addAndGet(TimeUnit.SECONDS.toNanos(1)));
    try (Responder camera = new Responder(0)) {
      hurried.look(List.of("lo"), TimeUnit.MILLISECONDS.toNanos(2100), device -> true);
      Set<String> probes = new HashSet<>();
      for (String type : List.of(">dn:NetworkVideoTransmitter<", ">tds:Device<", "<d:Types/>")) {
        while (probes.stream().filter(probe -> probe.contains(type)).count() < 3) {
          String probe = camera.probe();
          assertTrue(probes.add(probe), probe);
        }
      }
    }
  }

  @Test
  void fiveHundredAnswersToOneProbeEndWithinTheBounds() throws Exception {
    List<Device> found = new ArrayList<>();
    List<String> remarks;
    try (Responder camera = new Responder(500)) {
      remarks =
          discovery.look(
              List.of("lo"),
              TimeUnit.SECONDS.toNanos(3),
              device -> !camera.isOne(device) || found.add(device));
    }
    assertTrue(found.size() <= 32, found.size() + " devices told of");
    assertTrue(
        remarks.contains("127.0.0.1 claims to be more than 32 devices; the others are left out"),
        remarks.toString());
  }

  @Test
  void aHostThatIsAskedByItsNameTells() throws Exception {
    try (Responder camera = new Responder(1)) {
      List<Device> devices = discovery.ask("localhost", LONG);
      assertTrue(devices.stream().anyMatch(camera::isOne), devices.toString());
      assertEquals(List.of(new Route("", "127.0.0.1")), devices.get(0).routes());
    }
  }

  @Test
  void aHostThatDoesNotExistTellsNothing() {
    assertEquals(List.of(), discovery.ask("", LONG));
    assertEquals(List.of(), discovery.ask("no such host", TimeUnit.SECONDS.toNanos(1)));
  }

  @Test
  void interruptedItEnds() throws CameraException {
    Thread.currentThread().interrupt();
    discovery.look(List.of("lo"), LONG, device -> true);
    assertTrue(Thread.interrupted());
  }

  @Test
  void itEndsWhenItsTimeIsOver() throws CameraException {
    AtomicLong now = new AtomicLong();
    MulticastDiscovery hurried = at(() -> now.addAndGet(LONG));
    assertEquals(List.of(), hurried.look(List.of("lo"), LONG, device -> true));
  }

  private static MulticastDiscovery at(LongSupplier clock) {
    return new MulticastDiscovery(NetworkInterfaces.ofThisComputer(), Path.of("/proc"), clock);
  }

  @Test
  void anInterfaceThatIsGoneIsToldAndTheOthersGoOn() throws Exception {
    Nic gone = Lans.up("gone0", "127.0.0.1", 8);
    MulticastDiscovery partly =
        new MulticastDiscovery(
            new NetworkInterfaces(() -> List.of(gone, Lans.LO)),
            Path.of("/proc"),
            System::nanoTime);
    List<Device> found = new ArrayList<>();
    List<String> remarks;
    try (Responder camera = new Responder(1)) {
      remarks =
          partly.look(
              List.of("gone0", "lo"), LONG, device -> !(camera.isOne(device) && found.add(device)));
    }
    assertFalse(found.isEmpty());
    assertEquals(List.of("no question could be sent on gone0: it is gone"), remarks);
    CameraException failure =
        assertThrows(
            CameraException.class, () -> partly.look(List.of("gone0"), LONG, device -> true));
    assertTrue(failure.getMessage().contains("gone0: it is gone"), failure.getMessage());
  }

  @Test
  void nothingIsLeftOpen() throws Exception {
    discovery.look(List.of("lo"), 1, device -> true);
    int before = openFiles();
    for (int i = 0; i < 20; i++) {
      discovery.look(List.of("lo"), 1, device -> true);
      discovery.ask("127.0.0.1", 1);
    }
    assertTrue(openFiles() < before + 20, openFiles() + " after " + before);
  }

  private static int openFiles() throws IOException {
    return Path.of("/proc/self/fd").toFile().list().length;
  }
}
