// SPDX-License-Identifier: Apache-2.0
package istream.onvif.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.CameraCensus;
import istream.api.camera.CameraException;
import istream.api.camera.CameraSearch;
import istream.api.camera.Credentials;
import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Answer;
import istream.api.camera.FoundCamera.Route;
import istream.onvif.FakeDevice;
import istream.onvif.FakeDiscovery;
import istream.onvif.discovery.Device;
import istream.onvif.soap.SoapFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

final class FinderTest {
  private static final Credentials ADMIN = new Credentials("admin", "secret");

  private final FakeDevice devices = new FakeDevice();
  private final FakeDiscovery network = new FakeDiscovery();
  private final List<String> progress = new ArrayList<>();

  /** One that runs ahead, so that nobody waits for devices that never answer. */
  private static LongSupplier hastyTime() {
    long begin = System.nanoTime();
    return () -> begin + (System.nanoTime() - begin) * 20;
  }

  private CameraCensus find(Credentials credentials, String... hosts) throws CameraException {
    return find(new CameraSearch(List.of(), Optional.empty(), credentials, List.of(hosts)));
  }

  private CameraCensus find(CameraSearch search) throws CameraException {
    LongSupplier time = hastyTime();
    Interview interview =
        new Interview(devices, devices::inquiry, new CodecCheck(Optional::empty), time);
    Finder.Habits habits = new Finder.Habits(List.of(), Duration.ofSeconds(4));
    return new Finder(network, interview, host -> List.of(8899), habits, time)
        .find(search, progress::add);
  }

