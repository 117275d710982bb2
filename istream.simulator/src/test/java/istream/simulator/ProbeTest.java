// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cameras are found on the loopback interface, whatever else answers there. */
@Timeout(60)
@SuppressWarnings("AddressSelection") // literals have one address
final class ProbeTest {
  private static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 3702);
  private static final int LARGEST = 64 * 1024;

  private final String identity = UUID.randomUUID().toString();

  private SimulatorSettings settings(String... cameras) {
    return SimulatorSettings.of(cameras)
        .onvif(OnvifSettings.USUAL.discovery("lo").identity(identity));
  }

  private static String endpoint(Simulator simulator, String camera) throws IOException {
    return new TestCaller(simulator.camera(camera))
        .ask(Soap.DEVICE, "GetEndpointReference")
        .text("GUID");
  }

  private static DatagramSocket socket() throws IOException {
    MulticastSocket socket = new MulticastSocket(new InetSocketAddress("127.0.0.1", 0));
    socket.setNetworkInterface(NetworkInterface.getByName("lo"));
    socket.setReceiveBufferSize(4 << 20);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String probe(String types) {
    String header =
        "<a:MessageID xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\">uuid:7</a:MessageID>";
    String content = "<x:Types xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\">";
    return TestCaller.envelope(
        header, TestCaller.question(Soap.DISCOVERY, "Probe", content + types + "</x:Types>"));
  }

  private static void send(DatagramSocket socket, String text, InetSocketAddress to)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.send(new DatagramPacket(bytes, bytes.length, to));
  }

  /** The next datagram that names one of the endpoints. */
  private static DatagramPacket receive(DatagramSocket socket, String... endpoints)
      throws IOException {
    while (true) {
      DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
      socket.receive(packet);
      if (List.of(endpoints).contains(answer(packet).text("Address"))) {
        return packet;
      }
    }
  }

  private static TestCaller.Answer answer(DatagramPacket packet) {
    String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    return new TestCaller.Answer(0, "", text);
  }

  @Test
  void everyCameraAnswersAProbe() throws IOException {
    for (String types : List.of("", "dn:NetworkVideoTransmitter", "tds:Device")) {
      try (Simulator simulator = Simulator.start(settings("front", "yard"));
          DatagramSocket socket = socket()) {
        send(socket, "no XML", GROUP);
        send(socket, probe(types), GROUP);
        List<String> addresses = new ArrayList<>();
        String[] endpoints = {endpoint(simulator, "front"), endpoint(simulator, "yard")};
        for (int i = 0; i < 2; i++) {
          DatagramPacket packet = receive(socket, endpoints);
          assertEquals("uuid:7", answer(packet).text("RelatesTo"));
          assertTrue(answer(packet).text("Types").contains("NetworkVideoTransmitter"));
          assertEquals(InetAddress.getByName("127.0.0.1"), packet.getAddress());
          addresses.add(answer(packet).text("XAddrs"));
        }
        assertEquals(
            List.of(simulator.camera("front").onvifUrl(), simulator.camera("yard").onvifUrl()),
            addresses);
      }
    }
  }

  @Test
  void aProbeForPrintersIsNotAnswered() throws IOException {
    try (Simulator simulator = Simulator.start(settings("front"));
        DatagramSocket socket = socket()) {
      String endpoint = endpoint(simulator, "front");
      send(socket, probe("p:PrintDeviceType"), GROUP);
      send(socket, probe("").replace("uuid:7", "uuid:8"), GROUP);
      assertEquals("uuid:8", answer(receive(socket, endpoint)).text("RelatesTo"));
    }
  }

  @Test
  void aCameraThatMovesIsFoundAtItsNewAddress() throws IOException {
    for (String address : List.of("127.61.0.3", "127.61.0.4")) {
      InetSocketAddress bind = new InetSocketAddress(address, 0);
      try (Simulator simulator = Simulator.start(settings("front").address(bind));
          DatagramSocket socket = socket()) {
        String endpoint = endpoint(simulator, "front");
        for (InetSocketAddress to : List.of(GROUP, new InetSocketAddress(address, 3702))) {
          send(socket, probe(""), to);
          DatagramPacket packet = receive(socket, endpoint);
          assertEquals(InetAddress.getByName(address), packet.getAddress());
          assertEquals(simulator.camera("front").onvifUrl(), answer(packet).text("XAddrs"));
        }
      }
    }
  }

  @Test
  void twoSimulatorsAnswer() throws IOException {
    SimulatorSettings other =
        SimulatorSettings.of("front")
            .onvif(OnvifSettings.USUAL.discovery("lo").identity(identity + "b"));
    try (Simulator one = Simulator.start(settings("front"));
        Simulator two = Simulator.start(other);
        DatagramSocket socket = socket()) {
      send(socket, probe(""), GROUP);
      List<String> both = List.of(endpoint(one, "front"), endpoint(two, "front"));
      String first = answer(receive(socket, both.get(0), both.get(1))).text("Address");
      String second = first.equals(both.get(0)) ? both.get(1) : both.get(0);
      receive(socket, second);
    }
  }

  @Test
  void aCameraSaysHello() throws IOException {
    NetworkInterface lo = NetworkInterface.getByName("lo");
    try (MulticastSocket everybody = new MulticastSocket(null)) {
      everybody.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      everybody.bind(GROUP);
      everybody.joinGroup(GROUP, lo);
      everybody.setSoTimeout(10_000);
      try (Simulator simulator = Simulator.start(settings("front"))) {
        DatagramPacket hello = receive(everybody, endpoint(simulator, "front"));
        assertTrue(answer(hello).body().contains("<d:Hello>"), answer(hello).body());
        assertEquals(simulator.camera("front").onvifUrl(), answer(hello).text("XAddrs"));
      }
    }
  }

  @Test
  void answersAreTooManyOrTooLarge() throws IOException {
    InetSocketAddress own = new InetSocketAddress("127.61.0.5", 3702);
    SimulatorSettings settings =
        settings("front").address(new InetSocketAddress(own.getAddress(), 0));
    try (Simulator simulator = Simulator.start(settings);
        DatagramSocket socket = socket()) {
      simulator.camera("front").inject(Fault.ONVIF_MANY, 50);
      send(socket, probe(""), own);
      Set<String> endpoints = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        socket.receive(packet);
        endpoints.add(answer(packet).text("Address"));
      }
      assertEquals(50, endpoints.size());
      simulator.camera("front").clear(Fault.ONVIF_MANY);
      simulator.camera("front").inject(Fault.ONVIF_HUGE_DATAGRAM);
      send(socket, probe(""), own);
      DatagramPacket huge = receive(socket, endpoint(simulator, "front"));
      assertTrue(huge.getLength() > 60_000, "bytes: " + huge.getLength());
    }
  }
}
