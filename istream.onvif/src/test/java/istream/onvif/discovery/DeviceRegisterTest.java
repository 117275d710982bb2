// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import static istream.onvif.discovery.Lans.sighting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.FoundCamera.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which sightings are one device, and which devices get in each other's way. */
class DeviceRegisterTest {
  private static final String S = "192.168.1.5";
  private static final String URL = "http://192.168.1.5/onvif/device_service";
  private final Map<List<String>, String> arp = new HashMap<>();
  private final DeviceRegister register =
      new DeviceRegister(
          new AddressRanking(List.of(Lans.ETH0, Lans.ETH1)),
          (nic, address) -> arp.getOrDefault(List.of(nic, address), ""));

  private void see(String endpoint, String nic, String sender, String... addresses) {
    register.add(sighting(endpoint, nic, sender, addresses));
  }

  private List<List<Route>> routes() {
    return register.devices().stream().map(Device::routes).toList();
  }

  private List<String> clashes() {
    return register.devices().stream().map(Device::clash).filter(c -> !c.isEmpty()).toList();
  }

  @Test
  void aDeviceIsToldOfOnceAndAgainWhenMoreIsKnown() {
    Sighting first = sighting("e", "eth0", S, URL);
    List<String> scopes = List.of("onvif://www.onvif.org/name/Gate");
    assertEquals(1, register.add(first).size());
    assertEquals(List.of(), register.add(first));
    List<Device> news = register.add(new Sighting("e", "eth0", S, List.of(URL), scopes));
    assertEquals(List.of("Gate"), news.stream().map(Device::name).toList());
  }

  @Test
  void anEndpointThatChangesWithEveryAnswerIsNoOtherDevice() {
    see("e1", "eth0", S, URL);
    see("e2", "eth0", S, "http://192.168.1.5:80/onvif/device_service");
    see("e3", "eth0", S, URL, "http://169.254.1.1/x");
    assertEquals(List.of("e1"), register.devices().stream().map(Device::endpoint).toList());
  }

  @Test
  void whoNamesNoAddressTheSecondTimeIsTheSame() {
    see("e", "eth0", S, URL);
    see("e", "eth0", S);
    see("", "eth0", S);
    assertEquals(1, register.devices().size());
  }

  @Test
  void theCamerasOfARecorderStaySeveral() {
    see("e", "eth0", S, "http://192.168.1.5:8081/x");
    see("e", "eth0", S, "http://192.168.1.5:8082/x");
    see("f", "eth0", S, "http://192.168.1.5:8083/x");
    assertEquals(3, register.devices().size());
    assertEquals(List.of(), clashes());
  }

  @Test
  void twoDevicesWithOneEndpointStayTwo() {
    see("e", "eth0", S, URL);
    see("e", "eth0", "192.168.1.6", "http://192.168.1.6/onvif/device_service");
    assertEquals(2, register.devices().size());
  }

  @Test
  void aDeviceThatNamesItsOtherAddressIsOne() {
    see("e", "eth0", S, URL, "http://10.0.0.5/onvif/device_service");
    see("e", "eth1", "10.0.0.5", "http://10.0.0.5/onvif/device_service");
    assertEquals(List.of(List.of(new Route("eth0", S), new Route("eth1", "10.0.0.5"))), routes());
  }

  @Test
  void aDeviceOnTheLanOfTwoInterfacesIsOneWithTwoRoutes() {
    see("e", "eth0", S, URL);
    see("e", "eth1", S, URL);
    assertEquals(List.of(List.of(new Route("eth0", S), new Route("eth1", S))), routes());
    assertEquals(List.of(), clashes());
  }

  @Test
  void aRecorderOnTheLanOfTwoInterfacesIsNoClash() {
    for (String nic : List.of("eth0", "eth1")) {
      see("e", nic, S, "http://192.168.1.5:8081/x");
      see("f", nic, S, "http://192.168.1.5:8082/x");
    }
    assertEquals(2, register.devices().size());
    assertEquals(List.of(), clashes());
  }

  @Test
  void twoDevicesAtOneAddressClashAndBothSayWhatToDo() {
    see("e", "eth0", S, URL);
    see("f", "eth1", S, URL);
    assertEquals(2, clashes().size());
    String clash = clashes().get(0);
    for (String part : List.of(S, "(e) on eth0", "(f) on eth1", "give the other another address")) {
      assertTrue(clash.contains(part), clash);
    }
  }

  @Test
  void oneEndpointAtTwoHardwareAddressesIsAClash() {
    arp.put(List.of("eth0", S), "02:00:00:00:00:01");
    arp.put(List.of("eth1", S), "02:00:00:00:00:02");
    see("e", "eth0", S, URL);
    see("e", "eth1", S, URL);
    assertEquals(2, clashes().size());
  }

  @Test
  void oneHardwareAddressIsOneDeviceWhateverItsEndpoints() {
    arp.put(List.of("eth0", S), "02:00:00:00:00:01");
    arp.put(List.of("eth1", S), "02:00:00:00:00:01");
    see("e", "eth0", S, URL);
    see("f", "eth1", S, URL);
    assertEquals(1, register.devices().size());
    assertEquals(List.of(), clashes());
  }

  @Test
  void whatTheKernelLearnsLaterIsToldInTheEnd() {
    see("e", "eth0", S, URL);
    see("e", "eth1", S, URL);
    arp.put(List.of("eth0", S), "02:00:00:00:00:01");
    assertEquals(List.of(), register.review());
    arp.put(List.of("eth1", S), "02:00:00:00:00:02");
    assertEquals(1, register.review().size());
    assertEquals(1, clashes().size());
  }

  @Test
  void oneThatClaimsToBeManyLeavesRoomForOthers() {
    for (int i = 0; i < 500; i++) {
      see("e" + i, "eth0", S, "http://192.168.1.5:" + (1000 + i) + "/x");
    }
    see("f", "eth0", "192.168.1.6", "http://192.168.1.6/x");
    assertEquals(33, register.devices().size());
    assertEquals(
        List.of("192.168.1.5 claims to be more than 32 devices; the others are left out"),
        register.remarks());
  }

  @Test
  void thereIsAnEndToWhatIsListed() {
    IntStream.range(0, 600).forEach(i -> see("e" + i, "eth1", "10.0." + i / 200 + "." + i % 200));
    assertEquals(512, register.devices().size());
    assertEquals(
        List.of("more than 512 devices answered; the others are left out"), register.remarks());
  }

  @Test
  void aDeviceThatAnswersEndlesslyDifferentlyStaysBounded() {
    for (int i = 0; i < 500; i++) {
      see("e", "eth0", S, URL, "http://10.9.9.9:" + (1000 + i) + "/x");
    }
    Device device = register.devices().get(0);
    assertEquals(1, register.devices().size());
    assertEquals(URL, device.urls().get(0));
    assertTrue(device.urls().size() <= 8);
  }
}
