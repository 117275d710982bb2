// SPDX-License-Identifier: Apache-2.0
package istream.onvif.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Camera;
import istream.api.camera.CameraException;
import istream.api.camera.Credentials;
import istream.onvif.FakeDevice;
import istream.onvif.FakeDiscovery;
import istream.onvif.soap.SoapFailure.Kind;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ResolverTest {
  private static final Credentials ADMIN = new Credentials("admin", "secret");
  private static final String HOME = "http://10.0.0.1/x";
  private static final String AWAY = "http://10.0.0.2/x";

  private final FakeDevice devices = new FakeDevice();
  private final FakeDiscovery network = new FakeDiscovery();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Resolver resolver =
      new Resolver(
          new Whereabouts(
              devices, network, new EndpointSearch(network, List.of(), System::nanoTime), threads),
          devices::inquiry,
          threads,
          System::nanoTime);

  @AfterEach
  void stop() {
    resolver.close();
  }

  private String resolve(String url, String endpoint) throws CameraException {
    return resolver.resolve(new Camera("front", "", url, endpoint, ADMIN, "sub"));
  }

  private CameraException failure(String url, String endpoint) {
    return assertThrows(CameraException.class, () -> resolve(url, endpoint));
  }

  @Test
  void asksTheCameraWhereItIs() throws Exception {
    assertEquals("rtsp://10.0.0.1/x/b", resolve(HOME, ""));
    assertEquals("rtsp://10.0.0.1/x/b", resolve(HOME, "e1"));
    assertEquals(0, network.looks());
  }

  @Test
  void findsACameraThatHasMovedAndRemembersWhere() throws Exception {
    devices.refuses(HOME, Kind.UNREACHABLE);
    network.sees(FakeDevice.device(1, "e1", "10.0.0.2", AWAY));
    assertEquals("rtsp://10.0.0.2/x/b", resolve(HOME, "e1"));
    assertEquals("rtsp://10.0.0.2/x/b", resolve(HOME, "e1"));
    assertEquals(1, network.looks());
  }

  @Test
  void findsACameraWhoseOldAddressIsSilent() throws Exception {
    devices.isSilent(HOME);
    network.sees(FakeDevice.device(1, "e1", "10.0.0.2", AWAY));
    assertEquals("rtsp://10.0.0.2/x/b", resolve(HOME, "e1"));
  }

  @Test
  void findsACameraByItsEndpointAlone() throws Exception {
    network.sees(
        FakeDevice.device(1, "other", "10.0.0.1", HOME),
        FakeDevice.device(2, "e1", "10.0.0.2", AWAY));
    assertEquals("rtsp://10.0.0.2/x/b", resolve("", "e1"));
  }

  @Test
  void neverTakesAnotherDeviceForTheCamera() throws Exception {
    network.at("10.0.0.1", FakeDevice.device(0, "stranger", "10.0.0.1", HOME));
    CameraException failure = failure(HOME, "e1");
    assertTrue(failure.getMessage().contains("another device now"), failure.getMessage());
    assertTrue(failure.retryable());
    network.sees(
        FakeDevice.device(1, "stranger", "10.0.0.1", HOME),
        FakeDevice.device(2, "e1", "10.0.0.2", AWAY));
    assertEquals("rtsp://10.0.0.2/x/b", resolve(HOME, "e1"));
  }

  @Test
  void doesNotChooseBetweenTwoDevicesWithOneEndpoint() throws Exception {
    devices.refuses(HOME, Kind.UNREACHABLE);
    network.sees(
        FakeDevice.device(1, "e1", "10.0.0.2", AWAY),
        FakeDevice.device(2, "e1", "10.0.0.3", "http://10.0.0.3/x"));
    CameraException failure = failure(HOME, "e1");
    assertTrue(failure.getMessage().contains("10.0.0.2, 10.0.0.3"), failure.getMessage());
    assertFalse(failure.retryable());
    assertNull(devices.opened(AWAY));
  }

  @Test
  void saysThatItIsNowhere() {
    devices.refuses(HOME, Kind.UNREACHABLE);
    CameraException failure = failure(HOME, "e1");
    assertTrue(failure.getMessage().contains(HOME), failure.getMessage());
    assertTrue(failure.getMessage().contains("no device answers to its endpoint e1"));
    assertTrue(failure.retryable());
  }

  @Test
  void aRefusalIsNotAskedForTwiceASecond() {
    devices.refuses(HOME, Kind.REFUSES_LOGIN);
    CameraException failure = failure(HOME, "e1");
    assertFalse(failure.retryable());
    assertEquals(0, network.looks());
  }
}
