// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import static istream.onvif.discovery.Lans.ETH0;
import static istream.onvif.discovery.Lans.ETH1;
import static istream.onvif.discovery.Lans.LO;
import static istream.onvif.discovery.Lans.subnet;
import static istream.onvif.discovery.Lans.up;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.CameraException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On which interfaces one looks. */
class NetworkInterfacesTest {
  private static final Nic TUNNEL =
      new Nic("tun0", List.of(subnet("10.8.0.2", 32)), true, false, true);
  private static final Nic DOWN =
      new Nic("eth2", List.of(subnet("10.1.0.2", 24)), false, false, false);
  private static final Nic BARE = new Nic("eth3", List.of(), true, false, false);
  private static final Nic BRIDGE = up("docker0", "172.17.0.1", 16);
  private final NetworkInterfaces interfaces =
      new NetworkInterfaces(() -> List.of(LO, BRIDGE, TUNNEL, ETH0, DOWN, BARE, ETH1));

  @Test
  void withoutNamesThoseThatLeadToALanAreUsedAndContainersLast() throws CameraException {
    assertEquals(List.of(ETH0, ETH1, BRIDGE), interfaces.chosen(List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lo", "tun0", "docker0", "eth1"})
  void whatTheOwnerNamesIsUsed(String name) throws CameraException {
    List<Nic> chosen = interfaces.chosen(List.of(name, name));
    assertEquals(List.of(name), chosen.stream().map(Nic::name).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "eth2, network interface eth2 is down",
    "eth3, network interface eth3 is without an IPv4 address",
    "eht0, there is no network interface eht0"
  })
  void aNameThatCannotBeUsedIsRefusedWithThoseThatCan(String name, String cause) {
    CameraException refusal =
        assertThrows(CameraException.class, () -> interfaces.chosen(List.of("eth0", name)));
    assertTrue(
        refusal.getMessage().startsWith(cause + "; usable: eth0, eth1, docker0; also there: eth2"),
        refusal.getMessage());
  }

  @Test
  void withNothingUsableItSaysWhatThereIs() {
    NetworkInterfaces none = new NetworkInterfaces(() -> List.of(LO, TUNNEL, DOWN));
    CameraException refusal = assertThrows(CameraException.class, () -> none.chosen(List.of()));
    assertEquals(
        "no network interface is usable; set one up with an IPv4 address; there is eth2 (down),"
            + " lo (loopback), tun0 (point-to-point)",
        refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "docker0, true",
    "docker_gwbridge, true",
    "br-0123456789ab, true",
    "virbr0, true",
    "veth12ab, true",
    "cni0, true",
    "lxcbr0, true",
    "podman1, true",
    "br0, false",
    "br-lan, false",
    "eth0, false",
    "enp3s0, false",
    "wlan0, false"
  })
  void bridgesOfContainersAreKnownByTheirNames(String name, boolean containers) {
    assertEquals(containers, up(name, "10.0.0.1", 8).leadsToContainers());
  }

  @Test
  void thisComputerHasALoopbackThatIsOnlyUsedByName() throws CameraException {
    Nic loopback = NetworkInterfaces.ofThisComputer().chosen(List.of("lo")).get(0);
    assertEquals("loopback", loopback.reserve());
    assertTrue(loopback.subnets().contains(subnet("127.0.0.1", 8)));
  }
}
