// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import static istream.onvif.discovery.Lans.sighting;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a device is asked, in which order. */
class AddressRankingTest {
  private static final String CAMERA = "192.168.1.5";
  private final AddressRanking ranking = new AddressRanking(List.of(Lans.LO, Lans.ETH0, Lans.ETH1));

  private List<String> urls(String sender, String... addresses) {
    return ranking.urls(List.of(sighting("e", "eth0", sender, addresses)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://192.168.1.5/onvif/device_service, http://192.168.1.5/onvif/device_service",
    "http://192.168.1.5:80/a?b=c&d, http://192.168.1.5/a?b=c&d",
    "HTTPS://192.168.1.5:443/a#b, https://192.168.1.5/a",
    "https://192.168.1.5:8443/a, https://192.168.1.5:8443/a",
    "http://0.0.0.0:8080/a, http://192.168.1.5:8080/a",
    "http://127.0.0.1/a, http://192.168.1.5/a",
    "http://[::1]:81/a, http://192.168.1.5:81/a",
    "http:///onvif/device_service, http://192.168.1.5/onvif/device_service",
    "http://:8000/a, http://192.168.1.5:8000/a",
    "http://239.255.255.250/a, http://192.168.1.5/a",
    "http://255.255.255.255/a, http://192.168.1.5/a",
    "http://192.168.1.300/a, http://192.168.1.5/a",
    "http://192.168.1.5, http://192.168.1.5/onvif/device_service",
    "http://192.168.1.5?x, http://192.168.1.5/?x",
    "192.168.1.5:81/a, http://192.168.1.5:81/a",
    "http://192.168.1.5:99999/a, http://192.168.1.5/a",
    "http://192.168.1.5:/a, http://192.168.1.5/a",
    "http://192.168.1.5:80:554/a, http://192.168.1.5/a",
    "http://192.168.1.5:x1/a, http://192.168.1.5/a",
    "http://admin:secret@192.168.1.5/a, http://192.168.1.5/a",
    "http://::ffff:192.168.1.5/a, http://192.168.1.5/a",
    "http://[/a, http://192.168.1.5/a",
    "http://192.168.1.5/ä\", http://192.168.1.5/%C3%A4%22"
  })
  void anAddressIsRepaired(String named, String url) {
    assertEquals(List.of(url), urls(CAMERA, named));
  }

  @Test
  void theSenderComesFirstThenWhatIsNearAndLinkLocalLast() {
    assertEquals(
        List.of(
            "http://192.168.1.5/a",
            "http://192.168.1.6/a",
            "http://172.16.0.5/a",
            "http://camera.example/a",
            "http://[fd00:0:0:0:0:0:0:5]/a",
            "http://169.254.3.4/a",
            "http://[fe80:0:0:0:0:0:0:5%eth0]/a"),
        urls(
            CAMERA,
            "http://169.254.3.4/a  http://[fe80::5]/a http://172.16.0.5/a ",
            "http://fd00::5/a",
            "http://Camera.Example/a",
            "http://192.168.1.6/a"));
  }

  @Test
  void bothSchemesAreKeptInTheOrderOfTheDevice() {
    assertEquals(
        List.of("https://192.168.1.5/a", "http://192.168.1.5/a"),
        urls(CAMERA, "https://192.168.1.5/a", "http://192.168.1.5/a"));
  }

  @Test
  void behindATranslatorTheSenderIsTriedAtTheSamePort() {
    assertEquals(
        List.of("http://192.168.1.5:8081/a", "http://172.16.0.5:8081/a"),
        urls(CAMERA, "http://172.16.0.5:8081/a"));
  }

  @ParameterizedTest
  @CsvSource({"192.168.1.10", "127.0.0.1"})
  void loopbackIsMeantOnThisComputer(String own) {
    List<String> urls = urls(own, "http://127.0.0.1:8081/a");
    assertEquals("http://127.0.0.1:8081/a", urls.get(urls.size() - 1));
    assertEquals("http://" + own + ":8081/a", urls.get(0));
  }

  @ParameterizedTest
  @CsvSource({"''", "soap.udp://192.168.1.5:3702", "rtsp://192.168.1.5/", "nonsense", "/", "http:"})
  void whoNamesNoWebServiceIsTriedAtTheUsualPlaces(String named) {
    List<String> urls = urls(CAMERA, named);
    assertEquals(UsualAddresses.of(CAMERA), urls);
    assertEquals("http://192.168.1.5/onvif/device_service", urls.get(0));
    assertEquals("http://192.168.1.5:8000/onvif/device_service", urls.get(1));
  }

  @Test
  void theListStaysShort() {
    String[] many = new String[200];
    for (int i = 0; i < many.length; i++) {
      many[i] = "http://10.2.3.4:" + (1000 + i) + "/" + "a".repeat(100);
    }
    assertEquals(8, urls(CAMERA, many).size());
    assertEquals(UsualAddresses.of(CAMERA), urls(CAMERA, "http://h/" + "a".repeat(600)));
  }
}
