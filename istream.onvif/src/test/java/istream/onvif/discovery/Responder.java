// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Devices on the loopback interface, each with an endpoint of its own; all answer each probe. */
final class Responder implements AutoCloseable {
  private final BlockingQueue<String> probes = new LinkedBlockingQueue<>();
  private final UUID id = UUID.randomUUID();
  private final int devices;
  private final MulticastSocket socket;
  private final Thread thread = new Thread(this::serve, "responder");

  Responder(int devices) throws IOException {
    this.devices = devices;
    socket = new MulticastSocket(3702);
    socket.joinGroup(
        new InetSocketAddress(InetAddress.getByName("239.255.255.250"), 3702),
        NetworkInterface.getByName("lo"));
    thread.setDaemon(true);
    thread.start();
  }

  /** The next probe; waits for it. */
  String probe() throws InterruptedException {
    return Objects.requireNonNull(probes.poll(20, TimeUnit.SECONDS), "no probe came");
  }

  boolean isOne(Device device) {
    return device.endpoint().startsWith("urn:uuid:" + id);
  }

  private void serve() {
    try {
      while (!socket.isClosed()) {
        DatagramPacket probe = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(probe);
        probes.add(new String(probe.getData(), 0, probe.getLength(), StandardCharsets.UTF_8));
        for (int i = 0; i < devices; i++) {
          byte[] answer = answer(i).getBytes(StandardCharsets.UTF_8);
          socket.send(new DatagramPacket(answer, answer.length, probe.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      socket.close(); // the test is over
    }
  }

  private String answer(int device) {
    return "<e:Envelope><e:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>"
        + ("urn:uuid:" + id + "-" + device)
        + "</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types>"
        + "<d:Scopes>onvif://www.onvif.org/name/Camera%20"
        + device
        + "</d:Scopes><d:XAddrs>http://127.0.0.1:"
        + (18_000 + device)
        + "/onvif/device_service</d:XAddrs></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>";
  }

  @Override
  public void close() {
    socket.close();
  }
}