  private static FoundCamera at(CameraCensus census, String address) {
    return census.cameras().stream()
        .filter(it -> it.routes().get(0).address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tellsWhatEachDeviceAnswers() throws Exception {
    devices.refuses("http://10.0.0.2/x", Kind.NEEDS_LOGIN);
    devices.refuses("http://10.0.0.3/x", Kind.REFUSES_LOGIN);
    devices.refuses("http://10.0.0.4/x", Kind.UNREACHABLE);
    devices.refuses("http://10.0.0.5/x", Kind.NONSENSE);
    network.sees(
        FakeDevice.device(1, "e1", "10.0.0.1", "http://10.0.0.1/x"),
        FakeDevice.device(2, "e2", "10.0.0.2", "http://10.0.0.2/x"),
        FakeDevice.device(3, "e3", "10.0.0.3", "http://10.0.0.3/x"),
        FakeDevice.device(4, "e4", "10.0.0.4", "http://10.0.0.4/x"),
        FakeDevice.device(5, "e5", "10.0.0.5", "http://10.0.0.5/x"));
    CameraCensus census = find(ADMIN);
    FoundCamera ready = at(census, "10.0.0.1");
    assertEquals(Answer.READY, ready.answer());
    assertEquals("rtsp://10.0.0.1/x/a", ready.profiles().get(0).uri());
    assertEquals("Model", ready.make().model());
    assertEquals("", ready.problem());
    assertEquals(ADMIN, devices.opened("http://10.0.0.1/x"));
    assertEquals(Answer.NEEDS_LOGIN, at(census, "10.0.0.2").answer());
    assertEquals(Answer.REFUSES_LOGIN, at(census, "10.0.0.3").answer());
    FoundCamera gone = at(census, "10.0.0.4");
    assertEquals(Answer.UNREACHABLE, gone.answer());
    assertTrue(gone.problem().contains("seen on eth0"), gone.problem());
    assertEquals(Answer.FAULTY, at(census, "10.0.0.5").answer());
    assertTrue(progress.contains("seen: cam1 at 10.0.0.1 on eth0"), progress.toString());
  }

  @Test
  void usesTheFirstAddressThatAnswers() throws Exception {
    devices.refuses("http://169.254.1.1/x", Kind.UNREACHABLE);
    network.sees(
        FakeDevice.device(1, "e", "10.0.0.1", "http://169.254.1.1/x", "http://10.0.0.1/x"));
    assertEquals("http://10.0.0.1/x", find(ADMIN).cameras().get(0).onvifUrl());
  }

  @Test
  void aSilentDeviceKeepsNobodyFromBeingListed() throws Exception {
    Device[] crowd = new Device[41];
    for (int i = 0; i < 40; i++) {
      String url = "http://10.0.0.66/" + i;
      devices.isSilent(url);
      crowd[i] = FakeDevice.device(i, "e" + i, "10.0.0.66", url);
    }
    crowd[40] = FakeDevice.device(40, "e40", "10.0.0.1", "http://10.0.0.1/x");
    network.sees(crowd);
    CameraCensus census = find(Credentials.NONE);
    assertEquals(41, census.cameras().size());
    assertEquals(Answer.READY, at(census, "10.0.0.1").answer());
    FoundCamera silent = at(census, "10.0.0.66");
    assertEquals(Answer.UNREACHABLE, silent.answer());
    assertTrue(silent.problem().contains("did not answer in time"), silent.problem());
  }

  @Test
  void aClashIsToldAndNobodyIsAsked() throws Exception {
    Device one = FakeDevice.device(1, "e1", "10.0.0.1", "http://10.0.0.1/x");
    network.sees(
        one, new Device(1, "e1", "cam1", "", one.routes(), one.urls(), "two devices at 10.0.0.1"));
    FoundCamera camera = find(ADMIN).cameras().get(0);
    assertEquals(Answer.AMBIGUOUS, camera.answer());
    assertEquals("two devices at 10.0.0.1", camera.problem());
  }

  @Test
  void aDeviceThatIsBetterKnownLaterIsOneDeviceWithAllItsRoutes() throws Exception {
    Device one = FakeDevice.device(1, "e1", "10.0.0.1", "http://10.0.0.1/x");
    List<Route> both = List.of(new Route("eth0", "10.0.0.1"), new Route("eth1", "10.0.0.1"));
    network.sees(one, new Device(1, "e1", "cam1", "", both, one.urls(), ""));
    List<FoundCamera> cameras = find(ADMIN).cameras();
    assertEquals(1, cameras.size());
    assertEquals(both, cameras.get(0).routes());
  }

  @Test
  void hostsAreAskedAndNobodyElse() throws Exception {
    network.sees(FakeDevice.device(1, "e1", "10.0.0.1", "http://10.0.0.1/x"));
    network.at("10.0.0.7", FakeDevice.device(0, "e7", "10.0.0.7", "http://10.0.0.7/x"));
    CameraCensus census = find(ADMIN, "10.0.0.7", "10.0.0.8", "http://10.0.0.9:81/odd");
    assertEquals(0, network.looks());
    assertEquals(
        List.of(
            "http://10.0.0.8:8899/onvif/device_service",
            "http://10.0.0.9:81/odd",
            "http://10.0.0.7/x"),
        census.cameras().stream().map(FoundCamera::onvifUrl).toList());
    assertNull(devices.opened("http://10.0.0.1/x"));
  }

  @Test
  void refusesWhatIsNoHostWithoutShowingALogin() {
    for (String bad : List.of("ftp://x", "a b", "10.0.0.1:99999", "", "/etc/passwd")) {
      CameraException failure = assertThrows(CameraException.class, () -> find(ADMIN, bad));
      assertTrue(failure.getMessage().contains("allowed: HOST"), failure.getMessage());
    }
    CameraException failure =
        assertThrows(CameraException.class, () -> find(ADMIN, "http://admin:secret@10.0.0.1/"));
    assertTrue(!failure.getMessage().contains("secret"), failure.getMessage());
  }

  @Test
  void remarksAndRefusedInterfacesReachTheOwner() throws Exception {
    network.remarks("eth1 drops answers");
    assertEquals(List.of("eth1 drops answers"), find(ADMIN).remarks());
    CameraSearch wrong =
        new CameraSearch(
            List.of("eth9"), Optional.of(Duration.ofSeconds(1)), Credentials.NONE, List.of());
    assertThrows(CameraException.class, () -> find(wrong));
    assertTrue(progress.contains("listening for 1 s on eth9"), progress.toString());
  }

  @Test
  void theCrewServesOwnersInTurn() throws Exception {
    List<String> done = new java.util.concurrent.CopyOnWriteArrayList<>();
    var gate = new java.util.concurrent.CountDownLatch(1);
    var served = new java.util.concurrent.CountDownLatch(1);
    try (FairCrew crew = new FairCrew()) {
      for (int i = 0; i < 100; i++) {
        crew.execute(
            "greedy",
            () -> {
              try {
                gate.await();
              } catch (InterruptedException e) {
                done.add("interrupted");
              }
            });
      }
      crew.execute("modest", served::countDown);
      assertTrue(served.await(10, TimeUnit.SECONDS), "the modest one waits for the greedy one");
    }
    assertTrue(done.size() <= 2, "of one owner two at a time: " + done);
  }
}
